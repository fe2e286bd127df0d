using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Saved;

/// <summary>Seals saved searches at rest under the record keys: their words may name a patient (invariant 4). Thread-safe.</summary>
internal sealed class SearchSealer(RecordKeys keys)
{
    private const string Part = "saved-search";
    private const int NonceSize = 12;
    private const int TagSize = 16;

    /// <summary>Who owns a search: issuer and subject as a JSON array.</summary>
    public static string OwnerOf(Principal person) => JsonSerializer.Serialize((string[])[person.Issuer, person.Subject]);

    public SealedSearch Seal(Guid id, string owner, ReadOnlySpan<byte> content, DateTimeOffset savedAt)
    {
        var bytes = new byte[NonceSize + content.Length + TagSize];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, NonceSize));
        using var cipher = new AesGcm(keys.Of(keys.CurrentId).ForPart(id, Part), TagSize);
        cipher.Encrypt(bytes.AsSpan(0, NonceSize), content, bytes.AsSpan(NonceSize, content.Length), bytes.AsSpan(NonceSize + content.Length), Encoding.UTF8.GetBytes(owner));
        return new SealedSearch(id, owner, keys.CurrentId, bytes, savedAt);
    }

    /// <exception cref="CryptographicException">Altered, another person's, or the key is missing.</exception>
    public byte[] Open(SealedSearch search)
    {
        var bytes = search.Content.AsSpan();
        if (bytes.Length < NonceSize + TagSize)
        {
            throw new CryptographicException("The saved search is too short.");
        }

        var content = new byte[bytes.Length - NonceSize - TagSize];
        using var cipher = new AesGcm(keys.Of(search.KeyId).ForPart(search.Id, Part), TagSize);
        cipher.Decrypt(bytes[..NonceSize], bytes[NonceSize..^TagSize], bytes[^TagSize..], content, Encoding.UTF8.GetBytes(search.Owner));
        return content;
    }
}
