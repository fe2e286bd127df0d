using System.Security.Cryptography;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;

namespace Chaperone.Policy.Tests;

/// <summary>Seals by writing the context in front: enough to notice a wrong one.</summary>
internal sealed class FakeSeal : IPayloadSeal
{
    public SealedPayload Seal(ReadOnlySpan<byte> plaintext, Guid context) =>
        new() { KeyId = "k", Nonce = new byte[12], Ciphertext = [.. context.ToByteArray(), .. plaintext] };

    public byte[] Open(SealedPayload payload, Guid context) =>
        payload.Ciphertext.AsSpan(0, 16).SequenceEqual(context.ToByteArray())
            ? payload.Ciphertext[16..]
            : throw new CryptographicException("Another context.");
}
