using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Chaperone.TestKit;

/// <summary>
/// The transit engine of Vault and OpenBao as its API documentation describes it, as far as wrapping keys needs it: read of a key,
/// and encrypt, decrypt and rewrap of batches, with real AES-256-GCM and versions. What a client here does not use is answered 501.
/// </summary>
public sealed class VaultTransitEngine
{
    private const string Mount = "transit/";
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly ConcurrentDictionary<string, VaultTransitKey> _keys = new(StringComparer.Ordinal);

    /// <summary>Makes a key, or returns the one that is there.</summary>
    public VaultTransitKey Make(string name) => _keys.GetOrAdd(name, _ => new VaultTransitKey());

    /// <summary>Destroys a key.</summary>
    public void Delete(string name) => _keys.TryRemove(name, out _);

    /// <summary>Whether the key that a path names is there.</summary>
    public bool Has(string path) => path.Split('/') is [_, _, var name, ..] && _keys.ContainsKey(name);

    /// <summary>Status and JSON for a request whose token has the right to it.</summary>
    public (int Status, string Json) Answer(string method, string path, string body)
    {
        if (path[Mount.Length..].Split('/') is not [var verb, var name])
        {
            return (501, "{}");
        }

        var key = _keys.GetValueOrDefault(name);
        return (method, verb) switch
        {
            ("GET", "keys") => key is null ? (404, """{"errors":[]}""") : (200, Describe(name, key)),
            ("POST", "encrypt") => Batch(body, item => ("ciphertext", Seal(key ?? Make(name), item.GetProperty("plaintext").GetString()!))),
            ("POST", "decrypt" or "rewrap") when key is null => (400, """{"errors":["encryption key not found"]}"""),
            ("POST", "decrypt") => Batch(body, item => ("plaintext", Open(key!, item.GetProperty("ciphertext").GetString()!))),
            ("POST", "rewrap") => Batch(body, item => ("ciphertext", Seal(key!, Open(key!, item.GetProperty("ciphertext").GetString()!)))),
            _ => (501, "{}"),
        };
    }

    private static (int Status, string Json) Batch(string body, Func<JsonElement, (string Name, string Value)> work)
    {
        using var document = JsonDocument.Parse(body);
        if (!document.RootElement.TryGetProperty("batch_input", out var input))
        {
            return (501, "{}");
        }

        var bad = false;
        var results = new List<Dictionary<string, object>>();
        foreach (var item in input.EnumerateArray())
        {
            try
            {
                var (name, value) = work(item);
                results.Add(new() { [name] = value, ["reference"] = "" });
                if (name == "ciphertext")
                {
                    results[^1]["key_version"] = int.Parse(value.Split(':')[1][1..], CultureInfo.InvariantCulture);
                }
            }
            catch (VaultUserErrorException e)
            {
                bad = true;
                results.Add(new() { ["error"] = e.Message, ["reference"] = "" });
            }
        }

        return results.Count == 0
            ? (400, """{"errors":["missing batch input to process"]}""")
            : (bad ? 400 : 200, JsonSerializer.Serialize(new { request_id = "r", lease_id = "", renewable = false, lease_duration = 0, data = new { batch_results = results } }));
    }

    private static string Seal(VaultTransitKey key, string base64)
    {
        if (key.IsDerived)
        {
            throw new VaultUserErrorException("missing 'context' for key derivation; the key was created using a derived key, which means additional, per-request information must be included in order to perform operations with the key");
        }

        var plaintext = Convert.FromBase64String(base64);
        var bytes = new byte[NonceSize + plaintext.Length + TagSize];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, NonceSize));
        var version = key.LatestVersion;
        using var cipher = new AesGcm(key.Of(version), TagSize);
        cipher.Encrypt(bytes.AsSpan(0, NonceSize), plaintext, bytes.AsSpan(NonceSize, plaintext.Length), bytes.AsSpan(NonceSize + plaintext.Length));
        return string.Create(CultureInfo.InvariantCulture, $"vault:v{version}:{Convert.ToBase64String(bytes)}");
    }

    private static string Open(VaultTransitKey key, string ciphertext)
    {
        if (ciphertext.Split(':') is not ["vault", ['v', .. var digits], var base64])
        {
            throw new VaultUserErrorException("invalid ciphertext: no prefix");
        }

        var version = int.Parse(digits, CultureInfo.InvariantCulture);
        if (version > key.LatestVersion)
        {
            throw new VaultUserErrorException("invalid ciphertext: version is too new");
        }

        if (version < key.MinDecryptionVersion)
        {
            throw new VaultUserErrorException("ciphertext or signature version is disallowed by policy (too old)");
        }

        try
        {
            var bytes = Convert.FromBase64String(base64);
            var plaintext = new byte[bytes.Length - NonceSize - TagSize];
            using var cipher = new AesGcm(key.Of(version), TagSize);
            cipher.Decrypt(bytes.AsSpan(0, NonceSize), bytes.AsSpan(NonceSize, plaintext.Length), bytes.AsSpan(NonceSize + plaintext.Length), plaintext);
            return Convert.ToBase64String(plaintext);
        }
        catch (FormatException)
        {
            throw new VaultUserErrorException("invalid ciphertext: could not decode base64");
        }
        catch (CryptographicException)
        {
            throw new VaultUserErrorException("cipher: message authentication failed");
        }
    }

    private static string Describe(string name, VaultTransitKey key) => JsonSerializer.Serialize(new
    {
        request_id = "r",
        data = new
        {
            name,
            type = "aes256-gcm96",
            latest_version = key.LatestVersion,
            min_available_version = 0,
            min_decryption_version = key.MinDecryptionVersion,
            min_encryption_version = 0,
            derived = key.IsDerived,
            exportable = key.IsExportable,
            allow_plaintext_backup = false,
            deletion_allowed = key.MayBeDeleted,
            supports_encryption = true,
            supports_decryption = true,
            supports_derivation = true,
            supports_signing = false,
            auto_rotate_period = 0,
            keys = Enumerable.Range(1, key.LatestVersion).ToDictionary(v => v.ToString(CultureInfo.InvariantCulture), _ => 1_780_000_000),
        },
    });

    /// <summary>What Vault calls an error of the user: HTTP 400, or the error of an item.</summary>
    private sealed class VaultUserErrorException(string message) : Exception(message);
}
