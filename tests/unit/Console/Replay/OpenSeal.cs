using Chaperone.Bus.Sealing;
using Chaperone.Contracts;

namespace Chaperone.Console.Tests.Replay;

/// <summary>Seals nothing: sealing is the bus's, and tested there.</summary>
internal sealed class OpenSeal : IPayloadSeal
{
    public SealedPayload Seal(ReadOnlySpan<byte> plaintext, Guid context) => new() { KeyId = "none", Nonce = [], Ciphertext = plaintext.ToArray() };

    public byte[] Open(SealedPayload payload, Guid context) => payload.Ciphertext;
}
