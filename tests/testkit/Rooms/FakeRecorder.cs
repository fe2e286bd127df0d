using Chaperone.Bus;
using Chaperone.Contracts;

namespace Chaperone.TestKit.Rooms;

internal sealed class FakeRecorder(FakeRooms rooms, TimeProvider time) :
    IDoor<ListSessions, SessionPage>, IDoor<ReadSession, SessionTranscript>, IDoor<ReadIntegrity, IntegrityReport>, IRecordKeeper
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
