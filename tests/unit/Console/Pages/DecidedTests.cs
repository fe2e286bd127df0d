using Chaperone.Contracts;

namespace Chaperone.Console.Tests.Pages;

/// <summary>The list of what was decided.</summary>
public sealed class DecidedTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_NamesWhoAnsweredHowAndThroughWhichChannel()
    {
        await using var stage = await ConsoleStage.StartAsync(Token);
        Add(stage, "APR-1", item => item with { Votes = [Vote("Ann", true, "slack"), Vote("Ben", true, "console")], Status = item.Status with { State = ApprovalState.Used, DecidedBy = "Ben" } });
        Add(stage, "APR-2", item => item with { Votes = [Vote("Cat", false, "teams")], Status = item.Status with { State = ApprovalState.Denied, DecidedBy = "Cat" } });
        Add(stage, "APR-3", item => item with { GrantId = "APR-9", Status = item.Status with { State = ApprovalState.Used, DecidedBy = "Ben" } });
        Add(stage, "APR-4", item => item with { Status = item.Status with { State = ApprovalState.Expired } });
        using var browser = await stage.SignInAsync(ConsoleStage.Approver, Token);

        var found = await browser.PostAsync("/approvals?handler=Search", "/approvals", Token, ("words", "clinic"));

        var words = string.Join(' ', found.Html.Split(['<', '>'], StringSplitOptions.TrimEntries).Where((part, i) => i % 2 == 0 && part.Length > 0));
        Assert.Contains("Ann yes, by Slack Ben yes, by console", words, StringComparison.Ordinal);
        Assert.Contains("Cat no, by Teams", words, StringComparison.Ordinal);
        Assert.Contains("grant of APR-9", words, StringComparison.Ordinal);
        Assert.Contains("expired nobody", words, StringComparison.Ordinal);
    }

    private static ApprovalVote Vote(string name, bool approve, string channel) => new()
    {
        Decider = new Principal { Issuer = "https://issuer.example", Subject = name, Name = name, Groups = [], ClientId = "console" },
        Approve = approve,
        Channel = channel,
        DecidedAt = DateTimeOffset.UnixEpoch,
    };

    private static void Add(ConsoleStage stage, string id, Func<ApprovalItem, ApprovalItem> change) =>
        stage.Rooms.Approvals[id] = change(stage.Facts.Pending(id, ConsoleStage.Nurse, "delete_patient", "{}", ["charge-nurses"]));
}
