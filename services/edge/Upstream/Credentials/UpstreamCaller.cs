using Chaperone.Contracts;

namespace Chaperone.Edge.Upstream.Credentials;

/// <summary>For whom a credential is shown: the doorman has verified the token.</summary>
internal sealed class UpstreamCaller(Principal principal, string authorization)
{
    private const string Scheme = "Bearer ";

    public Principal Principal { get; } = principal;

    /// <summary>The caller's own token: the subject of a token exchange, and never anything that an upstream sees (invariant 5).</summary>
    public string? AccessToken => authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? authorization[Scheme.Length..].Trim() : null;

    public static UpstreamCaller Of(Exchange exchange) => new(exchange.Call.Principal, exchange.Http.Request.Headers.Authorization.ToString());

    /// <summary>Keeps the token out of logs and messages.</summary>
    public override string ToString() => "caller";
}
