using Chaperone.Edge.Upstream.Secrets;

namespace Chaperone.Edge.Upstream.Credentials;

/// <summary>A server's <c>credential</c> as the policy file says it; no secret is resolved. Equal terms share tokens over reloads.</summary>
internal sealed record CredentialTerms
{
    /// <summary>The server that it is for: tokens are never shared between servers.</summary>
    public required string Server { get; init; }

    public CredentialKind Kind { get; init; }

    /// <summary>The header that carries it.</summary>
    public string Header { get; init; } = "Authorization";

    /// <summary>The header's value; of a basic credential the user.</summary>
    public SecretTemplate? Value { get; init; }

    /// <summary>Of a basic credential.</summary>
    public SecretTemplate? Password { get; init; }

    /// <summary>Of a token that is fetched.</summary>
    public TokenTerms? Token { get; init; }

    /// <summary>The client certificate; null without one.</summary>
    public MutualTlsTerms? MutualTls { get; init; }

    /// <summary>The field, for messages.</summary>
    public string Path => $"servers.{Server}.credential";

    public IEnumerable<SecretTemplate> Secrets() =>
        new[] { Value, Password, Token?.ClientSecret, Token?.PrivateKey, MutualTls?.Password }.OfType<SecretTemplate>();
}
