namespace Chaperone.Contracts;

/// <summary>Bytes sealed with AES-256-GCM; the only way a payload crosses the bus (invariant 4).</summary>
public sealed record SealedPayload
{
    /// <summary>Names the key in the key file, 1 to 64 characters of [A-Za-z0-9_-]; never the key.</summary>
    public required string KeyId { get; init; }

    /// <summary>12 random bytes.</summary>
    public required byte[] Nonce { get; init; }

    /// <summary>The ciphertext followed by its 16-byte tag.</summary>
    public required byte[] Ciphertext { get; init; }
}
