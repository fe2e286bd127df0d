using Chaperone.Contracts;

namespace Chaperone.Bus;

/// <summary>The recorder's door: takes records and keeps them for ever.</summary>
public interface IRecordKeeper
{
    /// <summary>
    /// Returns when all <paramref name="entries"/> are committed to the ledger store. Called concurrently; entries may have
    /// been kept before (dropped by event id). Throwing means that none may be taken as kept: they are delivered again.
    /// </summary>
    ValueTask KeepAsync(IReadOnlyList<RecordEntry> entries, CancellationToken cancellationToken);
}
