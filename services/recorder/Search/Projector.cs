using Chaperone.Contracts;
using Chaperone.Recorder.Numbering;
using Chaperone.Recorder.Reviews;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Store;
using Chaperone.Recorder.Verification;

namespace Chaperone.Recorder.Search;

/// <summary>
/// Tails the ledger by index into the search. The watermark moves in the same transaction as the documents, so each record
/// is projected once whatever crashes. Only searchable (masked) parts and PHI-free facts go in.
/// </summary>
internal sealed partial class Projector(ILedgerStore ledger, ISearchStore search, RecordOpener opener, RecentRecords recent, ILogger<Projector> logger)
{
    // Records are read whole, and one may have megabytes.
    private const int Page = 64;

    // A commit costs the index a segment of its own, whatever is in it: whoever catches up commits many records at once.
    private const int MostDocuments = 2048;
    private const int MostCharacters = 8 * 1024 * 1024;

    /// <summary>State that holds the result of the last verification.</summary>
    public const string VerifiedState = "verified";

    /// <summary>Projects what there is, up to a bound; false when nothing was left. Call it again while true.</summary>
    public async ValueTask<bool> StepAsync(CancellationToken cancellationToken)
    {
        var from = await search.ReadWatermarkAsync(cancellationToken);
        var (documents, next) = await ReadAsync(from, cancellationToken);
        if (next == from)
        {
            // A search that knows more than the ledger is of another ledger: begin again.
            if (from > (await ledger.ReadHeadAsync(cancellationToken)).Size)
            {
                Log.Restarted(logger, from);
                await search.ClearAsync(cancellationToken);
            }

            return false;
        }

        foreach (var review in documents.Where(d => d.Entry is { Kind: RecordKind.Review, Source: "recorder" } && IntegrityDesk.Read(d.Entry.Note) is not null))
        {
            await search.WriteStateAsync(VerifiedState, review.Entry.Note!, cancellationToken);
        }

        await search.ProjectAsync(from, documents, next, cancellationToken);
        return true;
    }

    private async ValueTask<(List<SearchDocument> Documents, long Next)> ReadAsync(long from, CancellationToken cancellationToken)
    {
        if (recent.Take(from, MostDocuments) is { Count: > 0 } known)
        {
            return ([.. known.Select((record, i) => ToDocument(from + i, record))], from + known.Count);
        }

        var documents = new List<SearchDocument>();
        var characters = 0;
        while (documents.Count < MostDocuments && characters < MostCharacters)
        {
            var records = await ledger.ReadRecordsAsync(from, Page, cancellationToken);
            foreach (var record in records)
            {
                from = record.Leaf.Index + 1;
                if (TryOpen(record) is { } opened)
                {
                    var document = ToDocument(record.Leaf.Index, opened);
                    documents.Add(document);
                    characters += document.Text.Length + (document.Patients?.Size ?? 0);
                }
            }

            if (records.Count < Page)
            {
                break;
            }
        }

        return (documents, from);
    }

    private OpenedRecord? TryOpen(StoredRecord record)
    {
        var opened = opener.TryOpen(record, out var problem);
        if (opened is null && problem != ShreddedException.Sentence)
        {
            // The ledger still proves it; it only cannot be found. Verification names the place.
            Log.NotOpened(logger, record.Leaf.Index, problem);
        }

        return opened;
    }

    private static SearchDocument ToDocument(long index, OpenedRecord record) => new()
    {
        Index = index,
        Entry = record.Entry,
        Text = SearchText.Of(record),
        Fields = SearchFields.Of(record.Entry),
        Patients = record.Patients,
        Review = ReviewStep.Of(index, record.Entry),
        Gap = record.Entry.Kind == RecordKind.Gap && NumberingNotes.ReadGap(record.Entry.Note) is { } gap
            ? new NumberingGap { Edge = gap.Edge, Epoch = gap.Epoch, From = gap.From, To = gap.To, NoticedAt = record.Entry.OccurredAt }
            : null,
    };

    private static partial class Log
    {
        [LoggerMessage(6030, LogLevel.Error, "Record {Index} cannot be opened, so it cannot be found: {Reason}")]
        public static partial void NotOpened(ILogger logger, long index, string reason);

        [LoggerMessage(6031, LogLevel.Warning, "The search is of a larger ledger ({Watermark} records): it is built again.")]
        public static partial void Restarted(ILogger logger, long watermark);
    }
}
