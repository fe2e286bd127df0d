using System.Text;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Recorder.Alarms;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Search;

namespace Chaperone.Recorder.Reviews;

/// <summary>
/// Reviews of the records by people (45 CFR 164.308(a)(1)(ii)(D)). A step is a record of the ledger and lies nowhere else; how
/// reviews stand is read from the steps as the search has them, and what a plan's search looks for from the ledger. Thread-safe.
/// </summary>
internal sealed class ReviewDesk(ISearchStore search, ReviewParts parts, IRecordKeeper keeper, AlarmBell alarms, IPayloadSeal bus, TimeProvider time)
{
    private const int LongestName = 80;
    private const int MostSample = 100;
    private const int MostDueDays = 90;
    private const int MostPlans = 100;
    private const int LongestWords = 2_000;
    private const int ShortestWords = 10;
    private const int LongestTerms = 8 * 1024;
    private static readonly TimeSpan RemindEvery = TimeSpan.FromDays(7);

    public async ValueTask<ReviewState> ReadAsync(CancellationToken cancellationToken) => ReviewState.Of(await search.ReadReviewsAsync(cancellationToken));

    /// <summary>Does what a person asks for; the sentence says why it is not done, null if it is.</summary>
    public async ValueTask<string?> ChangeAsync(ChangeReviews request, CancellationToken cancellationToken)
    {
        var words = request.Words is { } payload ? Encoding.UTF8.GetString(bus.Open(payload, request.RequestId)).Trim() : "";
        if (words.Length > LongestWords)
        {
            return $"The words have {words.Length} characters: give at most {LongestWords}.";
        }

        var state = await ReadAsync(cancellationToken);
        switch (request.Change)
        {
            case ReviewChange.Plan:
                return await PlanAsync(request, state, cancellationToken);
            case ReviewChange.End when request.PlanId is { } id && state.Plans.ContainsKey(id):
                await KeepAsync(request.RequestId, request.Actor, ReviewNotes.End(id), cancellationToken);
                return null;
            case ReviewChange.Judge when request.RunId is { } id && state.Runs.TryGetValue(id, out var run):
                return await JudgeAsync(request, run, words, cancellationToken);
            case ReviewChange.Sign when request.RunId is { } id && state.Runs.TryGetValue(id, out var run):
                return await SignAsync(request, run, words, cancellationToken);
            default:
                return "There is no such plan or run: load the page again.";
        }
    }

    /// <summary>Opens the runs of periods that are over, and reminds of those that are overdue. Whoever does the same at once records the same.</summary>
    public async ValueTask StepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var state = await ReadAsync(cancellationToken);
        foreach (var plan in state.Plans.Values)
        {
            var (from, to) = ReviewPeriod.Before(plan.Cadence, now);
            await OpenAsync(state, plan, from, to, cancellationToken);
        }

