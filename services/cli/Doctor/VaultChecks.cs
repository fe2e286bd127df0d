using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Chaperone.Recorder;
using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Keys.Vault;

namespace Chaperone.Cli.Doctor;

/// <summary>Vault as root of the record keys: the key and its settings, one random key there and back, and what the token may do.</summary>
internal static class VaultChecks
{
    private const string Subject = "Vault";
    private const string TokenSubject = "Vault token";
    private const int LeastSeconds = 3600;

    public static IReadOnlyList<Diagnosis> Of(RecorderOptions? recorder, TimeProvider time)
    {
        if (recorder?.Vault is not { Address: not null } options)
        {
            return [];
        }

        using var connection = new VaultConnection(options, time);
        var transit = new VaultTransit(connection, time);
        var found = new List<Diagnosis>();
        try
        {
            found.AddRange(Key(options, connection, transit));
            if (found.All(f => f.State != Condition.Ill))
            {
                found.Add(RoundTrip(options, transit));
            }

            found.AddRange(Token(options, connection));
        }
        catch (Exception e) when (e is RootAwayException or CryptographicException)
        {
            found.Add(Diagnosis.Ill(Subject, e.Message, "docs/keys.md has the policy and the commands."));
        }

        return found;
    }

    private static IEnumerable<Diagnosis> Key(VaultRootOptions options, VaultConnection connection, VaultTransit transit)
    {
        var facts = transit.ReadKey(options.Mount, options.Key);
        var path = $"{options.Mount}/keys/{options.Key}";
        if (!facts.CanEncrypt || !facts.CanDecrypt || facts.IsDerived || facts.IsConvergent)
        {
            yield return Diagnosis.Ill(Subject, $"the key {path} is of type {facts.Type}{(facts.IsDerived ? ", derived" : "")}{(facts.IsConvergent ? ", convergent" : "")}, which does not wrap keys", $"Make another one: vault write -f {options.Mount}/keys/NAME type=aes256-gcm96, and name it in Recorder:Vault:Key.");
            yield break;
        }

        yield return Diagnosis.Well(Subject, string.Create(CultureInfo.InvariantCulture, $"{connection.Name} has {path}, {facts.Type}, version {facts.LatestVersion}"));
        if (facts.IsExportable || facts.AllowsPlaintextBackup)
        {
            yield return Diagnosis.Look(Subject, $"the key {path} may leave Vault ({(facts.IsExportable ? "exportable" : "allow_plaintext_backup")}), and that cannot be taken back", "Make another key without it and name it in Recorder:Vault:Key: all keys are then wrapped by it within a minute.");
        }

        if (facts.MayBeDeleted)
        {
            yield return Diagnosis.Look(Subject, $"the key {path} may be deleted, and with it every record is lost", $"vault write {path}/config deletion_allowed=false");
        }
    }

    private static Diagnosis RoundTrip(VaultRootOptions options, VaultTransit transit)
    {
        var key = RandomNumberGenerator.GetBytes(32);
        var wrapped = transit.Rewrap(options.Mount, options.Key, transit.Encrypt(options.Mount, options.Key, [key]));
        return transit.Decrypt(options.Mount, options.Key, wrapped)[0].AsSpan().SequenceEqual(key)
            ? Diagnosis.Well(Subject, "encrypts, rewraps and decrypts a random key")
            : Diagnosis.Ill(Subject, "decrypts something else than was encrypted", "Is this Vault's address, or something that stands in for it?");
    }

    private static IEnumerable<Diagnosis> Token(VaultRootOptions options, VaultConnection connection)
    {
        foreach (var said in Rights(options, connection))
        {
            yield return said;
        }

        // A login is repeated in time; a file is renewed by somebody else.
        if (options.TokenFile is { } file)
        {
            using var answer = connection.Send("auth/token/lookup-self", null);
            if (VaultAnswer.Member(answer.Data, "ttl") is { ValueKind: JsonValueKind.Number } ttl && ttl.TryGetInt64(out var seconds))
            {
                yield return seconds switch
                {
                    0 => Diagnosis.Look(TokenSubject, $"the token in {file} never ends", "Let Vault Agent write one that ends and renew it."),
                    < LeastSeconds => Diagnosis.Look(TokenSubject, string.Create(CultureInfo.InvariantCulture, $"the token in {file} ends in {seconds} s"), "Does Vault Agent renew it? Without a token keys are used from memory only (Recorder:Vault:CacheFor)."),
                    _ => Diagnosis.Well(TokenSubject, string.Create(CultureInfo.InvariantCulture, $"ends in {seconds / 3600} h if it is not renewed")),
                };
            }
        }
    }

    private static List<Diagnosis> Rights(VaultRootOptions options, VaultConnection connection)
    {
        var (mount, key) = (options.Mount, options.Key);
        (string Path, string[] May)[] wanted =
        [
            ($"{mount}/encrypt/{key}", ["update"]), ($"{mount}/decrypt/{key}", ["update"]), ($"{mount}/rewrap/{key}", ["update"]), ($"{mount}/keys/{key}", ["read"]),
            ($"{mount}/keys/{key}/config", []), ($"{mount}/keys/{key}/rotate", []), ($"{mount}/keys/{key}/trim", []), ($"{mount}/export/encryption-key/{key}", []), ($"{mount}/backup/{key}", []),
        ];
        using var answer = connection.Send("sys/capabilities-self", JsonSerializer.SerializeToUtf8Bytes(new { paths = wanted.Select(w => w.Path) }));
        if (answer.Status != HttpStatusCode.OK || answer.Data is null)
        {
            return [Diagnosis.Look(TokenSubject, string.Create(CultureInfo.InvariantCulture, $"what it may do cannot be read (HTTP {(int)answer.Status})"), "Vault's policy 'default' lets a token ask sys/capabilities-self.")];
        }

        var found = new List<Diagnosis>();
        foreach (var (path, may) in wanted)
        {
            string[] can = VaultAnswer.Member(answer.Data, path) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(c => VaultAnswer.Text(c) ?? "")] : ["deny"];
            var missing = may.Except(can).ToArray();
            if (can.Contains("root"))
            {
                return [Diagnosis.Look(TokenSubject, "is a root token: who reads it owns Vault", "Make one with the policy in docs/keys.md.")];
            }

            if (missing.Length > 0)
            {
                found.Add(Diagnosis.Ill(TokenSubject, $"may not {string.Join(", ", missing)} {path}", "Give it the policy in docs/keys.md."));
            }

            if (can.Except(may).Except(["deny"]).ToArray() is { Length: > 0 } more)
            {
                found.Add(Diagnosis.Look(TokenSubject, $"may also {string.Join(", ", more)} {path}", "The recorder needs nothing of that: take it from its policy (docs/keys.md)."));
            }
        }

        return found.Count > 0 ? found : [Diagnosis.Well(TokenSubject, "may do what it needs and no more")];
    }
}
