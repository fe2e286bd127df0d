using Chaperone.Edge.Upstream.Secrets;

namespace Chaperone.Edge.Upstream.Credentials;

/// <summary>The gateway's own access token (OAuth 2.0 client credentials, RFC 6749, 4.4), the same for all callers.</summary>
internal sealed class ClientCredential(CredentialTerms terms, TokenEndpoint endpoint, TimeProvider time) : IUpstreamCredential
{
    private static readonly KeyValuePair<string, string>[] Form = [new("grant_type", "client_credentials")];
    private readonly LeaseKeeper<string> _token = new(stop => endpoint.AskAsync(Form, null, stop), time);

    public string? Problem => _token.Problem;

    public async ValueTask<CredentialHeader> ForAsync(UpstreamCaller caller, CancellationToken cancellationToken) =>
        new(terms.Header, await _token.GetAsync(cancellationToken));

    public async ValueTask<CredentialHeader?> RenewAsync(UpstreamCaller caller, CredentialHeader refused, CancellationToken cancellationToken)
    {
        if (!_token.TryDrop(refused.Value))
        {
            return null;
        }

        var token = await _token.GetAsync(cancellationToken);
        return token == refused.Value ? null : new CredentialHeader(terms.Header, token);
    }

    public void Refresh()
    {
        // Its secrets are read when a token is asked for.
    }
}
