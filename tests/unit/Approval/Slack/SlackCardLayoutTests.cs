using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chaperone.Approval.Slack;
using Chaperone.Approval.Store;
using Chaperone.Approval.Tests.Desk;
using Chaperone.Contracts;
using Chaperone.TestKit;
using Chaperone.TestKit.Slack;

namespace Chaperone.Approval.Tests.Slack;

/// <summary>What is on a card, whatever is in the request.</summary>
public sealed class SlackCardLayoutTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    /// <summary>Property: Block Kit's limits hold for every state and any length of every word.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(200)]
    [InlineData(5000)]
    public void Of_AnyLength_FitsBlockKit(int length)
    {
        var words = string.Concat(Enumerable.Repeat("<&>😀", length));
        foreach (var state in Enum.GetValues<ApprovalState>())
        {
            var shown = Shown(words, Message(new string('a', length)), state: state);

            var card = JsonSerializer.SerializeToElement(SlackCard.Of(shown, new Uri("https://console.example/approvals/APR-1"), true, Now));

            Assert.Null(BlockKit.Problem(card.GetProperty("blocks")));
        }
    }

    /// <summary>Attack: words that would name people, channels or links, hide text or end the code block.</summary>
    [Fact]
    public void Of_WordsThatAreMarkup_AreShownAsTheyAre()
    {
        var shown = Shown("<!channel> <@U1> <https://evil.example|ok>\u202e", """{"params":{"name":"x","arguments":{"a":"```<!here>\u200b"}}}""");

        var blocks = SlackCard.Of(shown, null, true, Now)["blocks"]!.AsArray();

        var markup = string.Join('\n', Texts(blocks, "mrkdwn"));
        Assert.DoesNotContain("<!channel>", markup, StringComparison.Ordinal);
        Assert.DoesNotContain("<@U1>", markup, StringComparison.Ordinal);
        Assert.DoesNotContain("<https", markup, StringComparison.Ordinal);
        Assert.Contains("&lt;!channel&gt;", markup, StringComparison.Ordinal);
        Assert.Contains("\\u{202e}", markup, StringComparison.Ordinal);
        var code = blocks[2]!["elements"]![0]!["elements"]![0]!;
        Assert.Equal("text", (string?)code["type"]);
        Assert.Contains("```<!here>\\u{200b}", (string?)code["text"], StringComparison.Ordinal);
    }

    /// <summary>Never weaker than the console: no yes from a card that does not show all that would run, masked by safe harbor.</summary>
    [Theory]
    [InlineData("""{"params":{"name":"x","arguments":{"a":1}}}""", "safe-harbor", true)]
    [InlineData("""{"params":{"name":"x","arguments":{"a":1}}}""", "none", false)]
    [InlineData("""{"params":{"name":"x","arguments":{"a":1}}}""", "review", false)]
    [InlineData("""{"params":{"name":"x","arguments":{"a":1}}}""", "linked", false)]
    [InlineData("""{"error":{"message":"withheld"}}""", "safe-harbor", false)]
    [InlineData("""{"params":[1]}""", "safe-harbor", false)]
    [InlineData("not json", "safe-harbor", false)]
    [InlineData("", "safe-harbor", false)]
    public void Of_ByWhatCanBeShown_OffersAYes(string message, string masking, bool offered)
    {
        var card = SlackCard.Of(Shown("r", message, masking), null, true, Now).ToJsonString();

        Assert.Equal(offered, card.Contains(SlackActions.Approve, StringComparison.Ordinal));
        Assert.Contains(SlackActions.Deny, card, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ArgumentsTooLong_AreNotShownInPart()
    {
        var card = SlackCard.Of(Shown("r", Message(new string('z', SlackCard.LongestArguments))), null, true, Now).ToJsonString();

        Assert.DoesNotContain("zzz", card, StringComparison.Ordinal);
        Assert.DoesNotContain(SlackActions.Approve, card, StringComparison.Ordinal);
    }

    /// <summary>What the binding does not hold is not shown; all that it holds is.</summary>
    [Fact]
    public void Of_ParametersBesideArguments_ShowsWhatIsBound()
    {
        var card = SlackCard.Of(
            Shown("r", """{"params":{"name":"x","arguments":{"a":1},"inputResponses":{"k":"ANSWER"},"_meta":{"m":"META"},"requestState":"STATE"}}"""), null, true, Now).ToJsonString();

        Assert.Contains("ANSWER", card, StringComparison.Ordinal);
        Assert.DoesNotContain("META", card, StringComparison.Ordinal);
        Assert.DoesNotContain("STATE", card, StringComparison.Ordinal);
    }

    /// <summary>Attack: names that callers choose carry a number or a person.</summary>
    [Theory]
    [InlineData("tools/call", "delete_patient", "delete_patient")]
    [InlineData("tools/call", "get-mrn-1234", "get-mrn-1234")]
    [InlineData("tools/call", "get-mrn-12345", null)]
    [InlineData("tools/call", "delete John Smith", null)]
    [InlineData("resources/read", "patient://smith", null)]
    public void PlainTarget_ByShape_IsShownOrNot(string method, string target, string? shown) =>
        Assert.Equal(shown, (Samples.Call() with { Method = method, Target = target }).PlainTarget());

    private static string Message(string text) => $$$$"""{"params":{"name":"x","arguments":{"text":"{{{{text}}}}"}}}""";

    private static IEnumerable<string> Texts(JsonNode node, string type)
    {
        if (node is JsonObject found && (string?)found["type"] == type)
        {
            yield return (string)found["text"]!;
        }

        var children = node switch
        {
            JsonObject o => o.Select(m => m.Value),
            JsonArray a => a,
            _ => [],
        };
        foreach (var text in children.OfType<JsonNode>().SelectMany(child => Texts(child, type)))
        {
            yield return text;
        }
    }

    private static ShownCase Shown(string words, string message, string masking = "safe-harbor", ApprovalState state = ApprovalState.Pending) => new(
        new ApprovalCase
        {
            Number = 1,
            Call = Samples.Call() with { Server = words, Principal = People.Person("eva", null) with { Name = words } },
            BindingDigest = DeskActs.Binding,
            ToolDefinitionDigest = "absent",
            Decision = new DecisionFacts { Effect = CallEffect.Hold, Rule = words, PolicyDigest = "", Reason = words, Masking = masking },
            Requirement = new ApprovalRequirement { Role = words, Groups = ["g"], Approvals = 2, ExpiresAfter = TimeSpan.FromMinutes(10) },
            RequestedAt = Now,
            ExpiresAt = Now.AddMinutes(10),
            State = state,
            Votes = [.. Enumerable.Range(0, 9).Select(i => new ApprovalVote { Decider = People.Person($"{i}", null) with { Name = words }, Approve = true, Channel = "slack", DecidedAt = Now })],
        },
        Encoding.UTF8.GetBytes(message));
}
