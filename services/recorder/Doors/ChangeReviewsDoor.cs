using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.Recorder.Reviews;
using Chaperone.Recorder.Search;
using Chaperone.Recorder.Sequencing;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Doors;

/// <summary>Takes the steps of reviews. It answers when the step is in the ledger, and as a rule in the search, so that the next page shows it.</summary>
internal sealed class ChangeReviewsDoor(LedgerOpening opening, ILedgerStore ledger, ISearchStore search, ReviewDesk desk, TimeProvider time) : IDoor<ChangeReviews, ReviewsChanged>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public async ValueTask<ReviewsChanged> AnswerAsync(ChangeReviews request, CancellationToken cancellationToken)
    {
        await opening.EnsureOpenAsync(cancellationToken);
        await search.OpenAsync(cancellationToken);
        if (await desk.ChangeAsync(request, cancellationToken) is { } problem)
        {
            return new ReviewsChanged { Done = false, Problem = problem };
        }

        var size = (await ledger.ReadHeadAsync(cancellationToken)).Size;
        for (var until = time.GetUtcNow() + Patience; time.GetUtcNow() < until && await search.ReadWatermarkAsync(cancellationToken) < size;)
        {
            await Task.Delay(Pause, time, cancellationToken);
        }

        return new ReviewsChanged { Done = true };
    }
}
