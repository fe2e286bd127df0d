using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Chaperone.Contracts;
using Microsoft.Extensions.Options;

namespace Chaperone.Edge.Authentication;

/// <summary>
/// The sign-ins that identity providers have ended. Kept for two days, in files beside the key file that only the owner may
/// read, so that a restart lets nobody in again; <see cref="LongestToken"/> is less than that. Lines are digests: they name nobody.
/// </summary>
internal sealed class EndedSignIns
{
    /// <summary>Tokens that live longer are refused where sign-outs count.</summary>
    public static readonly TimeSpan LongestToken = TimeSpan.FromHours(24);

    private const string FileStart = "ended-sign-ins-";
    private const int LongestLine = 128;
    private static readonly TimeSpan KeepFor = TimeSpan.FromHours(48);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _ended = new(StringComparer.Ordinal);
    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly Lock _writing = new();

    public EndedSignIns(IOptions<EdgeOptions> options, TimeProvider time)
    {
        _folder = Path.GetDirectoryName(Path.GetFullPath(options.Value.KeyFile))!;
        _time = time;
        Directory.CreateDirectory(_folder);
        foreach (var file in Directory.EnumerateFiles(_folder, FileStart + "*"))
        {
            if (File.GetLastWriteTimeUtc(file) < time.GetUtcNow() - KeepFor)
            {
                File.Delete(file);
                continue;
            }

            foreach (var parts in File.ReadLines(file).Where(l => l.Length <= LongestLine).Select(l => l.Split(' ')))
            {
                if (parts.Length == 2 && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
                {
                    Note(parts[0], DateTimeOffset.FromUnixTimeSeconds(seconds));
                }
            }
        }
    }

    /// <summary>What ends with a logout token that names a session, a subject or both. A token that names no session ends with its subject's.</summary>
    public static string[] KeysOf(string issuer, string? session, string? subject) => (session, subject) switch
    {
        (null, { } sub) => [Key("sub", issuer, sub)],
        ({ } sid, null) => [Key("sid", issuer, sid)],
        ({ } sid, { } sub) => [Key("sid", issuer, sid), Key("none", issuer, sub)],
        _ => [],
    };

    /// <summary>Whether the sign-in behind a token was ended.</summary>
    public bool Has(TokenVerdict verdict)
    {
        if (_ended.IsEmpty || verdict.Principal is not { } principal)
        {
            return false;
        }

        return (verdict.SessionId is { } sid ? _ended.ContainsKey(Key("sid", principal.Issuer, sid)) : IsOver("none")) || IsOver("sub");

        bool IsOver(string kind) => _ended.TryGetValue(Key(kind, principal.Issuer, principal.Subject), out var at) && !(verdict.IssuedAt > at);
    }

    /// <summary>Ends sign-ins, durably.</summary>
    /// <exception cref="IOException">Not durably; it holds for this process.</exception>
    public void End(SessionEnded news)
    {
        foreach (var key in news.Keys)
        {
            Note(key, news.At);
        }

        var lines = string.Concat(news.Keys.Select(k => string.Create(CultureInfo.InvariantCulture, $"{k} {news.At.ToUnixTimeSeconds()}\n")));
        lock (_writing)
        {
            using var file = new FileStream(Path.Combine(_folder, $"{FileStart}{_time.GetUtcNow():yyyyMMdd}"), new FileStreamOptions
            {
                Mode = FileMode.Append,
                Access = FileAccess.Write,
                Share = FileShare.ReadWrite | FileShare.Delete,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
            file.Write(Encoding.ASCII.GetBytes(lines));
            file.Flush(flushToDisk: true);
        }
    }

    private void Note(string key, DateTimeOffset at) => _ended.AddOrUpdate(key, at, (_, known) => known > at ? known : at);

    private static string Key(string kind, string issuer, string value) =>
        kind + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{issuer}\n{value}")));
}
