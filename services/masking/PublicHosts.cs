namespace Chaperone.Masking;

/// <summary>Hosts whose URLs say nothing about a person. Immutable.</summary>
internal sealed class PublicHosts(IEnumerable<string> hosts)
{
    private readonly string[] _hosts = [.. hosts];

    /// <summary>True for a URL on such a host or below it, without user or query.</summary>
    public bool Contains(ReadOnlySpan<char> url)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        var rest = scheme < 0 ? url : url[(scheme + 3)..];
        var length = rest.IndexOfAny("/?#:");
        var host = length < 0 ? rest : rest[..length];
        if (rest.ContainsAny("@?"))
        {
            return false;
        }

        foreach (var allowed in _hosts)
        {
            if (host.EndsWith(allowed, StringComparison.OrdinalIgnoreCase)
                && (host.Length == allowed.Length || host[^(allowed.Length + 1)] == '.'))
            {
                return true;
            }
        }

        return false;
    }
}
