using System.Security.Cryptography;
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
    private const string Shredded = "Its messages were shredded: their key was destroyed by an order that the ledger holds. That the record was made, and when, is still proved.";

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
        try
        {
            var opened = record is { Header: { } header, Object: { } sealedObject }
                ? opener.Open(header, sealedObject)
                : throw new InvalidDataException("The record is gone.");
            var parts = opened.Parts.Select(p => new RecordPart
            {
                Name = p.Name,
                MediaType = p.MediaType,
                Searchable = true,
                Content = bus.Seal(p.Content, opened.Entry.EventId),
            });
            return Of(record, opened.Entry with { Parts = [.. parts] }) with
            {
                SealedParts = opened.IsShredded ? [] : RecordOpener.SealedParts(header),
                Problem = opened.IsShredded && RecordHeader.Read(header).Parts.Count > 1 ? Shredded : null,
            };
        }
        catch (Exception e) when (e is CryptographicException or InvalidDataException)
        {
            // The rest of the session stays readable, and the reader sees where it is damaged.
            return Of(record, Bare(record.Leaf)) with { Problem = e is ShreddedException ? Shredded : "This record does not open: it was altered, it is gone, or its key is not in the recorder's key file." };
        }
    }

    private static TranscriptEntry Of(StoredRecord record, RecordEntry entry) =>
        new() { Index = record.Leaf.Index, LeafHash = Convert.ToHexStringLower(record.Leaf.Hash), Entry = entry };

    private static RecordEntry Bare(StoredLeaf leaf)
    {
        var at = DateTimeOffset.UnixEpoch;
        try
        {
            at = LeafFormat.ReadTime(leaf.Bytes);
        }
        catch (InvalidDataException)
        {
            // An unreadable leaf says no time, either.
        }

        return new RecordEntry { EventId = leaf.EventId, Kind = (RecordKind)leaf.Kind, OccurredAt = at, Source = "recorder" };
    }
}
