using Chaperone.Ledger;

namespace Chaperone.Recorder.Store;

/// <summary>One of the logs that the ledger is made of, oldest first; records are numbered through all of them.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Origin">Its origin; empty in a store that never said which it is (of an earlier version, with its first log).</param>
/// <param name="Year">UTC year that it was opened for; 0 where the store does not say.</param>
/// <param name="First">Number of its first record, which is leaf 0 of its tree.</param>
/// <param name="OpenedAt">When it was opened.</param>
internal sealed record YearLog(int Number, string Origin, int Year, long First, DateTimeOffset OpenedAt)
{
    /// <summary>Its last checkpoint, after which the next log was opened; null while it is open.</summary>
    public ClosedLog? Closed { get; init; }

    /// <summary>The one log of a store that does not say which logs it has.</summary>
    public static YearLog Only { get; } = new(0, "", 0, 0, DateTimeOffset.UnixEpoch);

    /// <summary>Where its files lie below those of the first log: nothing for the first, then the year.</summary>
    public string Folder => Number == 0 ? "" : LogSeries.FolderOf(Year);

    /// <summary>Its origin in the ledger of this name.</summary>
    public string OriginIn(string ledger) => Number == 0 ? ledger : LogSeries.OriginOf(ledger, Year);

    /// <summary>Its files, where <paramref name="files"/> are the first log's.</summary>
    public ILedgerFiles FilesIn(ILedgerFiles files) => Number == 0 ? files : new FolderFiles(files, Folder);

    /// <summary>The log that holds a record.</summary>
    public static YearLog Of(IReadOnlyList<YearLog> logs, long index) => logs.Last(log => log.First <= index);
}

/// <summary>How a log was closed.</summary>
/// <param name="Head">Its last tree.</param>
/// <param name="Note">The signed checkpoint of that tree, verbatim.</param>
internal sealed record ClosedLog(TreeHead Head, string Note);
