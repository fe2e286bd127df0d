using System.Net;
using Chaperone.Contracts;
using Chaperone.TestKit;

namespace Chaperone.Console.Tests.Pages;

public sealed class PolicyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/policy")]
    [InlineData("/policy/explain")]
    [InlineData("/policy/test")]
    [InlineData("/policy/diff")]
    public async Task Policy_IsForAdminsOnly(string path)
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        foreach (var (person, status) in new (TestPerson, HttpStatusCode)[] { (ConsoleStage.Admin, HttpStatusCode.OK), (ConsoleStage.Analyst, HttpStatusCode.Forbidden), (ConsoleStage.Approver, HttpStatusCode.Forbidden), (ConsoleStage.Nurse, HttpStatusCode.Forbidden) })
        {
            using var browser = await stage.SignInAsync(person, Token);

            Assert.Equal(status, (await browser.GetAsync(path, Token)).Status);
        }
    }

    [Fact]
    public async Task Policy_Read_ShowsRulesVersionsProblemsAndDifferences()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        stage.Rooms.Policy = stage.Rooms.Policy with
        {
            Problems = ["policy.yaml:7:3 rulez: is no known key <b>"],
            Versions =
            [
                new PolicyVersionItem { Digest = new string('a', 64), At = TimeProvider.System.GetUtcNow(), Signers = ["ann"], Rules = 2, Changes = 1 },
                new PolicyVersionItem { Digest = new string('b', 64), At = TimeProvider.System.GetUtcNow(), Signers = [], Rules = 1, Changes = 0 },
            ],
            Rules = [new PolicyRuleItem { Name = "reads", Text = "{ name: reads, effect: allow } <i>", Decided = 1234 }],
            Differences = [new PolicyDifference { Part = "rule reads", Before = "old text", After = "new text" }, new PolicyDifference { Part = "server clinic" }],
        };
        using var browser = await stage.SignInAsync(ConsoleStage.Admin, Token);

        var page = await browser.GetAsync($"/policy?version={new string('a', 64)}&against={new string('b', 64)}", Token);

        foreach (var fact in new[] { "rulez: is no known key &lt;b&gt;", "1,234", "{ name: reads, effect: allow } &lt;i&gt;", "old text", "new text", "server clinic", "ann", "nobody", "What it changed" })
        {
            Assert.Contains(fact, page.Html, StringComparison.Ordinal);
        }

        var asked = stage.Rooms.Questions.OfType<ReadPolicy>().Single();
        Assert.Equal((new string('a', 64), new string('b', 64)), (asked.Digest, asked.Against));
    }

    [Fact]
    public async Task Explain_Call_ShowsDecisionAndCloseRules_AndIsRecordedWithoutWords()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        stage.Rooms.Explained = stage.Rooms.Explained with
        {
            Sql = "a bulk read: it takes rows of PHI without a bound",
            Matching = [new RuleVerdict { Rule = "no-bulk", Effect = "deny", Failed = [] }],
            Close = [new RuleVerdict { Rule = "queries", Effect = "allow", Failed = ["caller has none of the roles analyst"] }],
        };
        using var browser = await stage.SignInAsync(ConsoleStage.Admin, Token);

        var page = await browser.PostAsync(
            "/policy/explain", "/policy/explain", Token, ("Form.Server", "ehr"), ("Form.Target", "query"), ("Form.Groups", "nurses, icu"), ("Form.Method", "tools/call"), ("Form.Arguments", "{\"sql\":\"select 'Smith'\"}"), ("Form.Counts", "21"));

        foreach (var fact in new[] { "default-deny", "No rule allows this.", "a bulk read", "no-bulk", "caller has none of the roles analyst" })
        {
            Assert.Contains(fact, page.Html, StringComparison.Ordinal);
        }

        var asked = stage.Rooms.Questions.OfType<ExplainCall>().Single();
        Assert.Equal(("ehr", "query", 21), (asked.Call.Server, asked.Call.Target, asked.Counts));
        Assert.Equal(["nurses", "icu"], asked.Call.Principal.Groups);
        Assert.Equal("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"query","arguments":{"sql":"select 'Smith'"}}}""", Assert.Single(stage.Rooms.ExplainedMessages));
        var record = stage.Rooms.Journal.Single(r => r.Note == "explained a made-up call");
        Assert.Equal("p-admin", record.Actor!.Subject);
    }

    [Theory]
    [InlineData("{", "are no JSON")]
    [InlineData("{}{}", "are no JSON")]
    public async Task Explain_ArgumentsThatAreNoJson_AreNotAsked(string arguments, string said)
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        using var browser = await stage.SignInAsync(ConsoleStage.Admin, Token);

        var page = await browser.PostAsync("/policy/explain", "/policy/explain", Token, ("Form.Server", "ehr"), ("Form.Target", "query"), ("Form.Arguments", arguments));

        Assert.Contains(said, page.Html, StringComparison.Ordinal);
        Assert.Empty(stage.Rooms.Questions.OfType<ExplainCall>());
    }

    [Fact]
    public async Task Explain_WithoutAntiForgeryToken_IsRefused()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        using var browser = await stage.SignInAsync(ConsoleStage.Admin, Token);

        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/policy/explain", formPage: null, Token, ("Form.Server", "ehr"))).Status);
        Assert.Empty(stage.Rooms.Questions.OfType<ExplainCall>());
    }
}
