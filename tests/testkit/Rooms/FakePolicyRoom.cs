using System.Text;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;

namespace Chaperone.TestKit.Rooms;

/// <summary>The policy room as the console sees it.</summary>
internal sealed class FakePolicyRoom(FakeRooms rooms, IPayloadSeal seal) : IDoor<ReadPolicy, PolicyReport>, IDoor<ExplainCall, CallExplained>
{
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
}
