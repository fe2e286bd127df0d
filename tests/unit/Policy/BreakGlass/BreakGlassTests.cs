using System.Text;
using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.Policy.Circumstances;
using Chaperone.Policy.Deciding;
using Chaperone.Policy.Explaining;
using Chaperone.Policy.Pins;
using static Chaperone.Policy.Tests.BreakGlass.GlassStage;

namespace Chaperone.Policy.Tests.BreakGlass;

/// <summary>Break-glass: short, loud, fully recorded, reviewed by somebody else; and open to nobody whenever something is not as it should be.</summary>
public sealed class BreakGlassTests
{
    [Fact]
    public async Task Open_RulesThatAskForItHold_AndEachDecisionSaysSo()
    {
        await using var stage = new GlassStage();
        var before = await stage.CallAsync(Physician);

        Assert.Null(await stage.ChangeAsync(BreakGlassChange.Open, Physician));
        var under = await stage.CallAsync(Physician);
        var vip = await stage.CallAsync(Physician, "get_chart", """{"vip":true}""");
        var usual = await stage.CallAsync(Physician, "get_chart", "{}");

        Assert.Equal((CallEffect.Deny, null), (before.Decision.Effect, before.Decision.BreakGlass));
        Assert.Equal((CallEffect.Allow, "emergency-notes", Window), (under.Decision.Effect, under.Decision.Rule, under.Decision.BreakGlass));
        Assert.Equal((CallEffect.Allow, Window), (vip.Decision.Effect, vip.Decision.BreakGlass));
        Assert.Equal((CallEffect.Allow, null), (usual.Decision.Effect, usual.Decision.BreakGlass));
    }

