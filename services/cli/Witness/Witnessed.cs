namespace Chaperone.Cli.Witness;

/// <summary>What the named witnesses say of a ledger.</summary>
/// <param name="Problem">What is wrong, with its place; null when enough of them cosigned.</param>
internal sealed record Witnessed(string? Problem)
{
    /// <summary>The checkpoint they cosigned, verbatim: the ledger must begin with it.</summary>
    public ReadOnlyMemory<byte> Note { get; init; }

    /// <summary>One line for the report.</summary>
    public string Line { get; init; } = "";
}
