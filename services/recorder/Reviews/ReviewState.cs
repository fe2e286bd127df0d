using System.Text.Json;
using Chaperone.Contracts;

namespace Chaperone.Recorder.Reviews;

/// <summary>How reviews stand, as the steps in the ledger say, in their order. A step that does not fit what is before it counts for nothing.</summary>
internal sealed class ReviewState
{
    private readonly Dictionary<Guid, ReviewPlan> _plans = [];
    private readonly Dictionary<Guid, RunState> _runs = [];
    private readonly Dictionary<Guid, long> _planned = [];

    /// <summary>Plans that stand.</summary>
    public IReadOnlyDictionary<Guid, ReviewPlan> Plans => _plans;

    /// <summary>All runs.</summary>
    public IReadOnlyDictionary<Guid, RunState> Runs => _runs;

    /// <summary>Leaf index of the record that planned each of <see cref="Plans"/>; its search is sealed there.</summary>
    public IReadOnlyDictionary<Guid, long> Planned => _planned;

    public static ReviewState Of(IEnumerable<ReviewStep> steps)
    {
        var state = new ReviewState();
        foreach (var step in steps)
        {
            using var note = JsonDocument.Parse(step.Note);
            state.Take(step, note.RootElement);
        }

        return state;
    }

    private void Take(ReviewStep step, JsonElement note)
    {
        switch (note.GetProperty("review").GetString())
        {
            case ReviewNotes.Planned:
                var plan = ReviewNotes.ReadPlan(note);
                _plans[plan.PlanId] = plan;
                _planned[plan.PlanId] = step.Index;
                break;
            case ReviewNotes.Ended:
                _plans.Remove(note.GetProperty("plan").GetGuid());
                break;
            case ReviewNotes.Opened:
                var run = RunState.Read(note, step.Index);
                _runs.TryAdd(run.RunId, run);
                break;
            case ReviewNotes.Judged when Open(note) is { } judged && step.Actor is { } reviewer:
                judged.Judge(note.GetProperty("session").GetGuid(), Enum.Parse<ReviewVerdict>(note.GetProperty("verdict").GetString()!, ignoreCase: true), Act(reviewer, step.At), step.Index);
                break;
            case ReviewNotes.Signed when Open(note) is { IsJudged: true } signed && step.Actor is { } signer:
                signed.SignedOff = Act(signer, step.At);
                break;
            case ReviewNotes.Reminded when Open(note) is { } late:
                late.RemindedAt = step.At;
                break;
        }
    }

    private RunState? Open(JsonElement note) => _runs.TryGetValue(note.GetProperty("run").GetGuid(), out var run) && run.SignedOff is null ? run : null;

    private static ReviewAct Act(Principal person, DateTimeOffset at) => new() { Issuer = person.Issuer, Subject = person.Subject, Name = person.Name, At = at };
}
