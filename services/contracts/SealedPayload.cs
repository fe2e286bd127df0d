using System.Diagnostics.CodeAnalysis;

namespace Chaperone.Contracts;

/// <summary>
/// Bytes sealed with AES-256-GCM; the only way a payload crosses the bus (invariant 4). Between rooms of one process it is
/// sealed when somebody looks at what is sealed, which is before it is written anywhere.
/// </summary>
public sealed record SealedPayload
{
    /// <summary>A payload that was sealed; all members are required.</summary>
    public SealedPayload()
    {
    }

    /// <summary>A payload that is sealed when it is looked at.</summary>
    [SetsRequiredMembers]
    internal SealedPayload(LateSeal later)
    {
        Later = later;
        (KeyId, Nonce, Ciphertext) = (string.Empty, [], []);
    }

    // A copy in which something is to be changed is of what is sealed.
    private SealedPayload(SealedPayload original) =>
        (KeyId, Nonce, Ciphertext) = (original.KeyId, original.Nonce, original.Ciphertext);

    /// <summary>Names the key in the key file, 1 to 64 characters of [A-Za-z0-9_-]; never the key.</summary>
    public required string KeyId { get => Later?.Sealed.KeyId ?? field; init; }

    /// <summary>12 random bytes.</summary>
    public required byte[] Nonce { get => Later?.Sealed.Nonce ?? field; init; }

    /// <summary>The ciphertext followed by its 16-byte tag.</summary>
    public required byte[] Ciphertext { get => Later?.Sealed.Ciphertext ?? field; init; }

    /// <summary>What is not sealed yet, for <c>bus</c> alone; null for anything that came from outside of this process.</summary>
    internal LateSeal? Later { get; }
}
