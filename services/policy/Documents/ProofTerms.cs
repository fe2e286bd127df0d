using Chaperone.Contracts;

namespace Chaperone.Policy.Documents;

/// <summary>What the caller's token has to show so that a deny does not hold.</summary>
internal sealed record ProofTerms
{
    /// <summary>The scope values and classes that stand in a challenge: RFC 6749, 3.3.</summary>
    public static bool IsToken(string text) => text.Length is > 0 and <= 256 && text.All(c => c is '!' or (>= '#' and <= '[') or (>= ']' and <= '~'));

    /// <summary>True where <c>amr</c> has to name <c>mfa</c>.</summary>
    public bool Mfa { get; init; }

    /// <summary>Classes of which <c>acr</c> has to be one; empty for any.</summary>
    public string[] Classes { get; init; } = [];

    /// <summary>How long ago <c>auth_time</c> may be; null for any time.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>Scopes, all of which the token has to have.</summary>
    public string[] Scopes { get; init; } = [];

    /// <summary>Whether nothing is lacking.</summary>
    public bool IsShown(Principal principal, DateTimeOffset now) => !LacksSignIn(principal, now) && Scopes.All(principal.Scopes.Contains);

    /// <summary>What all of <paramref name="terms"/> together ask for; null where nothing the caller can do would help.</summary>
    public static ProofNeeded? Needed(IReadOnlyList<ProofTerms> terms, Principal principal, DateTimeOffset now)
    {
        var lacking = terms.Where(t => t.LacksSignIn(principal, now)).ToArray();

        // A program cannot sign in again.
        return lacking.Length > 0 && principal.IsService ? null : new ProofNeeded
        {
            SignIn = lacking.Length > 0,
            AuthenticationClasses = [.. lacking.SelectMany(t => t.Classes).Distinct(StringComparer.Ordinal)],
            MaxAgeSeconds = lacking.Min(t => (int?)t.MaxAge?.TotalSeconds),
            Scopes = [.. terms.SelectMany(t => t.Scopes).Distinct(StringComparer.Ordinal)],
        };
    }

    private bool LacksSignIn(Principal principal, DateTimeOffset now) =>
        (Mfa && !principal.AuthenticationMethods.Contains("mfa", StringComparer.Ordinal))
        || (Classes.Length > 0 && !Classes.Contains(principal.AuthenticationClass, StringComparer.Ordinal))
        || (MaxAge is { } age && !(principal.AuthenticatedAt is { } at && now - at <= age));
}
