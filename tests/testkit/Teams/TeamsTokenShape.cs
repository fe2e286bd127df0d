namespace Chaperone.TestKit.Teams;

/// <summary>How a token is made: honest by default, each part can be made wrong.</summary>
public sealed record TeamsTokenShape
{
    /// <summary>Who signed it.</summary>
    public string Issuer { get; init; } = "https://api.botframework.com";

    /// <summary>For which bot.</summary>
    public string Audience { get; init; } = FakeTeams.AppId;

    /// <summary>For which connector; null: the right one.</summary>
    public string? ServiceUrl { get; init; }

    /// <summary><c>endorsed</c> for Teams, or <c>other</c>.</summary>
    public string KeyId { get; init; } = "endorsed";

    /// <summary>The header's <c>alg</c>.</summary>
    public string Algorithm { get; init; } = "RS256";

    /// <summary>Made this much before or after now.</summary>
    public TimeSpan Shift { get; init; }

    /// <summary>Whether a bit of the signature is wrong.</summary>
    public bool BadSignature { get; init; }
}
