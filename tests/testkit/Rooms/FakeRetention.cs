using Chaperone.Bus;
using Chaperone.Contracts;

namespace Chaperone.TestKit.Rooms;

internal sealed class FakeRetention(FakeRooms rooms) : IDoor<ReadRetention, RetentionReport>, IDoor<ChangeRetention, RetentionChanged>
{
    public ValueTask<RetentionReport> AnswerAsync(ReadRetention request, CancellationToken cancellationToken) => rooms.RecorderAway
        ? throw new IOException("secret detail of the recorder")
        : ValueTask.FromResult(rooms.Retention);

    public ValueTask<RetentionChanged> AnswerAsync(ChangeRetention request, CancellationToken cancellationToken)
    {
        rooms.Questions.Enqueue(request);
        return ValueTask.FromResult(new RetentionChanged { Done = rooms.RetentionProblem is null, Problem = rooms.RetentionProblem });
    }
}
