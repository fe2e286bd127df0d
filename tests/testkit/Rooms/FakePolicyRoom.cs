using System.Text;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;

namespace Chaperone.TestKit.Rooms;

/// <summary>The policy room as the console sees it.</summary>
internal sealed class FakePolicyRoom(FakeRooms rooms, IPayloadSeal seal)
    : IDoor<ListTools, ToolPage>, IDoor<DecideTool, ToolDecided>, IDoor<ReadPolicy, PolicyReport>, IDoor<ExplainCall, CallExplained>,
        IDoor<TestPolicy, PolicyTested>, IDoor<ComparePolicies, PoliciesCompared>
{
    public ValueTask<ToolPage> AnswerAsync(ListTools request, CancellationToken cancellationToken)
    {
        if (rooms.PolicyAway)
        {
            throw new InvalidOperationException("secret detail");
        }

        ToolItem[] all = [.. rooms.Tools.Values.Where(t => request.ToolId is null || t.ToolId == request.ToolId).OrderBy(t => t.State).ThenBy(t => t.Tool, StringComparer.Ordinal)];
        return ValueTask.FromResult(new ToolPage { Total = all.Length, Items = [.. all.Skip(request.Offset).Take(request.Limit)] });
    }

    public ValueTask<ToolDecided> AnswerAsync(DecideTool request, CancellationToken cancellationToken)
    {
        rooms.ToolAnswers.Enqueue(request);
        rooms.Tools.AddOrUpdate(
            request.ToolId,
            _ => throw new InvalidOperationException("no such tool"),
            (_, tool) => tool with { State = request.Accept ? ToolState.Accepted : ToolState.Refused, DecidedBy = request.Decider.Name });
        return ValueTask.FromResult(new ToolDecided { Accepted = true });
    }

    public ValueTask<PolicyReport> AnswerAsync(ReadPolicy request, CancellationToken cancellationToken)
    {
        rooms.Questions.Enqueue(request);
        return ValueTask.FromResult(rooms.Policy with { Digest = request.Digest ?? rooms.Policy.InForce });
    }

    public ValueTask<CallExplained> AnswerAsync(ExplainCall request, CancellationToken cancellationToken)
    {
        rooms.Questions.Enqueue(request);
        rooms.ExplainedMessages.Enqueue(Encoding.UTF8.GetString(seal.Open(request.Message, request.Call.CallId)));
        return ValueTask.FromResult(rooms.Explained);
    }

    public ValueTask<PolicyTested> AnswerAsync(TestPolicy request, CancellationToken cancellationToken)
    {
        rooms.Questions.Enqueue(request);
        Keep(request.Draft, request.RequestId);
        Keep(request.Cases, request.RequestId);
        return ValueTask.FromResult(rooms.Tested);
    }

    public ValueTask<PoliciesCompared> AnswerAsync(ComparePolicies request, CancellationToken cancellationToken)
    {
        rooms.Questions.Enqueue(request);
        Keep(request.Draft, request.RequestId);
        return ValueTask.FromResult(rooms.Compared);
    }

    private void Keep(SealedPayload? text, Guid requestId)
    {
        if (text is not null)
        {
            rooms.TrialTexts.Enqueue(Encoding.UTF8.GetString(seal.Open(text, requestId)));
        }
    }
}
