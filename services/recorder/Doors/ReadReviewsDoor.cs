using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Recorder.Reviews;
using Chaperone.Recorder.Search;
using Chaperone.Recorder.Sequencing;

namespace Chaperone.Recorder.Doors;

/// <summary>Says how reviews stand; words of findings and searches of plans are opened from the ledger.</summary>
internal sealed class ReadReviewsDoor(LedgerOpening opening, ISearchStore search, ReviewDesk desk, ReviewParts parts, IPayloadSeal bus) : IDoor<ReadReviews, ReviewBoard>
{
    private const int MostRuns = 100;

    public async ValueTask<ReviewBoard> AnswerAsync(ReadReviews request, CancellationToken cancellationToken)
    {
        await opening.EnsureOpenAsync(cancellationToken);
        await search.OpenAsync(cancellationToken);
        var state = await desk.ReadAsync(cancellationToken);
        return new ReviewBoard
        {
            Plans = [.. state.Plans.Values.OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase)],
            Runs = [.. state.Runs.Values.OrderByDescending(r => r.From).ThenBy(r => r.Plan.Name, StringComparer.OrdinalIgnoreCase).Take(MostRuns).Select(r => r.ToRun())],
            Sessions = request.RunId is { } id && state.Runs.TryGetValue(id, out var run) ? await ReadAsync(run, request.RequestId, cancellationToken) : [],
            Terms = await TermsAsync(state, request.RunId, request.RequestId, cancellationToken),
        };
    }

    private async ValueTask<ReviewedSession[]> ReadAsync(RunState run, Guid request, CancellationToken cancellationToken)
    {
        var sessions = new List<ReviewedSession>(run.Drawn.Count);
        foreach (var session in run.Drawn)
        {
            var finding = run.Findings.GetValueOrDefault(session);
            sessions.Add(new ReviewedSession
            {
                SessionId = session,
                Verdict = finding?.Verdict,
                By = finding?.By,
                Words = finding is not null && await parts.ReadAsync(ReviewParts.Words, finding.Index, cancellationToken) is { } words ? bus.Seal(words, request) : null,
            });
        }

        return [.. sessions];
    }

    private async ValueTask<ReviewTerms[]> TermsAsync(ReviewState state, Guid? run, Guid request, CancellationToken cancellationToken)
    {
        var searched = state.Plans.Values.Where(p => p.Searched).Select(p => (Id: p.PlanId, Index: state.Planned[p.PlanId]));
        if (run is { } id && state.Runs.TryGetValue(id, out var open) && open.Plan.Searched)
        {
            searched = searched.Append((id, open.Index));
        }

        var terms = new List<ReviewTerms>();
        foreach (var (of, index) in searched)
        {
            if (await parts.ReadAsync(ReviewParts.Terms, index, cancellationToken) is { } found)
            {
                terms.Add(new ReviewTerms { Id = of, Terms = bus.Seal(found, request) });
            }
        }

        return [.. terms];
    }
}
