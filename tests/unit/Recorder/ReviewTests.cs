using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Recorder.Alarms;
using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Reviews;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Search;

namespace Chaperone.Recorder.Tests;

/// <summary>Reviews by people: the draw can be repeated, each step is a record and nothing else keeps it, and nobody judges their own session.</summary>
public abstract class ReviewTests
{
    private const string Words = "Looked at each call with the ward.";

    private static readonly Guid Asked = Guid.CreateVersion7();

    private static readonly Principal Officer = new() { Issuer = "https://issuer.example", Subject = "officer", Name = "Olga Officer", Groups = ["privacy"], ClientId = "console" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Review_FromPlanToSignature_IsInTheLedgerStepByStep()
    {
        await using var rig = await StartAsync();
        var sessions = await FillAsync(rig, 6);
        Assert.Null((await ChangeAsync(rig, ReviewChange.Plan, plan: Plan(3))).Problem);
        rig.Time.Advance(TimeSpan.FromDays(10));
        await StepAsync(rig);
        var run = Assert.Single((await BoardAsync(rig)).Runs);
        Assert.Equal((6, 3, 0, "2026-11-01", "2026-12-01"), (run.Population, run.Drawn, run.Judged, run.From.ToString("yyyy-MM-dd"), run.To.ToString("yyyy-MM-dd")));

        var drawn = (await BoardAsync(rig, run.RunId)).Sessions.Select(s => s.SessionId).ToArray();
        Assert.Equal(sessions.OrderBy(id => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{run.Seed}\n{id}"))), StringComparer.Ordinal).Take(3), drawn);
        Assert.Contains("3 sessions have no finding", (await ChangeAsync(rig, ReviewChange.Sign, run.RunId, words: Words)).Problem, StringComparison.Ordinal);
        Assert.Null((await ChangeAsync(rig, ReviewChange.Judge, run.RunId, drawn[0], ReviewVerdict.Concern, "Jane Roe was read by two people.")).Problem);
        Assert.Null((await ChangeAsync(rig, ReviewChange.Judge, run.RunId, drawn[1], ReviewVerdict.Fine)).Problem);
        Assert.Null((await ChangeAsync(rig, ReviewChange.Judge, run.RunId, drawn[2], ReviewVerdict.Fine)).Problem);
        Assert.Null((await ChangeAsync(rig, ReviewChange.Sign, run.RunId, words: Words)).Problem);

        var board = await BoardAsync(rig, run.RunId);
        Assert.Equal((3, 1, "officer"), (board.Runs[0].Judged, board.Runs[0].Concerns, board.Runs[0].SignedOff!.Subject));
        Assert.Equal((ReviewVerdict.Concern, "officer"), (board.Sessions[0].Verdict!.Value, board.Sessions[0].By!.Subject));
        Assert.Equal("The review is signed: nothing is changed in it.", (await ChangeAsync(rig, ReviewChange.Judge, run.RunId, drawn[0], ReviewVerdict.Fine)).Problem);
        await rig.AssertIntactAsync(6 + 1 + 1 + 3 + 1);
        foreach (var file in Directory.EnumerateFiles(rig.Folder, "*", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain("Jane Roe", Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Cancel)), StringComparison.Ordinal);
        }
    }

    /// <summary>The search is thrown away and built again: nothing of a review is lost.</summary>
    [Fact]
    public async Task State_BuiltAgainFromTheLedger_IsTheSame()
    {
        await using var rig = await StartAsync();
        await FillAsync(rig, 2);
        await ChangeAsync(rig, ReviewChange.Plan, plan: Plan(25));
        rig.Time.Advance(TimeSpan.FromDays(10));
        await StepAsync(rig);
        var before = await BoardAsync(rig);

        await rig.Get<ISearchStore>().RebuildAsync(Cancel);
        Assert.Empty((await BoardAsync(rig, follow: false)).Runs);
        var after = await BoardAsync(rig);

        Assert.Equal((before.Plans.Single(), before.Runs.Single()), (after.Plans.Single(), after.Runs.Single()));
        Assert.Equal(2, after.Runs[0].Drawn);
    }

    /// <summary>Each period is drawn once, however often the clock strikes; what is overdue is said once a week.</summary>
    [Fact]
    public async Task Clock_OpensEachPeriodOnceAndRemindsOnceAWeek()
    {
        await using var rig = await StartAsync();
        await ChangeAsync(rig, ReviewChange.Plan, plan: Plan(1) with { Cadence = ReviewCadence.Weekly, DueDays = 1 });
        for (var day = 0; day < 20; day++)
        {
            await StepAsync(rig);
            await StepAsync(rig);
            rig.Time.Advance(TimeSpan.FromDays(1));
        }

        var state = await rig.Get<ReviewDesk>().ReadAsync(Cancel);
        var notes = (await rig.Get<ISearchStore>().ReadReviewsAsync(Cancel)).Select(s => s.Note).ToArray();
        Assert.Equal(["2026-11-16", "2026-11-23", "2026-11-30"], state.Runs.Values.Select(r => r.From.ToString("yyyy-MM-dd")).Order());
        Assert.Equal(3, notes.Count(n => n.Contains("\"opened\"", StringComparison.Ordinal)));
        Assert.Equal(6, notes.Count(n => n.Contains("\"reminded\"", StringComparison.Ordinal)));
        Assert.Equal(state.Runs.Values.Where(r => r.RemindedAt is not null).Select(r => r.RunId).Order(), (await AlarmsAsync(rig, "review-overdue")).Order());
    }

    /// <summary>A plan with a search draws only sessions in which a message of the period matches; what it looks for is sealed, may be read on the page, and stays what it was for the run.</summary>
    [Fact]
    public async Task Plan_WithASearch_DrawsWhatItFinds()
    {
        await using var rig = await StartAsync();
        var (hit, miss, other) = (Guid.CreateVersion7(rig.Time.GetUtcNow()), Guid.CreateVersion7(rig.Time.GetUtcNow()), Guid.CreateVersion7(rig.Time.GetUtcNow()));
        await rig.KeepAsync(
            rig.Entry(session: hit, masked: "{\"text\":\"the zebrafish of [NAME]\"}"), rig.Entry(session: hit, masked: "{\"text\":\"zebrafish\"}"),
            rig.Entry(session: miss, masked: "{\"text\":\"a horse\"}"));
        var terms = new MessageTerms { Words = "zebra*", Filters = [new MessageFilter { Field = MessageField.Server, Value = "clinic" }] };
        Assert.Null((await ChangeAsync(rig, ReviewChange.Plan, plan: Plan(5), terms: terms)).Problem);
        rig.Time.Advance(TimeSpan.FromDays(10));
        await rig.KeepAsync(rig.Entry(session: other, masked: "{\"text\":\"zebrafish of another month\"}"));
        await StepAsync(rig);

        var run = Assert.Single((await BoardAsync(rig)).Runs);
        var board = await BoardAsync(rig, run.RunId);

        Assert.True(run.Plan.Searched);
        Assert.Equal((1, hit), (run.Population, Assert.Single(board.Sessions).SessionId));
        Assert.Equal([run.Plan.PlanId, run.RunId], board.Terms.Select(t => t.Id));
        Assert.All(board.Terms, t => Assert.Equal("zebra*", JsonSerializer.Deserialize<MessageTerms>(rig.Seal.Open(t.Terms, Asked))!.Words));
        Assert.All(await rig.Get<ISearchStore>().ReadReviewsAsync(Cancel), s => Assert.DoesNotContain("zebra", s.Note, StringComparison.Ordinal));
    }

    /// <summary>What a plan searches for was shredded: it draws nothing rather than everything, and says so once.</summary>
    [Fact]
    public async Task Plan_WhoseSearchNoLongerOpens_DrawsNothingAndRaisesAnAlarm()
    {
        await using var rig = await StartAsync();
        await FillAsync(rig, 2);
        Assert.Null((await ChangeAsync(rig, ReviewChange.Plan, plan: Plan(5), terms: new MessageTerms { Words = "zebra*" })).Problem);
        var others = new Keyring(new RecordKeys(KeyFile.LoadOrCreate(Path.Combine(rig.Folder, "other.key"))), null, rig.Time);
        var desk = new ReviewDesk(
            rig.Get<ISearchStore>(), new ReviewParts(rig.Store, new RecordOpener(others)), rig.Get<IRecordKeeper>(), rig.Get<AlarmBell>(), rig.Seal, rig.Time);
        rig.Time.Advance(TimeSpan.FromDays(10));

        await desk.StepAsync(Cancel);
        await desk.StepAsync(Cancel);
        await rig.FollowAsync();

        Assert.Empty((await BoardAsync(rig)).Runs);
        Assert.Single(await AlarmsAsync(rig, "review-not-drawn"));
    }

    [Theory]
    [InlineData(null, "neither words nor fields")]
    [InlineData("\"half", "quotation mark")]
    public async Task Plan_WithASearchThatFindsNothing_IsRefusedAndNotRecorded(string? words, string said)
    {
        await using var rig = await StartAsync();

        var answer = await ChangeAsync(rig, ReviewChange.Plan, plan: Plan(5), terms: new MessageTerms { Words = words });

        Assert.Contains(said, answer.Problem, StringComparison.Ordinal);
        Assert.Equal(0, (await rig.Store.ReadHeadAsync(Cancel)).Size);
    }

    /// <summary>More sessions than are held at once, in any order: each counts, and the same are drawn.</summary>
    [Fact]
    public void Draw_OfMany_IsTheSameInWhateverOrderTheyCome()
    {
        var sessions = Enumerable.Range(0, 20_000).Select(i => new Guid(i, 0, 0, new byte[8])).ToArray();
        var (forth, back) = (new ReviewDraw("seed", 25), new ReviewDraw("seed", 25));
        foreach (var session in sessions)
        {
            forth.Add(session);
        }

        foreach (var session in sessions.Reverse())
        {
            back.Add(session);
        }

        Assert.Equal((20_000, 25), (forth.Population, forth.Drawn.Count));
        Assert.Equal(forth.Drawn, back.Drawn);
        Assert.Equal(sessions.MinBy(id => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"seed\n{id}"))), StringComparer.Ordinal), forth.Drawn[0]);
    }

    [Fact]
    public async Task Judge_OnesOwnSession_IsRefused()
    {
        await using var rig = await StartAsync();
        await FillAsync(rig, 1);
        await ChangeAsync(rig, ReviewChange.Plan, plan: Plan(1));
        rig.Time.Advance(TimeSpan.FromDays(10));
        await StepAsync(rig);
        var run = (await BoardAsync(rig)).Runs[0].RunId;
        var session = (await BoardAsync(rig, run)).Sessions[0].SessionId;

        var own = await ChangeAsync(rig, ReviewChange.Judge, run, session, ReviewVerdict.Fine, actor: rig.Call(session).Principal);

        Assert.StartsWith("It is your own session", own.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 25, 14)]
    [InlineData("Monthly", 0, 14)]
    [InlineData("Monthly", 101, 14)]
    [InlineData("Monthly", 25, 0)]
    public async Task Plan_ThatCannotBeMet_IsRefusedAndNotRecorded(string name, int sample, int due)
    {
        await using var rig = await StartAsync();

        var answer = await ChangeAsync(rig, ReviewChange.Plan, plan: Plan(sample) with { Name = name, DueDays = due });

        Assert.False(answer.Done);
        Assert.Equal(0, (await rig.Store.ReadHeadAsync(Cancel)).Size);
    }

    [Theory]
    [InlineData(ReviewCadence.Weekly, "2026-11-23", "2026-11-16", "2026-11-23")]
    [InlineData(ReviewCadence.Weekly, "2026-11-29", "2026-11-16", "2026-11-23")]
    [InlineData(ReviewCadence.Monthly, "2027-01-01", "2026-12-01", "2027-01-01")]
    [InlineData(ReviewCadence.Quarterly, "2027-02-14", "2026-10-01", "2027-01-01")]
    public void Period_Before_IsTheLastWholeOne(ReviewCadence cadence, string at, string from, string to)
    {
        var period = ReviewPeriod.Before(cadence, DateTimeOffset.Parse(at + "T10:00:00Z", System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal((from, to), (period.From.ToString("yyyy-MM-dd"), period.To.ToString("yyyy-MM-dd")));
    }

    internal abstract Task<RecorderRig> StartAsync();

    private static ReviewPlan Plan(int sample) => new() { PlanId = Guid.Empty, Name = "Monthly", Cadence = ReviewCadence.Monthly, Sample = sample, DueDays = 14 };

    private static async Task<Guid[]> FillAsync(RecorderRig rig, int sessions)
    {
        var entries = Enumerable.Range(0, sessions).Select(_ => rig.Entry()).ToArray();
        await rig.KeepAsync(entries);
        return [.. entries.Select(e => e.Call!.SessionId)];
    }

    private static async Task StepAsync(RecorderRig rig)
    {
        await rig.FollowAsync();
        await rig.Get<ReviewDesk>().StepAsync(Cancel);
        await rig.FollowAsync();
    }

    private static async Task<ReviewBoard> BoardAsync(RecorderRig rig, Guid? run = null, bool follow = true)
    {
        if (follow)
        {
            await rig.FollowAsync();
        }

        return await rig.AskAsync<ReadReviews, ReviewBoard>(new ReadReviews { RequestId = Asked, RunId = run });
    }

    private static async Task<Guid[]> AlarmsAsync(RecorderRig rig, string name)
    {
        var opener = rig.Get<RecordOpener>();
        return
        [
            .. (await rig.Store.ReadRecordsAsync(0, 1_000, Cancel)).Select(r => opener.OpenFacts(r.Header!, r.Object!)).Where(e => e.Kind == RecordKind.Alarm)
                .Select(e => JsonDocument.Parse(e.Note!).RootElement).Where(n => n.GetProperty("alarm").GetString() == name).Select(n => n.GetProperty("subject").GetGuid()),
        ];
    }

    private static async Task<ReviewsChanged> ChangeAsync(
        RecorderRig rig, ReviewChange change, Guid? run = null, Guid? session = null, ReviewVerdict? verdict = null, string? words = null, ReviewPlan? plan = null, Principal? actor = null, MessageTerms? terms = null)
    {
        await rig.FollowAsync();
        var id = Guid.CreateVersion7(rig.Time.GetUtcNow());
        var problem = await rig.Get<ReviewDesk>().ChangeAsync(
            new ChangeReviews
            {
                RequestId = id,
                Change = change,
                Actor = actor ?? Officer,
                Plan = plan,
                Terms = terms is null ? null : rig.Seal.Seal(JsonSerializer.SerializeToUtf8Bytes(terms), id),
                RunId = run,
                SessionId = session,
                Verdict = verdict,
                Words = words is null ? null : rig.Seal.Seal(Encoding.UTF8.GetBytes(words), id),
            },
            Cancel);
        await rig.FollowAsync();
        return new ReviewsChanged { Done = problem is null, Problem = problem };
    }
}
