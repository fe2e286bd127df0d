using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Search;
using Chaperone.Recorder.Sequencing;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Doors;

/// <summary>Answers with what the ledger holds of a session: facts and masked parts, sealed again for the bus; raw parts never leave.</summary>
internal sealed class ReadSessionDoor(LedgerOpening opening, ILedgerStore ledger, ISearchStore search, SessionCards cards, RecordOpener opener, IPayloadSeal bus)
    : IDoor<ReadSession, SessionTranscript>
{
    private const int MostEntries = 1000;

    public async ValueTask<SessionTranscript> AnswerAsync(ReadSession request, CancellationToken cancellationToken)
    {
        await opening.EnsureOpenAsync(cancellationToken);
        await search.OpenAsync(cancellationToken);
        var limit = Math.Clamp(request.Limit, 1, MostEntries);
        var records = await ledger.ReadSessionAsync(request.SessionId, request.FromIndex, limit + 1, cancellationToken);
        var session = await search.ReadSessionAsync(request.SessionId, cancellationToken);
        return new SessionTranscript
        {
            Session = session is null ? null : await cards.CompleteAsync(session, cancellationToken),
            Entries = [.. records.Take(limit).Select(ToEntry)],
            More = records.Count > limit,
        };
    }

    private TranscriptEntry ToEntry(StoredRecord record)
    {
        var opened = record is { Header: { } header, Object: { } sealedObject }
            ? opener.Open(header, sealedObject)
            : throw new InvalidDataException($"Record {record.Leaf.Index} is not in the store.");
        var parts = opened.Parts.Select(p => new RecordPart
        {
            Name = p.Name,
            MediaType = p.MediaType,
            Searchable = true,
            Content = bus.Seal(p.Content, opened.Entry.EventId),
        });
        return new TranscriptEntry
        {
            Index = record.Leaf.Index,
            LeafHash = Convert.ToHexStringLower(record.Leaf.Hash),
            Entry = opened.Entry with { Parts = [.. parts] },
        };
    }
}
