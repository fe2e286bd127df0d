namespace Chaperone.Policy.Documents;

/// <summary>An upstream. Its credential is checked but never kept here: only the edge needs it.</summary>
/// <param name="Name">Its key in the file, and in <c>/mcp/{server}</c>.</param>
/// <param name="Url">Absolute http or https.</param>
/// <param name="Limits">How much may pass to it, whatever the rules say; null where the file says nothing.</param>
internal sealed record PolicyServer(string Name, Uri Url, LimitTerms? Limits = null)
{
    /// <summary>The SQL that its tools take; null when they take none.</summary>
    public Sql.SqlTerms? Sql { get; init; }

    /// <summary>The arguments of its tools that carry shell commands; empty when none does.</summary>
    public Carried.CarryingArgument[] Shell { get; init; } = [];

    /// <summary>The issuers whose tokens it takes; empty for all that the edge knows.</summary>
    public string[] Issuers { get; init; } = [];

    /// <summary>How its tools are held to what they were.</summary>
    public PinningMode Pinning { get; init; }
}
