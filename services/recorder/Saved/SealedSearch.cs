namespace Chaperone.Recorder.Saved;

/// <summary>A saved search as it lies in the store.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="Owner">Issuer and subject, see <see cref="SearchSealer.OwnerOf"/>.</param>
/// <param name="KeyId">Record key that sealed it.</param>
/// <param name="Content">12-byte nonce, AES-256-GCM ciphertext, 16-byte tag.</param>
/// <param name="SavedAt">When.</param>
internal sealed record SealedSearch(Guid Id, string Owner, string KeyId, byte[] Content, DateTimeOffset SavedAt);
