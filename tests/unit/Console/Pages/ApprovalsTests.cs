using System.Net;
using Chaperone.Contracts;
using Chaperone.TestKit;

namespace Chaperone.Console.Tests.Pages;

public sealed class ApprovalsTests
{
    private const string Hostile = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&\u202eevil";
    private static readonly string[] Groups = ["charge-nurses"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_Pending_ShowsAllAnApproverNeeds()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        Add(stage, "APR-1", ConsoleStage.Nurse, """{"patient_id":4711,"note":"[NAME]"}""");
        using var browser = await stage.SignInAsync(ConsoleStage.Approver, Token);

        var page = await browser.GetAsync("/approvals/APR-1", Token);

        foreach (var fact in new[]
        {
            "Nora Nurse", "nurses", "mcp-inspector", "2.12.0", "clinic", "delete_patient", "destructive-needs-approval",
            "Changes to patient records need a second person.", "4711", "[NAME]", "b5bb9d8014a0", "admin-write", "None yet.",
        })
        {
            Assert.Contains(fact, page.Html, StringComparison.Ordinal);
        }

        Assert.Contains("value=\"approve\"", page.Html, StringComparison.Ordinal);
        Assert.Contains("APR-1", (await browser.GetFragmentAsync("/approvals?handler=Pending", Token)).Html, StringComparison.Ordinal);
        Assert.Equal("Pending/0", (await browser.GetFragmentAsync("/approvals/APR-1?handler=State", Token)).Html);
    }

    [Fact]
    public async Task Approve_ByAnApprover_ReachesTheRoom()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        Add(stage, "APR-1", ConsoleStage.Nurse);
        using var browser = await stage.SignInAsync(ConsoleStage.Approver, Token);

        var page = await browser.PostAsync("/approvals/APR-1", "/approvals/APR-1", Token, ("decision", "approve"), ("reason", ""));

