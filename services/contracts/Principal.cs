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

    /// <summary>Whether two principals are the same person: same issuer and subject.</summary>
    public bool IsSamePerson(Principal other) =>
        string.Equals(Issuer, other.Issuer, StringComparison.Ordinal)
        && string.Equals(Subject, other.Subject, StringComparison.Ordinal);
}
