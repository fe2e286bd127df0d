using System.Security.Cryptography;
using System.Text;
using Chaperone.Edge.Upstream.Secrets;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Chaperone.Edge.Upstream.Credentials;

/// <summary>
/// An access token for the caller, exchanged for the caller's own (RFC 8693). It is kept by the digest of that token, so that no
/// other token of the same person, with other rights, finds it; and never longer than that token lives.
/// </summary>
internal sealed class ExchangedCredential(CredentialTerms terms, TokenEndpoint endpoint, TimeProvider time) : IUpstreamCredential
{
    private const string AccessTokenType = "urn:ietf:params:oauth:token-type:access_token";
    private readonly LeaseBook<string> _tokens = new(time);

    // What one caller's token is refused for is that caller's matter; the log names it.
    public string? Problem => null;

    public async ValueTask<CredentialHeader> ForAsync(UpstreamCaller caller, CancellationToken cancellationToken) =>
        new(terms.Header, await KeeperOf(caller).GetAsync(cancellationToken));

    public async ValueTask<CredentialHeader?> RenewAsync(UpstreamCaller caller, CredentialHeader refused, CancellationToken cancellationToken)
    {
        var keeper = KeeperOf(caller);
        if (!keeper.TryDrop(refused.Value))
        {
            return null;
        }

        var token = await keeper.GetAsync(cancellationToken);
        return token == refused.Value ? null : new CredentialHeader(terms.Header, token);
    }

    public void Refresh()
    {
        // Its secrets are read when a token is asked for.
    }

    private LeaseKeeper<string> KeeperOf(UpstreamCaller caller)
    {
        if (caller.AccessToken is not { Length: > 0 } token)
        {
            throw new CredentialException($"{terms.Path}.token_exchange: the caller has no token to exchange; call with a bearer token");
        }

        return _tokens.Get(Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(token))), stop => ExchangeAsync(token, stop));
    }

    private async Task<Leased<string>> ExchangeAsync(string token, CancellationToken cancellationToken)
    {
        var leased = await endpoint.AskAsync(
            [
                new("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
                new("subject_token", token),
                new("subject_token_type", AccessTokenType),
                new("requested_token_type", AccessTokenType),
            ],
            AccessTokenType,
            cancellationToken);

        // Invariant 5: an exchange that hands the caller's own token back would pass it through.
        if (leased.Value.AsSpan(TokenEndpoint.Scheme.Length).SequenceEqual(token))
        {
            throw new CredentialException($"{terms.Path}.token_exchange: the endpoint gave the caller's own token back; have it issue a token for the upstream");
        }

        var ends = new DateTimeOffset(new JsonWebToken(token).ValidTo, TimeSpan.Zero);
        return leased.Until < ends ? leased : leased with { Until = ends };
    }
}