        var answer = Assert.Single(stage.Rooms.Answers);
        Assert.Equal(("APR-1", true, null, "console", "p-approver"), (answer.ApprovalId, answer.Approve, answer.Reason, answer.Channel, answer.Decider.Subject));
        Assert.Contains("Approved. The exact call may run once.", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"decision\"", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("may run once", (await browser.GetAsync("/approvals/APR-1", Token)).Html.Split("Your answer")[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_OpenedByAnApprover_IsNotedAsSeenAndByNobodyElse()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        Add(stage, "APR-1", ConsoleStage.Nurse);
        using var approver = await stage.SignInAsync(ConsoleStage.Approver, Token);
        using var admin = await stage.SignInAsync(ConsoleStage.Admin, Token);

        await approver.GetAsync("/approvals/APR-1", Token);
        await admin.GetAsync("/approvals/APR-1", Token);
        await approver.GetFragmentAsync("/approvals/APR-1?handler=State", Token);

        var look = Assert.Single(stage.Rooms.Looks);
        Assert.Equal(("APR-1", "console", "p-approver"), (look.ApprovalId, look.Channel, look.Person.Subject));
    }

    [Fact]
    public async Task Request_WithHistoryAndSeats_ShowsThem()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        Add(stage, "APR-1", ConsoleStage.Nurse);
        var item = stage.Rooms.Approvals["APR-1"];
        stage.Rooms.Approvals["APR-1"] = item with
        {
            History = new ApprovalHistory { Asked = 7, Approved = 4, Denied = 2 },
            Requirement = item.Requirement with
            {
                Seats = [new() { Role = "privacy", Groups = ["p"], Approvals = 1 }, new() { Role = "clinicians", Groups = Groups, Approvals = 2 }],
                Escalation = new ApprovalEscalation { After = TimeSpan.FromMinutes(8), Role = "chief", Groups = ["c"] },
            },
        };
        using var browser = await stage.SignInAsync(ConsoleStage.Approver, Token);

        var page = await browser.GetAsync("/approvals/APR-1", Token);

        foreach (var fact in new[] { "7 of this kind in 30 days: 4 approved, 2 denied", "role <b>privacy</b>", "2 different people of role <b>clinicians</b>", "after 8 min also role", "<b>chief</b>" })
        {
            Assert.Contains(fact, page.Html, StringComparison.Ordinal);
        }

        Assert.Contains("value=\"approve\"", page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("30", "1800", null)]
    [InlineData("0", null, null)]
    [InlineData("45", null, "The policy does not let a yes hold that long; choose one of the times.")]
    public async Task Approve_ForAWindow_TakesWhatPolicyAllows(string minutes, string? seconds, string? problem)
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        Add(stage, "APR-1", ConsoleStage.Nurse);
        var item = stage.Rooms.Approvals["APR-1"];
        stage.Rooms.Approvals["APR-1"] = item with { Requirement = item.Requirement with { GrantUpTo = TimeSpan.FromMinutes(30) } };
        using var browser = await stage.SignInAsync(ConsoleStage.Approver, Token);

        var page = await browser.PostAsync("/approvals/APR-1", "/approvals/APR-1", Token, ("decision", "approve"), ("reason", ""), ("grant", minutes));

        if (problem is not null)
        {
            Assert.Empty(stage.Rooms.Answers);
            Assert.Contains(problem, page.Html, StringComparison.Ordinal);
            return;
        }

        Assert.Equal(seconds, Assert.Single(stage.Rooms.Answers).GrantFor?.TotalSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Approve_WhereAReasonIsNeeded_AsksForIt()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        Add(stage, "APR-1", ConsoleStage.Nurse);
        var item = stage.Rooms.Approvals["APR-1"];
        stage.Rooms.Approvals["APR-1"] = item with { Requirement = item.Requirement with { ReasonRequired = true } };
        using var browser = await stage.SignInAsync(ConsoleStage.Approver, Token);

        var silent = await browser.PostAsync("/approvals/APR-1", "/approvals/APR-1", Token, ("decision", "approve"), ("reason", " "));
        var spoken = await browser.PostAsync("/approvals/APR-1", "/approvals/APR-1", Token, ("decision", "approve"), ("reason", "asked the ward"));

        Assert.Contains("The policy asks for a reason", silent.Html, StringComparison.Ordinal);
        Assert.Contains("Approved.", spoken.Html, StringComparison.Ordinal);
        Assert.Equal("asked the ward", Assert.Single(stage.Rooms.Answers).Reason);
    }

    /// <summary>Original values need a reason, are on one answer only, and are asked of the room that records it.</summary>
    [Fact]
    public async Task Reveal_WithAReason_ShowsTheOriginalOnceAndUncached()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        Add(stage, "APR-1", ConsoleStage.Nurse, """{"mrn":"[MRN]"}""");
        var call = stage.Rooms.Approvals["APR-1"].Call.CallId;
        stage.Rooms.Reveal = _ => new ArgumentsRevealed { Message = stage.Facts.Seal("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"x","arguments":{"mrn":"MRN-4711"}}}""", call) };
        using var browser = await stage.SignInAsync(ConsoleStage.Approver, Token);

        var silent = await browser.PostAsync("/approvals/APR-1?handler=Reveal", "/approvals/APR-1", Token, ("why", " "));
        var shown = await browser.PostAsync("/approvals/APR-1?handler=Reveal", "/approvals/APR-1", Token, ("why", "which patient"));
        var after = await browser.GetAsync("/approvals/APR-1", Token);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, silent.Status);
        Assert.Contains("MRN-4711", shown.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("MRN-4711", after.Html, StringComparison.Ordinal);
        Assert.Equal(("APR-1", "which patient", "p-approver"), (Assert.Single(stage.Rooms.Reveals).ApprovalId, stage.Rooms.Reveals.Single().Reason, stage.Rooms.Reveals.Single().Person.Subject));
    }

    [Fact]
    public async Task Reveal_RefusedByTheRoom_SaysWhy()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        Add(stage, "APR-1", ConsoleStage.Nurse);
        using var browser = await stage.SignInAsync(ConsoleStage.Approver, Token);

        var page = await browser.PostAsync("/approvals/APR-1?handler=Reveal", "/approvals/APR-1", Token, ("why", "which patient"));

        Assert.Contains("Original values are shown to nobody.", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_WhoseGrantRuns_CanBeEndedByAnApprover()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        Add(stage, "APR-1", ConsoleStage.Nurse);
        var item = stage.Rooms.Approvals["APR-1"];
        stage.Rooms.Approvals["APR-1"] = item with { Status = item.Status with { State = ApprovalState.Used, DecidedBy = "Bob" }, GrantUntil = item.RequestedAt.AddHours(8) };
        stage.Rooms.Meet = _ => new ApprovalAnswered { Accepted = true, Status = item.Status with { State = ApprovalState.Used } };
        using var browser = await stage.SignInAsync(ConsoleStage.Approver, Token);

        var page = await browser.PostAsync("/approvals/APR-1", "/approvals/APR-1", Token, ("decision", "deny"), ("reason", "enough"));

        Assert.False(Assert.Single(stage.Rooms.Answers).Approve);
        Assert.Contains("The grant has ended. Further calls are held again.", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approve_OfTwoNeeded_SaysThatMoreAreNeeded()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        stage.Rooms.Approvals["APR-2"] = stage.Facts.Pending("APR-2", ConsoleStage.Nurse, "delete_patient", "{}", Groups, approvals: 2);
        using var browser = await stage.SignInAsync(ConsoleStage.Approver, Token);

        var page = await browser.PostAsync("/approvals/APR-2", "/approvals/APR-2", Token, ("decision", "approve"));

        Assert.Contains("More people are needed", page.Html, StringComparison.Ordinal);
        Assert.Contains("You have answered this request", page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deny", "  ", "A denial needs a reason")]
    [InlineData("perhaps", "x", "Choose Approve or Deny")]
    public async Task Answer_Incomplete_IsNotSent(string decision, string reason, string problem)
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        Add(stage, "APR-1", ConsoleStage.Nurse);
        using var browser = await stage.SignInAsync(ConsoleStage.Approver, Token);

        var page = await browser.PostAsync("/approvals/APR-1", "/approvals/APR-1", Token, ("decision", decision), ("reason", reason));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains(problem, page.Html, StringComparison.Ordinal);
        Assert.Empty(stage.Rooms.Answers);
    }

    [Fact]
    public async Task Deny_WithReason_ReachesTheRoom()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        Add(stage, "APR-1", ConsoleStage.Nurse);
        using var browser = await stage.SignInAsync(ConsoleStage.Approver, Token);

        var page = await browser.PostAsync("/approvals/APR-1", "/approvals/APR-1", Token, ("decision", "deny"), ("reason", " wrong chart \r\n"));

        Assert.Equal((false, "wrong chart"), (Assert.Single(stage.Rooms.Answers).Approve, stage.Rooms.Answers.Single().Reason));
        Assert.Contains("Denied.", page.Html, StringComparison.Ordinal);
        Assert.Contains("wrong chart", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_RefusedByTheRoom_SaysWhy()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        Add(stage, "APR-1", ConsoleStage.Nurse);
        stage.Rooms.Meet = _ => new ApprovalAnswered { Accepted = false, Problem = "Somebody else was first <b>." };
        using var browser = await stage.SignInAsync(ConsoleStage.Approver, Token);

        var page = await browser.PostAsync("/approvals/APR-1", "/approvals/APR-1", Token, ("decision", "approve"));

        Assert.Contains("Your answer did not count: Somebody else was first &lt;b&gt;.", page.Html, StringComparison.Ordinal);
    }

    /// <summary>Attack: a foreign page posts the form.</summary>
    [Fact]
    public async Task Approve_WithoutAntiForgeryToken_IsRefused()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        Add(stage, "APR-1", ConsoleStage.Nurse);
        using var browser = await stage.SignInAsync(ConsoleStage.Approver, Token);

        var page = await browser.PostAsync("/approvals/APR-1", formPage: null, Token, ("decision", "approve"));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Empty(stage.Rooms.Answers);
    }

    [Fact]
    public async Task Request_OwnOrOfOtherRole_HasNoButtons()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        Add(stage, "APR-1", ConsoleStage.Approver);
        stage.Rooms.Approvals["APR-2"] = stage.Facts.Pending("APR-2", ConsoleStage.Nurse, "delete_patient", "{}", ["surgeons"]);
        using var approver = await stage.SignInAsync(ConsoleStage.Approver, Token);
        using var admin = await stage.SignInAsync(ConsoleStage.Admin, Token);

        var own = await approver.GetAsync("/approvals/APR-1", Token);
        var other = await approver.GetAsync("/approvals/APR-2", Token);
        var asAdmin = await admin.GetAsync("/approvals/APR-1", Token);

        Assert.Contains("This is your own request", own.Html, StringComparison.Ordinal);
        Assert.Contains("none of your groups belongs to it", other.Html, StringComparison.Ordinal);
        Assert.Contains("Only approvers answer requests", asAdmin.Html, StringComparison.Ordinal);
        Assert.All([own, other, asAdmin], page => Assert.DoesNotContain("name=\"decision\"", page.Html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Approve_ByAdminWithForgedButton_IsNotSent()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        Add(stage, "APR-1", ConsoleStage.Nurse);
        using var browser = await stage.SignInAsync(ConsoleStage.Admin, Token);

        var page = await browser.PostAsync("/approvals/APR-1", "/approvals/APR-1", Token, ("decision", "approve"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Empty(stage.Rooms.Answers);
    }

    [Fact]
    public async Task Request_SealedUnderAnotherCall_CannotBeApproved()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        Add(stage, "APR-1", ConsoleStage.Nurse);
        var foreign = stage.Facts.Pending("APR-9", ConsoleStage.Nurse, "x", "{}", Groups).MaskedRequest;
        stage.Rooms.Approvals["APR-1"] = stage.Rooms.Approvals["APR-1"] with { MaskedRequest = foreign };
        using var browser = await stage.SignInAsync(ConsoleStage.Approver, Token);

        var page = await browser.PostAsync("/approvals/APR-1", "/approvals/APR-1", Token, ("decision", "approve"));

        Assert.Contains("cannot be opened here", page.Html, StringComparison.Ordinal);
        Assert.Contains("cannot be approved here", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"approve\"", page.Html, StringComparison.Ordinal);
        Assert.Empty(stage.Rooms.Answers);
    }

    /// <summary>Attack: markup and direction tricks in everything a client or server may choose.</summary>
    [Fact]
    public async Task Request_HostileStrings_AreTextEverywhere()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        var person = new TestPerson("p-bad", Hostile, Hostile) { Email = Hostile };
        var item = stage.Facts.Pending("APR-1", person, Hostile, $$"""{"x":{{System.Text.Json.JsonSerializer.Serialize(Hostile)}}}""", Groups);
        stage.Rooms.Approvals["APR-1"] = item with
        {
            Call = item.Call with { ClientName = Hostile, ClientVersion = Hostile, Server = Hostile, RemoteAddress = Hostile },
            Decision = item.Decision with { Rule = Hostile, Reason = Hostile },
            Requirement = item.Requirement with { Role = Hostile },
            Votes = [new ApprovalVote { Decider = item.Call.Principal, Approve = true, Reason = Hostile, Channel = Hostile, DecidedAt = item.RequestedAt }],
        };
        using var browser = await stage.SignInAsync(ConsoleStage.Approver, Token);

        var detail = await browser.GetAsync("/approvals/APR-1", Token);
        var list = await browser.GetAsync("/approvals", Token);

        Assert.All([detail, list], page =>
        {
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Contains("onerror=alert(2)", WebUtility.HtmlDecode(page.Html), StringComparison.Ordinal);
            Assert.DoesNotContain("<img src=x", page.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>alert", page.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("\u202e", WebUtility.HtmlDecode(page.Html), StringComparison.Ordinal);
            Assert.Contains("\\u202eevil", WebUtility.HtmlDecode(page.Html), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Decided_Search_KeepsWordsOutOfTheAddress()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        for (var i = 1; i <= 60; i++)
        {
            Add(stage, $"APR-{i}", i == 17 ? ConsoleStage.Analyst : ConsoleStage.Nurse);
            var item = stage.Rooms.Approvals[$"APR-{i}"];
            stage.Rooms.Approvals[$"APR-{i}"] = item with { Status = item.Status with { State = ApprovalState.Used, DecidedBy = "Ada" } };
        }

        using var browser = await stage.SignInAsync(ConsoleStage.Approver, Token);
        var all = await browser.GetAsync("/approvals?p=3", Token);
        var found = await browser.PostAsync("/approvals?handler=Search", "/approvals", Token, ("words", "alan"));

        Assert.Contains("Page 3 of 3, 60 in all", all.Html, StringComparison.Ordinal);
        Assert.Contains("APR-17", found.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("APR-18", found.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("alan", found.Address.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("value=\"alan\"", (await browser.GetAsync(found.Address.PathAndQuery, Token)).Html, StringComparison.Ordinal);
    }

    /// <summary>An answer without a number, say of a link that was cut: no broken page.</summary>
    [Fact]
    public async Task Approvals_AnswerToNoRequest_ShowsTheList()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        using var browser = await stage.SignInAsync(ConsoleStage.Approver, Token);

        var page = await browser.PostAsync("/approvals/", "/approvals", Token, ("decision", "approve"));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Nothing waits for an answer.", page.Html, StringComparison.Ordinal);
        Assert.Empty(stage.Rooms.Answers);
    }

    [Fact]
    public async Task Approvals_RoomAway_SaysWhichAndComesBack()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        Add(stage, "APR-1", ConsoleStage.Nurse);
        using var browser = await stage.SignInAsync(ConsoleStage.Approver, Token);
        stage.Rooms.ApprovalAway = true;

        var away = await browser.GetAsync("/approvals", Token);
        stage.Rooms.ApprovalAway = false;
        var back = await browser.GetAsync("/approvals", Token);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (away.Status, back.Status));
        Assert.Contains("The approval room does not answer", away.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("secret detail", away.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", away.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_Unknown_Is404()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        using var browser = await stage.SignInAsync(ConsoleStage.Approver, Token);

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/approvals/APR-404", Token)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/approvals/{new string('9', 500)}", Token)).Status);
    }

    private static void Add(ConsoleStage stage, string id, TestPerson person, string arguments = """{"patient_id":4711}""") =>
        stage.Rooms.Approvals[id] = stage.Facts.Pending(id, person, "delete_patient", arguments, Groups);
}
