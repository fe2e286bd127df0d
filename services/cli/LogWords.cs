using System.Globalization;
using Chaperone.Ledger;
using Chaperone.Recorder.Store;

namespace Chaperone.Cli;

/// <summary>Says which logs a ledger is made of.</summary>
internal static class LogWords
{
    /// <summary>One line of the report; null where there is one log only.</summary>
    /// <param name="logs">Oldest first.</param>
    /// <param name="records">Records of all of them.</param>
    /// <param name="ledger">The first log's key.</param>
    public static string? Line(IReadOnlyList<YearLog> logs, long records, NoteKey ledger) => logs.Count == 1
        ? null
        : $"  logs        {string.Join(", ", logs.Select((log, i) => $"{log.OriginIn(ledger.Name)} ({Count((i + 1 < logs.Count ? logs[i + 1].First : records) - log.First)})"))}; each carries over how the one before was closed";

    private static string Count(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
