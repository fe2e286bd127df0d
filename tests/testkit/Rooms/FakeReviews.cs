using Chaperone.Bus;
using Chaperone.Contracts;

namespace Chaperone.TestKit.Rooms;

internal sealed class FakeReviews(FakeRooms rooms) : IDoor<ReadReviews, ReviewBoard>, IDoor<ChangeReviews, ReviewsChanged>
{
    public ValueTask<ReviewBoard> AnswerAsync(ReadReviews request, CancellationToken cancellationToken) => rooms.RecorderAway
        ? throw new IOException("secret detail of the recorder")
        : ValueTask.FromResult(request.RunId is null ? rooms.Reviews with { Sessions = [] } : rooms.Reviews);

    public ValueTask<ReviewsChanged> AnswerAsync(ChangeReviews request, CancellationToken cancellationToken)
    {
        rooms.Questions.Enqueue(request);
        return ValueTask.FromResult(new ReviewsChanged { Done = rooms.ReviewProblem is null, Problem = rooms.ReviewProblem });
    }
}
