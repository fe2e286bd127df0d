using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;

namespace Chaperone.Recorder.Keys.Vault;

/// <summary>
/// Encrypt, decrypt and rewrap of the transit engine of HashiCorp Vault and OpenBao
/// (https://developer.hashicorp.com/vault/api-docs/secret/transit), always as a batch: all of it comes under one version. What failed
/// is not asked again for a while, and then by one caller while all others hear what it said last: so an outage costs one wait and not
/// one for each record. Thread-safe.
/// </summary>
internal sealed class VaultTransit(VaultConnection connection, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    // Lets one question be asked at a time; only who holds it changes what failed.
    private readonly Lock _asking = new();
    private readonly ConcurrentDictionary<string, (RootAwayException Failure, TimeSpan Pause, DateTimeOffset Until)> _failed = new(StringComparer.Ordinal);

    /// <summary>What Vault says of the key; no key is in it.</summary>
    /// <exception cref="RootAwayException">It does not say.</exception>
    public VaultKeyFacts ReadKey(string mount, string key) => Once($"{mount}/keys/{key}", path =>
    {
        using var answer = connection.Send(path, null);
        return answer.Status == HttpStatusCode.OK && VaultKeyFacts.Read(answer.Data) is { } facts ? facts : throw Refused(answer, path, mount, key);
    });

    /// <summary>The ciphertexts (<c>vault:vN:...</c>), in order.</summary>
    /// <exception cref="RootAwayException">It is not done.</exception>
    public string[] Encrypt(string mount, string key, IReadOnlyList<byte[]> plaintexts) =>
        Batch("encrypt", mount, key, plaintexts.Count, (json, i) => json.WriteBase64String("plaintext", plaintexts[i]), ReadCiphertext);

    /// <summary>The plaintexts, in order.</summary>
    /// <exception cref="RootAwayException">It is not done.</exception>
    /// <exception cref="CryptographicException">A ciphertext was altered.</exception>
    public byte[][] Decrypt(string mount, string key, IReadOnlyList<string> ciphertexts) =>
        Batch("decrypt", mount, key, ciphertexts.Count, (json, i) => json.WriteString("ciphertext", ciphertexts[i]), ReadPlaintext);

    /// <summary>The same under the newest version, in order; the plaintexts stay in Vault.</summary>
    /// <exception cref="RootAwayException">It is not done.</exception>
    /// <exception cref="CryptographicException">A ciphertext was altered.</exception>
    public string[] Rewrap(string mount, string key, IReadOnlyList<string> ciphertexts) =>
        Batch("rewrap", mount, key, ciphertexts.Count, (json, i) => json.WriteString("ciphertext", ciphertexts[i]), ReadCiphertext);

    private T[] Batch<T>(string verb, string mount, string key, int count, Action<Utf8JsonWriter, int> write, Func<JsonElement, T?> read)
        where T : class => Once($"{mount}/{verb}/{key}", path =>
    {
        var body = Body(count, write);
        try
        {
            using var answer = connection.Send(path, body);
            if (answer.Status is not (HttpStatusCode.OK or HttpStatusCode.BadRequest)
                || VaultAnswer.Member(answer.Data, "batch_results") is not { ValueKind: JsonValueKind.Array } results || results.GetArrayLength() != count)
            {
                throw Refused(answer, path, mount, key);
            }

            // Of a batch with a bad item Vault answers 400, and says in each item what was bad of it.
            return results.EnumerateArray().Select((item, i) => read(item) ?? throw Bad(item, i, path)).ToArray();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(body);
        }
    });

    private T Once<T>(string path, Func<string, T> ask)
    {
        if (!_asking.TryEnter())
        {
            // Someone asks just now, and may wait long.
            if (_failed.TryGetValue(path, out var known))
            {
                throw new RootAwayException(known.Failure.Message, known.Failure);
            }

            _asking.Enter();
        }

        try
        {
            return AskInTurn(path, ask);
        }
        finally
        {
            _asking.Exit();
        }
    }

    private T AskInTurn<T>(string path, Func<string, T> ask)
    {
        var failed = _failed.TryGetValue(path, out var last);
        if (failed && last.Until > time.GetUtcNow())
        {
            throw new RootAwayException(last.Failure.Message, last.Failure);
        }

        try
        {
            var answer = ask(path);
            _failed.TryRemove(path, out _);
            return answer;
        }
        catch (Exception e) when (e is CryptographicException or RootAwayException { IsOfKey: true })
        {
            // It answers: other keys may open.
            _failed.TryRemove(path, out _);
            throw;
        }
        catch (RootAwayException e)
        {
            var pause = failed ? TimeSpan.FromTicks(Math.Min(last.Pause.Ticks * 2, LongestPause.Ticks)) : FirstPause;
            _failed[path] = (e, pause, time.GetUtcNow() + pause);
            throw;
        }
    }

    private static byte[] Body(int count, Action<Utf8JsonWriter, int> write)
    {
        var buffer = new ArrayBufferWriter<byte>(count * 256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("batch_input");
            for (var i = 0; i < count; i++)
            {
                json.WriteStartObject();
                write(json, i);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        var body = buffer.WrittenSpan.ToArray();
        buffer.Clear();
        return body;
    }

    private static string? ReadCiphertext(JsonElement item) =>
        VaultAnswer.Text(VaultAnswer.Member(item, "ciphertext")) is { } ciphertext && VaultKeyId.VersionOf(ciphertext) is not null ? ciphertext : null;

    private static byte[]? ReadPlaintext(JsonElement item) =>
        VaultAnswer.Member(item, "plaintext") is { ValueKind: JsonValueKind.String } text && text.TryGetBytesFromBase64(out var plaintext) && plaintext.Length > 0 ? plaintext : null;

    private Exception Bad(JsonElement item, int at, string path)
    {
        var said = VaultAnswer.Text(VaultAnswer.Member(item, "error")) is { } error ? VaultAnswer.Plain(error) : "no reason";
        var where = string.Create(CultureInfo.InvariantCulture, $"{connection.Name}, {path}: item {at}: {said}.");

        bool Says(string words) => said.Contains(words, StringComparison.Ordinal);

        // Only these words say that the ciphertext is not one that this key made; a version that Vault does not have or allow says nothing of it.
        return (Says("invalid ciphertext") && !Says("version")) || Says("authentication failed")
            ? new CryptographicException($"A wrapped key does not open. {where}")
            : new RootAwayException($"{where} {(Says("disallowed") ? "Lower min_decryption_version of the key until all keys are wrapped anew."
                : Says("too new") ? "Was Vault restored from an older backup? Bring its newest state back."
                : "Look at the settings of the key.")}")
            { IsOfKey = Says("disallowed") || Says("too new") };
    }

    private RootAwayException Refused(VaultAnswer answer, string path, string mount, string key)
    {
        var said = answer.Error?.TrimEnd('.') is { Length: > 0 } error ? $": {error}" : "";
        var remedy = answer.Status switch
        {
            HttpStatusCode.Forbidden => $"Renew the token, give its policy update on {mount}/encrypt/{key}, {mount}/decrypt/{key} and {mount}/rewrap/{key} and read on {mount}/keys/{key}, and see that the key exists.",
            HttpStatusCode.NotFound => $"Make the key (vault write -f {mount}/keys/{key}), or correct Recorder:Vault:Mount and Key.",
            HttpStatusCode.BadRequest when said.Contains("not found", StringComparison.Ordinal) => $"Make the key (vault write -f {mount}/keys/{key}), or correct Recorder:Vault:Mount and Key.",
            HttpStatusCode.BadRequest => "Look at the settings of the key: it must not be derived.",
            HttpStatusCode.ServiceUnavailable => "Unseal it.",
            HttpStatusCode.TooManyRequests => "Raise its rate limit for the recorders.",
            HttpStatusCode.OK => "Is this Vault's address, or a proxy's page?",
            >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest => "It redirects, as a standby does: name the active node or its load balancer in Recorder:Vault:Address.",
            _ => "Look at its log.",
        };
        return new RootAwayException(string.Create(CultureInfo.InvariantCulture, $"{connection.Name} answered HTTP {(int)answer.Status} to {path}{said}. {remedy}"));
    }
}
