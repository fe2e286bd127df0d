using Chaperone.Contracts;

namespace Chaperone.Edge.Authentication;

/// <summary>What the token gate says of a request.</summary>
internal sealed record TokenVerdict(TokenState State, Principal? Principal, IReadOnlySet<string> Scopes, string? Problem)
{
    /// <summary>The token's <c>aud</c>; checked for each server.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    private static readonly HashSet<string> None = [];

    /// <summary>The token's <c>sid</c>; null where it names none.</summary>
    public string? SessionId { get; init; }

    /// <summary>The token's <c>iat</c>; null where it does not say.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    public static TokenVerdict Missing { get; } = new(TokenState.Missing, null, None, null);

    public static TokenVerdict Unavailable { get; } = new(TokenState.Unavailable, null, None, "The identity provider cannot be reached.");

    public static TokenVerdict Invalid(string problem) => new(TokenState.Invalid, null, None, problem);

    public static TokenVerdict Accepted(Principal principal, IReadOnlySet<string> scopes) => new(TokenState.Accepted, principal, scopes, null);
}

/// <summary>The safe side is zero.</summary>
internal enum TokenState
{
    Invalid = 0,
    Missing = 1,
    Unavailable = 2,
    Accepted = 3,
}
