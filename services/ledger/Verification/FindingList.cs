namespace Chaperone.Ledger;

/// <summary>Counts findings and keeps the first ones: a log that was replaced has one per leaf.</summary>
internal sealed class FindingList
{
    private readonly List<LedgerFinding> _kept = [];

    public IReadOnlyList<LedgerFinding> Kept => _kept;

    public long Count { get; private set; }

    public void Add(LedgerFinding finding)
    {
        Count++;
        if (_kept.Count < LedgerReport.MaxFindings)
        {
            _kept.Add(finding);
        }
    }
}
