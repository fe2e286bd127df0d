namespace Chaperone.Ledger;

/// <summary>What a verification looks at beside the published files.</summary>
public sealed record LedgerVerification
{
    /// <summary>The sequencer's store, compared leaf by leaf; null (default): the published files only.</summary>
    public ILeafSource? Store { get; init; }

    /// <summary>Signed checkpoints kept from before, verbatim; the log must begin with each. Default none.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Earlier { get; init; } = [];

    /// <summary>Told about every 16,384 leaves and at the end; null (default): nobody.</summary>
    public IProgress<LedgerProgress>? Progress { get; init; }
}
