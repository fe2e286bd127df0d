using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Chaperone.Ledger;

/// <summary>
/// The last checkpoint of each log that a witness cosigned, one file a log. A log it began to watch has an empty file until
/// then: a file that is gone is a loss, never a log without history.
/// </summary>
/// <param name="files">Where the files lie; a write is durable when it returns.</param>
internal sealed class WitnessMemory(ILedgerFiles files)
{
    /// <summary>The note as it was cosigned; empty before the first one; null when the log was never begun, or its file is gone.</summary>
    public ValueTask<byte[]?> ReadAsync(NoteKey log, CancellationToken cancellationToken) => files.ReadAsync(PathOf(log), cancellationToken);

    /// <summary>Remembers; durable when this returns.</summary>
    public ValueTask WriteAsync(NoteKey log, ReadOnlyMemory<byte> note, CancellationToken cancellationToken) => files.WriteAsync(PathOf(log), note, cancellationToken);

    /// <summary>Keeps two signed checkpoints of one size that contradict each other.</summary>
    public async ValueTask KeepEvidenceAsync(ReadOnlyMemory<byte> known, ReadOnlyMemory<byte> other, CancellationToken cancellationToken)
    {
        var folder = $"evidence/{Convert.ToHexStringLower(SHA256.HashData(other.Span))}";
        await files.WriteAsync($"{folder}/cosigned", known, cancellationToken);
        await files.WriteAsync($"{folder}/refused", other, cancellationToken);
    }

    /// <summary>Year of the newest log of a ledger that was cosigned; 0 for none but the first.</summary>
    public async ValueTask<int> ReadNewestYearAsync(NoteKey ledger, CancellationToken cancellationToken) =>
        await files.ReadAsync(SeriesOf(ledger), cancellationToken) is not { } text ? 0
            : int.TryParse(Encoding.ASCII.GetString(text), NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year
            : throw new LedgerFaultException(LedgerFindingKind.CheckpointMalformed, $"the witness's memory of the logs of {ledger.Name} is not what it wrote");

    /// <summary>Remembers that a later log was begun; durable when this returns.</summary>
    public ValueTask WriteNewestYearAsync(NoteKey ledger, int year, CancellationToken cancellationToken) =>
        files.WriteAsync(SeriesOf(ledger), Encoding.ASCII.GetBytes(LogSeries.FolderOf(year)), cancellationToken);

    private static string SeriesOf(NoteKey ledger) => $"series/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ledger.Name)))}";

    // The origin may hold any characters; its hash is a file name everywhere.
    private static string PathOf(NoteKey log) => $"logs/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(log.Name)))}";
}
