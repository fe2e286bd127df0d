using Chaperone.Contracts;

namespace Chaperone.Bus.Sealing;

/// <summary>
/// Seals where all rooms are one process: what goes from one of them to the next is never written anywhere, and so is sealed only
/// when somebody looks at the sealed form, as whoever stores or sends it does. What opens where is the same as on a broker.
/// </summary>
internal sealed class InProcessSeal(PayloadSeal seal) : IPayloadSeal
{
    private readonly Func<byte[], Guid, SealedPayload> _seal = (plaintext, context) => seal.Seal(plaintext, context);

    public SealedPayload Seal(ReadOnlySpan<byte> plaintext, Guid context) => new(new LateSeal(plaintext.ToArray(), context, _seal));

    // Always a copy: who opened a payload may wipe it.
    public byte[] Open(SealedPayload payload, Guid context) => payload.Later?.TryOpen(context) ?? seal.Open(payload, context);
}
