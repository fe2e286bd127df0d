namespace Chaperone.Contracts;

/// <summary>The operator's own rules of masking that hold for a call, from policy over the edge to masking. Their texts have at most 16,384 characters together; PHI-free.</summary>
public sealed record OwnMasking
{
    /// <summary>SHA-256 of the rules, lower-case hex: by it workers know what they have compiled.</summary>
    public required string Digest { get; init; }

    /// <summary>The rules; never empty.</summary>
    public required OwnMaskingRule[] Rules { get; init; }
}

/// <summary>One of the operator's own rules of masking.</summary>
public sealed record OwnMaskingRule
{
    /// <summary>Name in the policy file.</summary>
    public required string Name { get; init; }

    /// <summary>Class of identifiers, e.g. <c>mrn</c>, of what it finds; empty where it only allows.</summary>
    public required string Class { get; init; }

    /// <summary>Keys, columns and labels whose values are such identifiers, in any spelling: <c>wardBadge</c>, <c>ward_badge</c>, <c>Ward badge:</c>.</summary>
    public string[] Keys { get; init; } = [];

    /// <summary>Regular expressions without backtracking; what they find in a text is such an identifier.</summary>
    public string[] Patterns { get; init; } = [];

    /// <summary>Words and phrases that are such identifiers wherever they stand; case and white space do not matter.</summary>
    public string[] Words { get; init; } = [];

    /// <summary>Words and phrases that stay: a find that lies inside one is none.</summary>
    public string[] Allow { get; init; } = [];

    /// <summary>Hosts whose URLs without user and query stay, and those below them.</summary>
    public string[] Hosts { get; init; } = [];
}
