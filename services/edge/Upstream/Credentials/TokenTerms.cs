using Chaperone.Edge.Upstream.Secrets;

namespace Chaperone.Edge.Upstream.Credentials;

/// <summary>How an access token is asked for.</summary>
internal sealed record TokenTerms
{
    /// <summary>https, or http on loopback.</summary>
    public required Uri Endpoint { get; init; }

    public required string ClientId { get; init; }

    /// <summary>Null with a private key.</summary>
    public SecretTemplate? ClientSecret { get; init; }

    /// <summary>True sends the secret in the form instead of a Basic header.</summary>
    public bool SecretInForm { get; init; }

    /// <summary>PEM of an RSA or P-256 key for <c>private_key_jwt</c> (RFC 7523); null with a secret.</summary>
    public SecretTemplate? PrivateKey { get; init; }

    /// <summary>The <c>kid</c> of the assertion.</summary>
    public string? KeyId { get; init; }

    /// <summary>The <c>aud</c> of the assertion; default the endpoint.</summary>
    public string? AssertionAudience { get; init; }

    public string? Scope { get; init; }

    /// <summary>RFC 8707.</summary>
    public string? Resource { get; init; }

    public string? Audience { get; init; }

    /// <summary>PEM file of the only authorities trusted for the endpoint; null for the system's.</summary>
    public string? AuthorityFile { get; init; }
}
