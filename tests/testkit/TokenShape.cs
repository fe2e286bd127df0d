namespace Chaperone.TestKit;

/// <summary>What a minted token says; the defaults make an honest one.</summary>
public sealed record TokenShape
{
    /// <summary>The <c>iss</c> claim; the issuer itself by default.</summary>
    public string? Issuer { get; init; }

    /// <summary>The <c>aud</c> claim; left out when null.</summary>
    public string? Audience { get; init; } = "chaperone";

    /// <summary>The <c>client_id</c> and <c>azp</c> claims; left out when null.</summary>
    public string? ClientId { get; init; } = "test-client";

    /// <summary>The <c>scope</c> claim; left out when null.</summary>
    public string? Scope { get; init; }

    /// <summary>Time from now to <c>exp</c>; negative for an expired token.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Time from now to <c>nbf</c>.</summary>
    public TimeSpan NotBefore { get; init; } = TimeSpan.FromSeconds(-5);

    /// <summary>How it is signed.</summary>
    public TokenAlgorithm Algorithm { get; init; } = TokenAlgorithm.ES256;

    /// <summary>True: signed with a key the issuer does not publish, under the key id of one that it does.</summary>
    public bool ForeignKey { get; init; }

    /// <summary>Name of the groups claim.</summary>
    public string GroupsClaim { get; init; } = "groups";

    /// <summary>The header's <c>typ</c>; left out when null.</summary>
    public string? Type { get; init; } = "at+jwt";

    /// <summary>The header's <c>kid</c> instead of the true one; empty leaves it out.</summary>
    public string? KeyId { get; init; }

    /// <summary>More claims; a null value takes a claim away.</summary>
    public IReadOnlyDictionary<string, object?> Claims { get; init; } = new Dictionary<string, object?>();
}
