using System.Text;
using Chaperone.Ledger;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Publishing;

/// <summary>
/// The file <c>logs</c> beside the first log's checkpoint: which logs the ledger has, a line each, oldest first: the number of its
/// first record, its folder (<c>.</c> for the first), its verifier key. It is not signed: the first leaf of each log says how the one before ended.
/// </summary>
internal static class LogList
{
    public const string Path = "logs";

    private const int LongestFile = 1024 * 1024;

    /// <summary>The file.</summary>
    public static byte[] Write(IReadOnlyList<YearLog> logs, NoteKey ledger) => Encoding.UTF8.GetBytes(string.Concat(
        logs.Select(log => $"{log.First} {(log.Number == 0 ? "." : log.Folder)} {ledger.Named(log.OriginIn(ledger.Name))}\n")));

    /// <summary>The logs it names, oldest first; the first alone where there is no such file.</summary>
    /// <exception cref="InvalidDataException">It is not such a list, or of another ledger than <paramref name="ledger"/>'s.</exception>
    public static async ValueTask<IReadOnlyList<YearLog>> ReadAsync(ILedgerFiles files, NoteKey ledger, CancellationToken cancellationToken)
    {
        if (await files.ReadAsync(Path, cancellationToken) is not { } bytes)
        {
            return [YearLog.Only];
        }

        var logs = new List<YearLog>();
        foreach (var line in bytes.Length > LongestFile ? [] : Encoding.UTF8.GetString(bytes).TrimEnd('\n').Split('\n'))
        {
            var year = 0;
            if (line.Split(' ') is not [var first, var folder, var key] || !long.TryParse(first, out var index) || index < 0
                || (logs.Count == 0 ? folder != "." : !LogSeries.TryReadYear("", "/" + folder, out year) || year <= logs[^1].Year)
                || key != ledger.Named(logs.Count == 0 ? ledger.Name : LogSeries.OriginOf(ledger.Name, year)).ToString())
            {
                throw new InvalidDataException($"{Path}: line {logs.Count + 1} is not a log of {ledger.Name}");
            }

            logs.Add(new YearLog(logs.Count, key.Split('+')[0], year, index, DateTimeOffset.UnixEpoch));
        }

        return logs.Count > 0 ? logs : throw new InvalidDataException($"{Path}: it names no log");
    }
}
