namespace Chaperone.Edge.Upstream.Credentials;

/// <summary>How the gateway shows itself to an upstream, beside a client certificate.</summary>
internal enum CredentialKind
{
    /// <summary>No header.</summary>
    None = 0,

    /// <summary>A header with a secret value.</summary>
    Header = 1,

    /// <summary>User and password (RFC 7617).</summary>
    Basic = 2,

    /// <summary>The gateway's own access token (RFC 6749, 4.4).</summary>
    ClientCredentials = 3,

    /// <summary>An access token for the caller, exchanged for the caller's own (RFC 8693).</summary>
    TokenExchange = 4,
}
