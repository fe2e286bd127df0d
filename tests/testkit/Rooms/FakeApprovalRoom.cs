using Chaperone.Bus;
using Chaperone.Contracts;

namespace Chaperone.TestKit.Rooms;

internal sealed class FakeApprovalRoom(FakeRooms rooms, TimeProvider time)
    : IDoor<ListApprovals, ApprovalPage>, IDoor<DecideApproval, ApprovalAnswered>, IDoor<NoteApprover, ApproverNoted>, IDoor<OpenCardLink, CardLinkOpened>, IDoor<SeeApproval, ApprovalSeen>, IDoor<RevealArguments, ArgumentsRevealed>, IDoor<ReadJobs, JobsReport>
{
    public ValueTask<ApprovalPage> AnswerAsync(ListApprovals request, CancellationToken cancellationToken)
    {
        ThrowIfAway();
        var found = rooms.Approvals.Values
            .Where(i => (i.Status.State == ApprovalState.Pending) == request.Pending)
            .Where(i => request.ApprovalId is null || i.Status.ApprovalId == request.ApprovalId)
            .Where(i => request.Search is null || $"{i.Call.Principal.Name} {i.Call.Server} {i.Call.Target} {i.Status.ApprovalId}".Contains(request.Search, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(i => i.RequestedAt)
            .ToArray();
        return ValueTask.FromResult(new ApprovalPage { Total = found.Length, Items = [.. found.Skip(request.Offset).Take(request.Limit)] });
    }

    public ValueTask<JobsReport> AnswerAsync(ReadJobs request, CancellationToken cancellationToken)
    {
        ThrowIfAway();
        return ValueTask.FromResult(rooms.Jobs);
    }

    public ValueTask<ApprovalAnswered> AnswerAsync(DecideApproval request, CancellationToken cancellationToken)
    {
        ThrowIfAway();
        rooms.Answers.Enqueue(request);
        if (rooms.Meet is { } meet)
        {
            return ValueTask.FromResult(meet(request));
        }

        var item = rooms.Approvals[request.ApprovalId];
        var vote = new ApprovalVote { Decider = request.Decider, Approve = request.Approve, Reason = request.Reason, Channel = request.Channel, DecidedAt = time.GetUtcNow() };
        var votes = item.Votes.Append(vote).ToArray();
        var state = !request.Approve ? ApprovalState.Denied
            : votes.Count(v => v.Approve) >= item.Requirement.Approvals ? ApprovalState.Approved
            : ApprovalState.Pending;
        var status = item.Status with { State = state, DecidedBy = request.Decider.Name, Reason = request.Reason };
        rooms.Approvals[request.ApprovalId] = item with { Votes = votes, Status = status };
        return ValueTask.FromResult(new ApprovalAnswered { Accepted = true, Status = status });
    }

    public ValueTask<ApproverNoted> AnswerAsync(NoteApprover request, CancellationToken cancellationToken)
    {
        ThrowIfAway();
        rooms.Notes.Enqueue(request);
        return ValueTask.FromResult(new ApproverNoted { Known = request.Present });
    }

    public ValueTask<CardLinkOpened> AnswerAsync(OpenCardLink request, CancellationToken cancellationToken)
    {
        ThrowIfAway();
        return ValueTask.FromResult(rooms.Links.TryRemove(request.Token, out var id)
            ? new CardLinkOpened { ApprovalId = id }
            : new CardLinkOpened { Problem = "This link has been used; it works once." });
    }

    public ValueTask<ApprovalSeen> AnswerAsync(SeeApproval request, CancellationToken cancellationToken)
    {
        ThrowIfAway();
        rooms.Looks.Enqueue(request);
        return ValueTask.FromResult(new ApprovalSeen { Recorded = true });
    }

    public ValueTask<ArgumentsRevealed> AnswerAsync(RevealArguments request, CancellationToken cancellationToken)
    {
        ThrowIfAway();
        rooms.Reveals.Enqueue(request);
        return ValueTask.FromResult(rooms.Reveal?.Invoke(request) ?? new ArgumentsRevealed { Problem = "Original values are shown to nobody." });
    }

    private void ThrowIfAway()
    {
        if (rooms.ApprovalAway)
        {
            throw new IOException("secret detail of the approval room");
        }
    }
}