    /// <summary>Who has no console at hand is told in the refusal, if they may break the glass; nobody else learns of it.</summary>
    [Theory]
    [InlineData("get_notes", "{}", "clinic")]
    [InlineData("get_chart", """{"vip":true}""", "clinic")]
    [InlineData("get_chart", "{}", "vip")]
    public async Task Denied_ThatAWindowWouldLift_SaysSo(string tool, string arguments, string server)
    {
        await using var stage = new GlassStage();

        var mayBreak = await stage.CallAsync(Physician, tool, arguments, server);
        var mayNot = await stage.CallAsync(Person("md", "physicians"), tool, arguments, server);

        Assert.True(mayBreak.Visible);
        Assert.EndsWith(PolicyEngine.GlassHint, mayBreak.Decision.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("glass", mayNot.Decision.Reason, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Denied_ThatNoWindowWouldLift_SaysNothingOfIt()
    {
        await using var stage = new GlassStage();

        var denied = await stage.CallAsync(Physician, "drop_all");

        Assert.DoesNotContain(PolicyEngine.GlassHint, denied.Decision.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_IsAnAlarmWithItsReasonSealed_AndSoIsTheEnd()
    {
        await using var stage = new GlassStage();

        await stage.ChangeAsync(BreakGlassChange.Open, Physician, "MRN-4711 is unconscious.");
        await stage.ChangeAsync(BreakGlassChange.Close, Physician, words: null);

        Assert.Equal([(RecordKind.Alarm, "break-glass-opened"), (RecordKind.Alarm, "break-glass-closed")], stage.Recorded);
        var opened = stage.Journal.Entries.First();
        Assert.DoesNotContain("MRN-4711", opened.Note, StringComparison.Ordinal);
        Assert.Equal("MRN-4711 is unconscious.", Encoding.UTF8.GetString(Seal.Open(Assert.Single(opened.Parts).Content, opened.EventId)));
        Assert.Equal("dr", opened.Actor!.Subject);
    }

    public static TheoryData<string, string, int, string> Refused => new()
    {
        { "nobody special", "A good reason, long enough.", 15, "in no group" },
        { "a program", "A good reason, long enough.", 15, "in no group" },
        { "a physician", "too short", 15, "10 to 500" },
        { "a physician", "         x         ", 15, "10 to 500" },
        { "a physician", new string('x', 501), 15, "10 to 500" },
        { "a physician", "A good reason, long enough.", 0, "1 to 30 minutes" },
        { "a physician", "A good reason, long enough.", 31, "1 to 30 minutes" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Open_NotAsThePolicySays_OpensNothing(string who, string reason, int minutes, string problem)
    {
        await using var stage = new GlassStage();
        var actor = who switch { "a program" => Physician with { IsService = true }, "a physician" => Physician, _ => Person("x", "nurses") };

        Assert.Contains(problem, await stage.ChangeAsync(BreakGlassChange.Open, actor, reason, minutes), StringComparison.Ordinal);

        Assert.Empty(stage.Recorded);
        Assert.Empty((await stage.ReadAsync()).Open);
    }

    [Fact]
    public async Task Open_PolicyWithoutIt_OpensNothing()
    {
        await using var stage = new GlassStage();

        Assert.NotNull(await stage.ChangeAsync(BreakGlassChange.Open, Physician, configured: false));
        Assert.Empty(stage.Recorded);
    }

    /// <summary>No record, no window.</summary>
    [Fact]
    public async Task Open_CannotBeRecorded_OpensNothing()
    {
        await using var stage = new GlassStage();
        stage.Journal.Fails = true;

        await Assert.ThrowsAsync<BusUnavailableException>(() => stage.ChangeAsync(BreakGlassChange.Open, Physician));

        Assert.Empty((await stage.ReadAsync()).Open);
        Assert.Equal(CallEffect.Deny, (await stage.CallAsync(Physician)).Decision.Effect);
    }

    [Fact]
    public async Task Open_Twice_IsOneWindow()
    {
        await using var stage = new GlassStage();
        var other = Guid.Parse("01980000-0000-7000-8000-0000000000c2");

        Assert.Null(await stage.ChangeAsync(BreakGlassChange.Open, Physician));
        Assert.Null(await stage.ChangeAsync(BreakGlassChange.Open, Physician));
        Assert.Contains("open already", await stage.ChangeAsync(BreakGlassChange.Open, Physician, id: other), StringComparison.Ordinal);

        Assert.Single(stage.Recorded);
    }

    /// <summary>Attack: what one person opened is open to nobody else, whatever they share.</summary>
    [Fact]
    public async Task Window_OfAnother_IsOpenToNobodyElse()
    {
        await using var stage = new GlassStage();
        await stage.ChangeAsync(BreakGlassChange.Open, Physician);

        foreach (var other in new[] { Person("dr2", "physicians", "er"), Physician with { Issuer = "https://other.example" }, Physician with { Groups = ["physicians"] }, Physician with { IsService = true } })
        {
            Assert.Equal(CallEffect.Deny, (await stage.CallAsync(other)).Decision.Effect);
        }
    }

    /// <summary>Its time is over to the second, whoever has or has not swept it up.</summary>
    [Fact]
    public async Task Window_TimeIsOver_LetsNothingPassAndIsRecordedOnce()
    {
        await using var stage = new GlassStage();
        await stage.ChangeAsync(BreakGlassChange.Open, Physician, minutes: 15);
        stage.Time.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromMilliseconds(1));
        var last = await stage.CallAsync(Physician);
        stage.Time.Advance(TimeSpan.FromMilliseconds(1));

        var after = await stage.CallAsync(Physician);
        await stage.Desk.SweepAsync(Token);
        await stage.NewDesk().SweepAsync(Token);

        Assert.Equal((CallEffect.Allow, CallEffect.Deny), (last.Decision.Effect, after.Decision.Effect));
        Assert.Equal([(RecordKind.Alarm, "break-glass-opened"), (RecordKind.Alarm, "break-glass-closed")], stage.Recorded);
        var closed = Assert.Single((await stage.ReadAsync()).Windows);
        Assert.Null(closed.ClosedBy);
        Assert.Equal(closed.ExpiresAt, closed.ClosedAt);
    }

    /// <summary>What cannot be recorded is tried again; the window lets nothing pass meanwhile.</summary>
    [Fact]
    public async Task Sweep_CannotRecord_TriesAgain()
    {
        await using var stage = new GlassStage();
        await stage.ChangeAsync(BreakGlassChange.Open, Physician);
        stage.Time.Advance(TimeSpan.FromHours(1));
        stage.Journal.Fails = true;
        await Assert.ThrowsAsync<BusUnavailableException>(() => stage.Desk.SweepAsync(Token));
        stage.Journal.Fails = false;

        await stage.Desk.SweepAsync(Token);

        Assert.Equal(2, stage.Recorded.Length);
        Assert.Equal(1, (await stage.ReadAsync()).Unreviewed);
    }

    [Fact]
    public async Task Close_Early_CountsAtOnceHereAndWithinASecondElsewhere()
    {
        await using var stage = new GlassStage();
        var other = stage.NewDesk();
        await stage.ChangeAsync(BreakGlassChange.Open, Physician);
        Assert.Equal(CallEffect.Allow, (await stage.CallAsync(Physician, desk: other)).Decision.Effect);

        Assert.Null(await stage.ChangeAsync(BreakGlassChange.Close, Officer, words: null));
        stage.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(CallEffect.Deny, (await stage.CallAsync(Physician)).Decision.Effect);
        Assert.Equal(CallEffect.Deny, (await stage.CallAsync(Physician, desk: other)).Decision.Effect);
        Assert.Equal("po", Assert.Single((await stage.ReadAsync()).Windows).ClosedBy!.Subject);
    }

    [Fact]
    public async Task Review_ByAnother_IsRecordedOnce()
    {
        await using var stage = new GlassStage();
        await stage.ChangeAsync(BreakGlassChange.Open, Physician);
        await stage.ChangeAsync(BreakGlassChange.Close, Physician, words: null);

        Assert.Null(await stage.ChangeAsync(BreakGlassChange.Review, Officer, "Looked at all twelve calls.", justified: false));
        Assert.Contains("already", await stage.ChangeAsync(BreakGlassChange.Review, Person("po2", "po"), "Looked at all twelve calls."), StringComparison.Ordinal);

        var report = await stage.ReadAsync(Window);
        var window = Assert.Single(report.Windows);
        Assert.Equal((0, "po", false), (report.Unreviewed, window.ReviewedBy!.Subject, window.Justified));
        Assert.Equal("Looked at all twelve calls.", Encoding.UTF8.GetString(Seal.Open(window.Findings!, Window)));
        Assert.Equal(RecordKind.Review, stage.Recorded[^1].Kind);
        Assert.Equal(3, stage.Recorded.Length);
    }

    /// <summary>Attack: to sign off what is one's own, not one's business, or still going on.</summary>
    [Fact]
    public async Task Review_ByTheWrongPersonOrTooEarly_IsRefused()
    {
        await using var stage = new GlassStage();
        var both = Person("both", "er", "po");
        const string Findings = "Nothing to see here.";
        await stage.ChangeAsync(BreakGlassChange.Open, both);

        Assert.Contains("still open", await stage.ChangeAsync(BreakGlassChange.Review, Officer, Findings), StringComparison.Ordinal);
        await stage.ChangeAsync(BreakGlassChange.Close, both, words: null);
        Assert.Contains("their own", await stage.ChangeAsync(BreakGlassChange.Review, both, Findings), StringComparison.Ordinal);
        Assert.Contains("in no group", await stage.ChangeAsync(BreakGlassChange.Review, Person("n", "nurses"), Findings), StringComparison.Ordinal);
        Assert.Contains("10 to 2000", await stage.ChangeAsync(BreakGlassChange.Review, Officer, "ok"), StringComparison.Ordinal);
        Assert.Contains("no such window", await stage.ChangeAsync(BreakGlassChange.Review, Officer, Findings, id: Guid.AllBitsSet), StringComparison.Ordinal);

        Assert.Equal(1, (await stage.ReadAsync()).Unreviewed);
    }

    /// <summary>While the store is away nobody has broken the glass, and rules that only its being whole lifts hold.</summary>
    [Fact]
    public async Task StoreAway_GlassIsBrokenForNobody()
    {
        await using var stage = new GlassStage();
        await stage.ChangeAsync(BreakGlassChange.Open, Physician);
        var file = Path.GetTempFileName();
        var blind = stage.NewDesk(new SqlitePins(Path.Combine(file, "none")));

        Assert.Equal(CallEffect.Deny, (await stage.CallAsync(Physician, desk: blind)).Decision.Effect);
        Assert.Equal(("vip-chart", CallEffect.Deny), (await stage.CallAsync(Physician, "get_chart", """{"vip":true}""", desk: blind)).Decision is var d ? (d.Rule, d.Effect) : default);
        Assert.Contains("Try again", await stage.ChangeAsync(BreakGlassChange.Open, Physician, desk: blind), StringComparison.Ordinal);
        File.Delete(file);
    }

    /// <summary>A list shows the tool while the window is open, and not before.</summary>
    [Fact]
    public async Task View_ShowsTheToolUnderTheWindowOnly()
    {
        await using var stage = new GlassStage();
        var list = PolicyText.Call("tools/list") with { Principal = Physician };

        Assert.False(stage.Engine.ViewOf(list).Shows(Operations.CallTool, "get_notes"));
        Assert.True(stage.Engine.ViewOf(list, glass: new Glass(Window)).Shows(Operations.CallTool, "get_notes"));
        Assert.False(stage.Engine.ViewOf(PolicyText.Call("tools/list"), glass: new Glass(Window)).Shows(Operations.CallTool, "get_notes"));
    }

    [Fact]
    public async Task Explain_AsIfTheGlassWereBroken()
    {
        await using var stage = new GlassStage();
        var call = PolicyText.Call("tools/call", "get_notes") with { Principal = Physician };
        var explainer = new PolicyExplainer(stage.Engine.Document);

        var whole = explainer.Explain(call, PolicyText.Message(call));
        var broken = explainer.Explain(call, PolicyText.Message(call), glass: new Glass(Window));

        Assert.Contains("principal.break_glass is not as asked", whole.Close.Single(t => t.Rule.Name == "emergency-notes").Failed);
        Assert.Equal((CallEffect.Allow, Window), (broken.Decided.Decision.Effect, broken.Decided.Decision.BreakGlass));
        Assert.Equal("emergency-notes", Assert.Single(broken.Matching).Rule.Name);
    }

    [Theory]
    [InlineData("break_glass: { roles: [emergency], reviewers: [privacy] }", "break_glass: {}", "break_glass.roles", "is missing")]
    [InlineData("roles: [emergency], reviewers", "roles: [surgeons], reviewers", "break_glass.roles", "is no role")]
    [InlineData("reviewers: [privacy] }", "reviewers: [privacy], at_most: 5h }", "break_glass.at_most", "is no length of time from 1m to 4h")]
    [InlineData("reviewers: [privacy] }", "reviewers: [privacy], review_within: 5m }", "break_glass.review_within", "is no length of time from 1h to 336h")]
    [InlineData("reviewers: [privacy] }", "reviewers: [privacy], forever: true }", "break_glass.forever", "is no known key")]
    [InlineData("break_glass: { roles: [emergency], reviewers: [privacy] }", "defaults: { masking: safe-harbor }", "rules[0].match.principal.break_glass", "does not say who may break the glass")]
    public void Read_Wrong_IsReportedWithItsPlace(string right, string wrong, string path, string problem)
    {
        const string Policy = """
            version: 1
            roles: { emergency: { groups: [er] }, privacy: { groups: [po] } }
            servers: { clinic: { url: "http://127.0.0.1:7101/mcp" } }
            break_glass: { roles: [emergency], reviewers: [privacy] }
            rules:
              - { name: notes, match: { tool: get_notes, principal: { break_glass: true } }, effect: allow }
            """;
        Assert.Empty(PolicyText.Read(Policy).Problems);

        var problems = PolicyText.Read(Policy.Replace(right, wrong, StringComparison.Ordinal)).Problems.Select(p => p.ToString()).ToArray();

        Assert.Contains(problems, p => p.Contains(path, StringComparison.Ordinal) && p.Contains(problem, StringComparison.Ordinal));
    }
}
