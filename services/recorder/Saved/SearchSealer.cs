using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Recorder.Keys;

namespace Chaperone.Recorder.Saved;

/// <summary>Seals saved searches at rest under the standing key: their words may name a patient (invariant 4). Thread-safe.</summary>
internal sealed class SearchSealer(Keyring keyring)
{
    private const string Part = "saved-search";
    private const int NonceSize = 12;
    private const int TagSize = 16;

    /// <summary>Who owns a search: issuer and subject as a JSON array.</summary>
    public static string OwnerOf(Principal person) => JsonSerializer.Serialize((string[])[person.Issuer, person.Subject]);

    /// <exception cref="System.Data.Common.DbException">The key cannot be read or kept.</exception>
    /// <exception cref="RootAwayException">The root of the keys cannot be reached.</exception>
    public async ValueTask<SealedSearch> SealAsync(Guid id, string owner, ReadOnlyMemory<byte> content, DateTimeOffset savedAt, CancellationToken cancellationToken)
    {
        var (keyId, keys) = await keyring.ForStandingAsync(cancellationToken);
        var bytes = new byte[NonceSize + content.Length + TagSize];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, NonceSize));
        using var cipher = new AesGcm(keys.ForPart(id, Part), TagSize);
        cipher.Encrypt(bytes.AsSpan(0, NonceSize), content.Span, bytes.AsSpan(NonceSize, content.Length), bytes.AsSpan(NonceSize + content.Length), Encoding.UTF8.GetBytes(owner));
        return new SealedSearch(id, owner, keyId, bytes, savedAt);
    }

    /// <exception cref="CryptographicException">Altered, another person's, or the key is missing.</exception>
    /// <exception cref="RootAwayException">The root of the keys cannot be reached.</exception>
    public byte[] Open(SealedSearch search)
    {
        var bytes = search.Content.AsSpan();
        if (bytes.Length < NonceSize + TagSize)
        {
            throw new CryptographicException("The saved search is too short.");
        }

        var content = new byte[bytes.Length - NonceSize - TagSize];
        using var cipher = new AesGcm(keyring.OfStanding(search.KeyId).ForPart(search.Id, Part), TagSize);
        cipher.Decrypt(bytes[..NonceSize], bytes[NonceSize..^TagSize], bytes[^TagSize..], content, Encoding.UTF8.GetBytes(search.Owner));
        return content;
    }
}
