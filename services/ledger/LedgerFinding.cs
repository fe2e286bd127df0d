namespace Chaperone.Ledger;

/// <summary>One thing that is wrong with a log.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Place">Where: <c>leaf 257</c>, <c>checkpoint</c>, or the path of a file.</param>
/// <param name="Detail">How it is wrong; ids, paths and counts only.</param>
public sealed record LedgerFinding(LedgerFindingKind Kind, string Place, string Detail)
{
    /// <summary>One line: place, colon, detail.</summary>
    public override string ToString() => $"{Place}: {Detail}";
}
