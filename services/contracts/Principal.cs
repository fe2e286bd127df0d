namespace Chaperone.Contracts;

/// <summary>Who calls, as the identity provider says it.</summary>
public sealed record Principal
{
    /// <summary>The token's <c>iss</c>.</summary>
    public required string Issuer { get; init; }

    /// <summary>The token's <c>sub</c>; unique only together with <see cref="Issuer"/>.</summary>
    public required string Subject { get; init; }

    /// <summary>A name to show; never an identity.</summary>
    public string? Name { get; init; }

    /// <summary>E-mail address, only if the provider says it is verified.</summary>
    public string? Email { get; init; }

    /// <summary>Groups from the configured claim.</summary>
    public required string[] Groups { get; init; }

    /// <summary>The OAuth client (<c>client_id</c> or <c>azp</c>); empty if the token names none.</summary>
    public required string ClientId { get; init; }

    /// <summary>How the caller proved who they are (the token's <c>amr</c>, RFC 8176), e.g. <c>pwd</c>, <c>mfa</c>; empty if the token does not say.</summary>
    public string[] AuthenticationMethods { get; init; } = [];

    /// <summary>How strong that proof is by the provider's own scale (the token's <c>acr</c>); null if the token does not say.</summary>
    public string? AuthenticationClass { get; init; }

    /// <summary>When the person proved it last (the token's <c>auth_time</c>); null if the token does not say.</summary>
    public DateTimeOffset? AuthenticatedAt { get; init; }

    /// <summary>The token's scopes; empty if it has none.</summary>
    public string[] Scopes { get; init; } = [];

    /// <summary>True for a program that has a token of its own and acts for no person.</summary>
    public bool IsService { get; init; }

    /// <summary>Further claims that the edge was told to read; PHI-free.</summary>
    public PrincipalClaim[] Claims { get; init; } = [];

    /// <summary>Whether two principals are the same person: same issuer and subject.</summary>
    public bool IsSamePerson(Principal other) =>
        string.Equals(Issuer, other.Issuer, StringComparison.Ordinal)
        && string.Equals(Subject, other.Subject, StringComparison.Ordinal);
}

/// <summary>One claim of a token.</summary>
public sealed record PrincipalClaim
{
    /// <summary>Its name, e.g. <c>department</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its values, as text; at most 16.</summary>
    public required string[] Values { get; init; }
}
