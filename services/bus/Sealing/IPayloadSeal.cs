using Chaperone.Contracts;

namespace Chaperone.Bus.Sealing;

/// <summary>Seals payloads for the bus and opens them (AES-256-GCM, invariant 4). Thread-safe.</summary>
public interface IPayloadSeal
{
    /// <summary>Seals <paramref name="plaintext"/> so that it opens only with the same <paramref name="context"/> (the call id, or the event id for record parts).</summary>
    SealedPayload Seal(ReadOnlySpan<byte> plaintext, Guid context);

    /// <summary>Opens what <see cref="Seal"/> sealed.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">Altered, of another context, or under an unknown key; the message never holds content.</exception>
    byte[] Open(SealedPayload payload, Guid context);
}
