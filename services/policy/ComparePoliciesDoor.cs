using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Policy.Cases;
using Chaperone.Policy.Circumstances;
using Chaperone.Policy.Tools;

namespace Chaperone.Policy;

/// <summary>Decides recorded calls by two policies and answers with those that come out otherwise.</summary>
internal sealed class ComparePoliciesDoor(TrialDesk desk, ToolBook tools, IAsk<ReadCalls, CallsRead> recorder, IPayloadSeal seal) : IDoor<ComparePolicies, PoliciesCompared>
{
    private const int MostDifferences = 200;
    private const int MostProblems = 50;

    /// <inheritdoc/>
    public async ValueTask<PoliciesCompared> AnswerAsync(ComparePolicies request, CancellationToken cancellationToken) =>
        await desk.RunAsync(clock => RunAsync(request, clock, cancellationToken), cancellationToken) ?? new PoliciesCompared { Problems = [TrialDesk.Busy] };

    private async Task<PoliciesCompared> RunAsync(ComparePolicies request, TrialClock clock, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var before = desk.Read(request.Before, null, request.RequestId, problems);
        var after = desk.Read(request.After, request.Draft, request.RequestId, problems);
        if (before is null || after is null)
        {
            return new PoliciesCompared { Problems = [.. problems.Take(MostProblems)] };
        }

        var comparison = new PolicyComparison(before, after, tools);
        var (seen, found) = (new HashSet<Guid>(), new List<CallDifference>());
        var result = new PoliciesCompared { Problems = [], Next = request.Below };
        do
        {
            var page = await recorder.AskAsync(new ReadCalls { From = request.From, To = request.To, Below = result.Next }, cancellationToken);
            foreach (var stored in page.Calls.Where(c => seen.Add(c.Call.CallId)))
            {
                var message = stored.Message is { } payload ? seal.Open(payload, stored.Call.CallId) : [];
                found.AddRange(comparison.Of(stored.Call, message, new Glass(stored.BreakGlass)) is { } difference ? [difference] : []);
                result = result with { WithoutMessage = result.WithoutMessage + (stored.Message is null ? 1 : 0), Oldest = stored.Call.ReceivedAt };
                await Task.Yield();
            }

            result = result with { Calls = seen.Count, Unreadable = result.Unreadable + page.Unreadable, Next = page.Next };
        }
        while (result.Next is not null && !clock.IsOver && found.Count < MostDifferences);

        return result with { Differences = [.. found] };
    }
}