        foreach (var run in state.Runs.Values.Where(r => r.SignedOff is null && r.DueAt <= now && (r.RemindedAt is not { } last || now - last >= RemindEvery)))
        {
            var turn = (now - run.DueAt).Ticks / RemindEvery.Ticks;
            var id = DerivedId.Of("chaperone/review-reminder/v1", $"{run.RunId}\n{turn}", run.DueAt.ToUnixTimeMilliseconds());
            if (await alarms.RaiseAsync(
                new LedgerAlarm(
                    "review-overdue",
                    run.RunId.ToString(),
                    $"The review of {LeafFormat.Time(run.From)} to {LeafFormat.Time(run.To)} was due at {LeafFormat.Time(run.DueAt)} and nobody signed it: write its findings and sign it on the console's page Reviews."),
                cancellationToken))
            {
                await KeepAsync(id, null, ReviewNotes.Remind(run.RunId), cancellationToken);
            }
        }
    }

    private async ValueTask<string?> PlanAsync(ChangeReviews request, ReviewState state, CancellationToken cancellationToken)
    {
        if (request.Plan is not { } plan || plan.Name.Trim() is not { Length: > 0 and <= LongestName } name || name.Any(char.IsControl) || !Enum.IsDefined(plan.Cadence))
        {
            return $"Give the review a name of 1 to {LongestName} characters, without the name of a patient.";
        }

        if (plan.Sample is < 1 or > MostSample || plan.DueDays is < 1 or > MostDueDays)
        {
            return $"Draw 1 to {MostSample} sessions, to be signed 1 to {MostDueDays} days after the period.";
        }

        if (state.Plans.Count >= MostPlans || state.Plans.Values.Any(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase)))
        {
            return "A review of that name is planned already, or there are 100 plans: end one first.";
        }

        var terms = request.Terms is { } payload ? bus.Open(payload, request.RequestId) : null;
        if (terms is not null && Check(terms) is { } problem)
        {
            return problem;
        }

        await KeepAsync(
            request.RequestId, request.Actor, ReviewNotes.Plan(plan with { PlanId = request.RequestId, Name = name, Server = Word(plan.Server), User = Word(plan.User), Searched = terms is not null }),
            cancellationToken, ReviewParts.Terms, terms);
        return null;
    }

    private async ValueTask OpenAsync(ReviewState state, ReviewPlan plan, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var id = DerivedId.Of("chaperone/review-run/v1", $"{plan.PlanId}\n{LeafFormat.Time(from)}", from.ToUnixTimeMilliseconds());
        if (state.Runs.ContainsKey(id))
        {
            return;
        }

        var size = await search.ReadWatermarkAsync(cancellationToken);
        var terms = plan.Searched ? await parts.ReadAsync(ReviewParts.Terms, state.Planned[plan.PlanId], cancellationToken) : null;
        if (plan.Searched && terms is null)
        {
            await alarms.RaiseAsync(
                new LedgerAlarm("review-not-drawn", id.ToString(), $"A review of {LeafFormat.Time(from)} to {LeafFormat.Time(to)} cannot be drawn: what its plan searches for no longer opens. End the plan and plan it anew."),
                cancellationToken);
            return;
        }

        var draw = new ReviewDraw(id.ToString(), plan.Sample);
        var query = new PopulationQuery(from, to, terms is null ? SearchTerms.None : SearchTerms.Read(terms)) { Server = plan.Server, User = plan.User, OnlyRefused = plan.OnlyRefused };
        await foreach (var session in search.ReadPopulationAsync(query, cancellationToken))
        {
            draw.Add(session);
        }

        await KeepAsync(id, null, ReviewNotes.Open(id, plan, from, to, id.ToString(), size, draw.Population, draw.Drawn), cancellationToken, ReviewParts.Terms, terms);
    }

    // Refuses what would find nothing, or could not be understood when the time comes.
    private static string? Check(byte[] terms)
    {
        if (terms.Length > LongestTerms)
        {
            return $"The search has {terms.Length} bytes: give at most {LongestTerms}.";
        }

        var read = SearchTerms.Read(terms);
        return read.Problem ?? (read.Words.Count + read.Fields.Count == 0 ? "The search has neither words nor fields: it would find every session." : null);
    }

    private async ValueTask<string?> JudgeAsync(ChangeReviews request, RunState run, string words, CancellationToken cancellationToken)
    {
        if (run.SignedOff is not null)
        {
            return "The review is signed: nothing is changed in it.";
        }

        if (request.SessionId is not { } session || !run.Drawn.Contains(session) || request.Verdict is not { } verdict || !Enum.IsDefined(verdict))
        {
            return "Choose a finding for a session that was drawn.";
        }

        if (verdict != ReviewVerdict.Fine && words.Length < ShortestWords)
        {
            return $"Say in {ShortestWords} characters or more what you found.";
        }

        if (await search.ReadSessionAsync(session, cancellationToken) is { } own && own.Principal.IsSamePerson(request.Actor))
        {
            return "It is your own session: somebody else has to judge it.";
        }

        await KeepAsync(request.RequestId, request.Actor, ReviewNotes.Judge(run.RunId, session, verdict), cancellationToken, ReviewParts.Words, Encoding.UTF8.GetBytes(words));
        return null;
    }

    private async ValueTask<string?> SignAsync(ChangeReviews request, RunState run, string words, CancellationToken cancellationToken)
    {
        if (run.SignedOff is not null)
        {
            return "The review is signed already.";
        }

        if (!run.IsJudged)
        {
            return $"{run.Drawn.Count - run.Findings.Count} sessions have no finding yet.";
        }

        if (words.Length < ShortestWords)
        {
            return $"Say in {ShortestWords} characters or more what the review comes to.";
        }

        await KeepAsync(request.RequestId, request.Actor, ReviewNotes.Sign(run.RunId, run.Findings.Count, run.Concerns), cancellationToken, ReviewParts.Words, Encoding.UTF8.GetBytes(words));
        return null;
    }

    private ValueTask KeepAsync(Guid id, Principal? actor, string note, CancellationToken cancellationToken, string part = "", byte[]? content = null) => keeper.KeepAsync(
        [
            new RecordEntry
            {
                EventId = id,
                Kind = RecordKind.Review,
                OccurredAt = time.GetUtcNow(),
                Source = "recorder",
                Actor = actor,
                Note = note,
                Parts = content is not { Length: > 0 } ? [] : [new RecordPart { Name = part, MediaType = ReviewParts.MediaType(part), Searchable = false, Content = bus.Seal(content, id) }],
            },
        ],
        cancellationToken);

    private static string? Word(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
