namespace Chaperone.Ledger;

/// <summary>The log's files are missing or contradict each other, so nothing may be signed or proved from them.</summary>
public sealed class LedgerFaultException(LedgerFindingKind kind, string message) : Exception(message)
{
    /// <summary>What is wrong.</summary>
    public LedgerFindingKind Kind { get; } = kind;
}
