using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Chaperone.Demo.Issuer;

/// <summary>Authorization codes: single use, two minutes, in memory.</summary>
internal sealed class CodeStore(TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);
    private readonly ConcurrentDictionary<string, (Grant Grant, DateTimeOffset Until)> _open = new(StringComparer.Ordinal);

    /// <summary>A code for <paramref name="grant"/>.</summary>
    public string Issue(Grant grant)
    {
        var now = time.GetUtcNow();
        foreach (var stale in _open.Where(entry => entry.Value.Until < now))
        {
            _open.TryRemove(stale);
        }

        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        _open[code] = (grant, now + Lifetime);
        return code;
    }

    /// <summary>What <paramref name="code"/> stands for, once; null if unknown, used or too old.</summary>
    public Grant? Redeem(string code) => _open.TryRemove(code, out var entry) && entry.Until >= time.GetUtcNow() ? entry.Grant : null;

    /// <summary>What a code was issued for.</summary>
    internal sealed record Grant(DemoPerson Person, string ClientId, string RedirectUri, string Challenge, string Scope, string? Nonce);
}
