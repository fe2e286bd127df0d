using Chaperone.Contracts;

namespace Chaperone.Console.Tests.Pages;

/// <summary>Trying policies in the console: what is asked of the policy room, what is recorded, what is shown.</summary>
public sealed class PolicyTrialTests
{
    private const string Cases = "cases:\n- name: nurse <b>\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Test_Draft_IsAskedSealedRecordedAndShown()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        stage.Rooms.Tested = new PolicyTested { Problems = [], Digest = new string('c', 64), Results = [new CaseResult { Name = "passes" }, new CaseResult { Name = "fails <i>", Differs = "expected deny, is allow by reads" }] };
        using var browser = await stage.SignInAsync(ConsoleStage.Admin, Token);

        var page = await browser.PostAsync("/policy/test", "/policy/test", Token, ("Form.Version", "draft"), ("Form.Text", "version: 1"), ("Form.Cases", Cases));

        foreach (var fact in new[] { "2 cases, 1 failed", "fails &lt;i&gt;", "expected deny, is allow by reads", "nurse &lt;b&gt;", "cccccccccccc" })
        {
            Assert.Contains(fact, page.Html, StringComparison.Ordinal);
        }

        Assert.Equal(["version: 1", Cases], stage.Rooms.TrialTexts);
        Assert.Equal("p-admin", stage.Rooms.Journal.Single(r => r.Note == "tested a policy that was typed by cases").Actor!.Subject);
        Assert.DoesNotContain(stage.Rooms.Journal, r => r.Note!.Contains("nurse", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Test_KeptVersion_IsAskedByItsDigest()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        using var browser = await stage.SignInAsync(ConsoleStage.Admin, Token);

        await browser.PostAsync("/policy/test", "/policy/test", Token, ("Form.Version", new string('b', 64)), ("Form.Text", "not used"), ("Form.Cases", Cases));

        var asked = stage.Rooms.Questions.OfType<TestPolicy>().Single();
        Assert.Equal((new string('b', 64), null), (asked.Digest, asked.Draft));
    }

    [Theory]
    [InlineData("draft", "", Cases, "The policy is missing")]
    [InlineData("", "", " ", "The file of cases is missing")]
    public async Task Test_NothingGiven_IsNotAsked(string version, string text, string cases, string said)
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        using var browser = await stage.SignInAsync(ConsoleStage.Admin, Token);

        var page = await browser.PostAsync("/policy/test", "/policy/test", Token, ("Form.Version", version), ("Form.Text", text), ("Form.Cases", cases));

        Assert.Contains(said, page.Html, StringComparison.Ordinal);
        Assert.Empty(stage.Rooms.Questions.OfType<TestPolicy>());
    }

    [Fact]
    public async Task Test_TooLong_IsNotAsked()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        using var browser = await stage.SignInAsync(ConsoleStage.Admin, Token);

        var page = await browser.PostAsync("/policy/test", "/policy/test", Token, ("Form.Cases", new string('é', 530_000)));

        Assert.Contains("longer than 1048576 bytes", page.Html, StringComparison.Ordinal);
        Assert.Empty(stage.Rooms.Questions.OfType<TestPolicy>());
    }

    [Fact]
    public async Task Diff_Draft_IsRecordedBeforeItIsAsked_AndShowsWhatChanges()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        stage.Rooms.Compared = new PoliciesCompared
        {
            Problems = [],
            Calls = 1234,
            Next = 77,
            Oldest = DateTimeOffset.UnixEpoch,
            WithoutMessage = 2,
            Unreadable = 1,
            Differences = [Difference()],
        };
        using var browser = await stage.SignInAsync(ConsoleStage.Admin, Token);

        var page = await browser.PostAsync("/policy/diff", "/policy/diff", Token, ("Form.Version", "draft"), ("Form.Text", "version: 1"), ("Form.Range", "7d"), ("Form.Below", "99"));

        foreach (var fact in new[] { "1,234 calls, 1 would be decided otherwise", "older calls than 1970-01-01 00:00:00 UTC were not looked at", "The messages of 2 are not recorded", "1 record does not open", "get_patient &lt;b&gt;", "no-ssn", "value=\"77\"" })
        {
            Assert.Contains(fact, page.Html, StringComparison.Ordinal);
        }

        // An admin who may not read sessions gets no link to one.
        Assert.DoesNotContain("/sessions/", page.Html, StringComparison.Ordinal);
        var asked = stage.Rooms.Questions.OfType<ComparePolicies>().Single();
        Assert.Equal((null, null, 99), (asked.Before, asked.After, asked.Below));
        Assert.True(asked.From < TimeProvider.System.GetUtcNow().AddDays(-6));
        var record = stage.Rooms.Journal.Single(r => r.Kind == RecordKind.Review && r.Note!.StartsWith($"compared policy {new string('a', 64)} with one that was typed over recorded calls since ", StringComparison.Ordinal));
        Assert.Equal("p-admin", record.Actor!.Subject);
    }

    /// <summary>Invariant 1: recorded calls are not looked at by somebody of whom no record can be kept.</summary>
    [Fact]
    public async Task Diff_CannotBeRecorded_IsNotAsked()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        using var browser = await stage.SignInAsync(ConsoleStage.Admin, Token);
        await browser.GetAsync("/policy/diff", Token);
        stage.Rooms.JournalAway = true;

        await browser.PostAsync("/policy/diff", "/policy/diff", Token, ("Form.Version", new string('b', 64)));

        Assert.Empty(stage.Rooms.Questions.OfType<ComparePolicies>());
    }

    [Fact]
    public async Task Diff_PolicyWithProblems_ListsThem()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        stage.Rooms.Compared = new PoliciesCompared { Problems = ["policy.yaml:2:1 rulez: is no known key <b>"] };
        using var browser = await stage.SignInAsync(ConsoleStage.Admin, Token);

        var page = await browser.PostAsync("/policy/diff", "/policy/diff", Token, ("Form.Version", "draft"), ("Form.Text", "rulez: 1"));

        Assert.Contains("rulez: is no known key &lt;b&gt;", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_PeriodThatIsNone_IsNotAsked()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        using var browser = await stage.SignInAsync(ConsoleStage.Admin, Token);

        var page = await browser.PostAsync("/policy/diff", "/policy/diff", Token, ("Form.Version", ""), ("Form.Range", "custom"), ("Form.From", "2026-02-03T00:00"), ("Form.To", "2026-02-01T00:00"));

        Assert.Contains("From is later than to", page.Html, StringComparison.Ordinal);
        Assert.Empty(stage.Rooms.Questions.OfType<ComparePolicies>());
    }

    private static CallDifference Difference() => new()
    {
        CallId = Guid.Empty,
        SessionId = Guid.Empty,
        ReceivedAt = DateTimeOffset.UnixEpoch,
        Subject = "nurse-1",
        Server = "clinic",
        Method = "tools/call",
        Target = "get_patient <b>",
        Was = new TrialDecision { Effect = CallEffect.Allow, Rule = "reads", Masking = "safe-harbor" },
        Becomes = new TrialDecision { Effect = CallEffect.Deny, Rule = "no-ssn", Masking = "safe-harbor" },
    };
}
