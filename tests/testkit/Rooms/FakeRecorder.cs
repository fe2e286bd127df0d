using System.Text.Json;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;

namespace Chaperone.TestKit.Rooms;

internal sealed class FakeRecorder(FakeRooms rooms, IPayloadSeal seal, TimeProvider time) :
    IDoor<ListSessions, SessionPage>, IDoor<ReadSession, SessionTranscript>, IDoor<ReadIntegrity, IntegrityReport>, IRecordKeeper,
    IDoor<FindMessages, MessagePage>, IDoor<ListSearches, SearchList>, IDoor<KeepSearch, SearchKept>, IDoor<ReadProof, RecordProof>, IDoor<RevealRecord, RecordRevealed>
{
    public ValueTask<SessionPage> AnswerAsync(ListSessions request, CancellationToken cancellationToken)
    {
        Ask(request);
        var found = rooms.Sessions.Values.Select(s => s.Session)
            .Where(s => request.Search is null || $"{s.Principal.Name} {s.Server}".Contains(request.Search, StringComparison.OrdinalIgnoreCase))
            .Where(s => request.From is null || s.LastAt >= request.From)
            .Where(s => request.To is null || s.StartedAt <= request.To)
            .OrderByDescending(s => s.LastAt)
            .ToArray();
        return ValueTask.FromResult(new SessionPage { Total = found.Length, Items = [.. found.Skip(request.Offset).Take(request.Limit)] });
    }

    public ValueTask<SessionTranscript> AnswerAsync(ReadSession request, CancellationToken cancellationToken)
    {
        Ask(request);
        if (!rooms.Sessions.TryGetValue(request.SessionId, out var found))
        {
            return ValueTask.FromResult(new SessionTranscript { Entries = [], More = false });
        }

        var rest = found.Entries.Where(e => e.Index >= request.FromIndex).ToArray();
        return ValueTask.FromResult(new SessionTranscript { Session = found.Session, Entries = [.. rest.Take(request.Limit)], More = rest.Length > request.Limit });
    }

    public ValueTask<IntegrityReport> AnswerAsync(ReadIntegrity request, CancellationToken cancellationToken)
    {
        Ask(request);
        if (request.VerifyNow && rooms.VerifyTooSlow)
        {
            throw new TimeoutException("secret detail of the recorder");
        }

        if (request.VerifyNow)
        {
            rooms.Report = rooms.Report with { VerifiedAt = time.GetUtcNow(), VerifiedOk = rooms.Verdict.Ok, VerifiedResult = rooms.Verdict.Text };
        }

        return ValueTask.FromResult(rooms.Report);
    }

    public ValueTask<MessagePage> AnswerAsync(FindMessages request, CancellationToken cancellationToken)
    {
        Ask(request);
        var terms = JsonSerializer.Deserialize<MessageTerms>(seal.Open(request.Terms, request.QueryId))!;
        rooms.Terms.Enqueue(terms);
        if (terms.Words == "\"")
        {
            return ValueTask.FromResult(new MessagePage { Items = [], Problem = "A quotation mark has no partner: close it, or take it out." });
        }

        var found = rooms.Sessions.Values.SelectMany(s => s.Entries)
            .Where(e => e.Entry.Call is { } call && terms.Filters.All(f => f.Field != MessageField.Tool || f.Value == call.Target) && e.Index < (request.Before ?? long.MaxValue))
            .OrderByDescending(e => e.Index)
            .ToArray();
        return ValueTask.FromResult(new MessagePage
        {
            Items = [.. found.Take(request.Limit).Select(e => new MessageItem { Index = e.Index, Entry = e.Entry with { Parts = [] }, Excerpt = seal.Seal("seen [NAME] for Diabetes"u8, e.Entry.EventId) })],
            Next = found.Length > request.Limit ? found[request.Limit - 1].Index : null,
        });
    }

    public ValueTask<SearchList> AnswerAsync(ListSearches request, CancellationToken cancellationToken)
    {
        Ask(request);
        return ValueTask.FromResult(new SearchList
        {
            Items = [.. rooms.Searches.Values.Where(s => s.Owner.IsSamePerson(request.Owner)).Select(s => new SavedSearch { SearchId = s.SearchId, Content = s.Content!, SavedAt = time.GetUtcNow() })],
        });
    }

    public ValueTask<SearchKept> AnswerAsync(KeepSearch request, CancellationToken cancellationToken)
    {
        Ask(request);
        if (request.Content is null)
        {
            rooms.Searches.TryRemove(request.SearchId, out _);
        }
        else
        {
            rooms.Searches[request.SearchId] = request;
        }

        return ValueTask.FromResult(new SearchKept { Kept = true });
    }

    public ValueTask<RecordProof> AnswerAsync(ReadProof request, CancellationToken cancellationToken)
    {
        Ask(request);
        return ValueTask.FromResult(new RecordProof { Problem = "The ledger has no record at that index.", VerifierKey = rooms.Report.VerifierKey });
    }

    public ValueTask<RecordRevealed> AnswerAsync(RevealRecord request, CancellationToken cancellationToken)
    {
        Ask(request);
        if (rooms.RevealAway)
        {
            throw new IOException("secret detail of the recorder");
        }

        return ValueTask.FromResult(new RecordRevealed
        {
            RevealId = Guid.CreateVersion7(time.GetUtcNow()),
            Parts = [new RecordPart { Name = "request_raw", MediaType = "application/json", Searchable = false, Content = seal.Seal("""{"ssn":"078-05-1120"}"""u8, request.EventId) }],
        });
    }

    public ValueTask KeepAsync(IReadOnlyList<RecordEntry> entries, CancellationToken cancellationToken)
    {
        if (rooms.JournalAway)
        {
            throw new IOException("secret detail of the recorder's disk");
        }

        foreach (var entry in entries)
        {
            rooms.Journal.Enqueue(entry);
        }

        return ValueTask.CompletedTask;
    }

    private void Ask(object question)
    {
        rooms.Questions.Enqueue(question);
        if (rooms.RecorderAway)
        {
            throw new IOException("secret detail of the recorder");
        }
    }
}
