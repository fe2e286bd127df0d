using Chaperone.Edge.Upstream.Secrets;
using Microsoft.Extensions.Options;

namespace Chaperone.Edge.Upstream.Credentials;

/// <summary>The credentials in force. What is the same after a reload of the policy file stays, with its tokens.</summary>
internal sealed class UpstreamCredentials(SecretReader secrets, IOptions<EdgeOptions> options, TimeProvider time) : IDisposable
{
    private readonly Dictionary<string, SecretHttp> _http = new(StringComparer.Ordinal);
    private volatile IReadOnlyDictionary<CredentialTerms, (IUpstreamCredential? Header, MutualTls? Tls)> _inForce =
        new Dictionary<CredentialTerms, (IUpstreamCredential? Header, MutualTls? Tls)>();

    /// <summary>The first thing that is wrong, for health; null when nothing is known to be.</summary>
    public string? Problem => _inForce.Values.Select(c => c.Header?.Problem ?? c.Tls?.Problem).FirstOrDefault(p => p is not null);

    /// <summary>Gives each server what it needs. Called at start and from the reload loop, never at once.</summary>
    /// <exception cref="InvalidDataException">A credential cannot work here; nothing has changed.</exception>
    public IReadOnlyDictionary<string, UpstreamServer> Equip(IReadOnlyDictionary<string, UpstreamServer> servers)
    {
        foreach (var mixing in servers.Values.Where(s => options.Value.Issuers.Count > 1 && s.Terms?.Secrets().Any(t => t.MixesIssuers) == true))
        {
            throw new InvalidDataException($"{mixing.Terms!.Path}: names {{subject}} without {{issuer}}, but several issuers are trusted, whose subjects may be the same; add {{issuer}} to the path.");
        }

        var before = _inForce;
        var now = servers.Values.Select(s => s.Terms).OfType<CredentialTerms>().Distinct()
            .ToDictionary(t => t, t => before.TryGetValue(t, out var kept) ? kept : (Make(t), t.MutualTls is null ? null : new MutualTls(t, time)));
        _inForce = now;
        return servers.Values.ToDictionary(
            s => s.Name,
            s => s.Terms is { } terms ? s with { Credential = now[terms].Item1, MutualTls = now[terms].Item2 } : s,
            StringComparer.Ordinal);
    }

    /// <summary>Looks whether files have changed.</summary>
    public void Refresh()
    {
        foreach (var (header, tls) in _inForce.Values)
        {
            header?.Refresh();
            tls?.Refresh();
        }
    }

    public void Dispose()
    {
        foreach (var (_, tls) in _inForce.Values)
        {
            tls?.Dispose();
        }

        foreach (var http in _http.Values)
        {
            http.Dispose();
        }
    }

    private IUpstreamCredential? Make(CredentialTerms terms) => terms.Kind switch
    {
        CredentialKind.None => null,
        CredentialKind.ClientCredentials => new ClientCredential(terms, Endpoint(terms, "client_credentials"), time),
        CredentialKind.TokenExchange => new ExchangedCredential(terms, Endpoint(terms, "token_exchange"), time),
        _ => new HeaderCredential(terms, secrets),
    };

    private TokenEndpoint Endpoint(CredentialTerms terms, string kind)
    {
        var authority = terms.Token!.AuthorityFile ?? string.Empty;
        if (!_http.TryGetValue(authority, out var http))
        {
            _http[authority] = http = new SecretHttp(authority.Length > 0 ? authority : null);
        }

        return new TokenEndpoint($"{terms.Path}.{kind}", terms.Token, secrets, http, time);
    }
}
