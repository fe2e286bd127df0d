using System.Net;
using System.Text.RegularExpressions;
using Chaperone.Console.Tests;
using Chaperone.TestKit;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Chaperone.E2E.Tests.Clients;

/// <summary>A destructive call waits for a second person, who answers in the console as a browser would.</summary>
public abstract class ApprovalTests(ClientStage stage)
{
    private const string Legacy = "2025-11-25";
    private const string Modern = "2026-07-28";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Legacy, "MRN-100101")]
    [InlineData(Modern, "MRN-100102")]
    public async Task Held_Approved_RunsOnceAndARepeatAsksAnew(string version, string mrn)
    {
        using var approver = await stage.SignInAsync(ClientStage.Approver);
        await using var engineer = await stage.ConnectAsync(ClientStage.Engineer, version);

        var held = DeleteAsync(engineer, mrn);
        var first = await PendingAsync(approver, held);
        var page = await approver.GetAsync($"/approvals/{first}", Token);
        Assert.True(stage.Clinic.Has(mrn), "it ran before anybody had said yes");
        await AnswerAsync(approver, first, "approve", string.Empty);
        var done = await held;

        Assert.NotEqual(true, done.IsError);
        Assert.False(stage.Clinic.Has(mrn));
        Assert.Contains("delete_patient", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(mrn, page.Html, StringComparison.Ordinal);

        var again = DeleteAsync(engineer, mrn);
        var second = await PendingAsync(approver, again);
        Assert.NotEqual(first, second);
        await AnswerAsync(approver, second, "deny", "It is gone already");
        Assert.True((await again).IsError);
    }

    [Theory]
    [InlineData(Legacy, "MRN-100103")]
    [InlineData(Modern, "MRN-100104")]
    public async Task Held_Denied_SaysWhoAndWhyAndRunsNothing(string version, string mrn)
    {
        using var approver = await stage.SignInAsync(ClientStage.Approver);
        await using var engineer = await stage.ConnectAsync(ClientStage.Engineer, version);

        var held = DeleteAsync(engineer, mrn);
        await AnswerAsync(approver, await PendingAsync(approver, held), "deny", "Wrong chart");
        var denied = await held;

        Assert.True(denied.IsError);
        var words = Assert.IsType<TextContentBlock>(Assert.Single(denied.Content)).Text;
        Assert.Contains("Wrong chart", words, StringComparison.Ordinal);
        Assert.Contains("Not executed", words, StringComparison.Ordinal);
        Assert.True(stage.Clinic.Has(mrn));
    }

    /// <summary>Older clients give up after a minute: they are told the number, and the identical call runs once it is approved.</summary>
    [Fact]
    public async Task Held_LongerThanOldClientsWait_IsPendingAndRunsWhenRepeated()
    {
        const string Mrn = "MRN-100105";
        using var approver = await stage.SignInAsync(ClientStage.Approver);
        await using var engineer = await stage.ConnectAsync(ClientStage.Engineer, Legacy);

        var pending = await DeleteAsync(engineer, Mrn);
        var words = Assert.IsType<TextContentBlock>(Assert.Single(pending.Content)).Text;
        var id = Regex.Match(words, "APR-[0-9A-Za-z-]+").Value;
        Assert.True(pending.IsError);
        Assert.NotEmpty(id);
        Assert.Contains("is pending", words, StringComparison.Ordinal);
        Assert.True(stage.Clinic.Has(Mrn));
        await AnswerAsync(approver, id, "approve", string.Empty);
        var done = await DeleteAsync(engineer, Mrn);

        Assert.NotEqual(true, done.IsError);
        Assert.False(stage.Clinic.Has(Mrn));
    }

    private static Task<CallToolResult> DeleteAsync(McpClient client, string mrn) => client.CallToolAsync(
        "delete_patient", new Dictionary<string, object?> { ["mrn"] = mrn, ["reason"] = "duplicate" }, cancellationToken: Token).AsTask();

    /// <summary>The number of the one request that waits; fails if the call ends instead.</summary>
    private static async Task<string> PendingAsync(PageReader approver, Task<CallToolResult> held)
    {
        var id = string.Empty;
        await TestLimits.UntilAsync(
            async () =>
            {
                if (held.IsCompleted)
                {
                    Assert.Fail($"the call was not held: {(await held).Content.OfType<TextContentBlock>().FirstOrDefault()?.Text}");
                }

                var page = await approver.GetAsync("/approvals", Token);
                Assert.Equal(HttpStatusCode.OK, page.Status);
                id = Regex.Match(page.Html, "id=\"pending-(APR-[^\"]+)\"").Groups[1].Value;
                return id.Length > 0;
            },
            "a request in the console",
            Token);
        return id;
    }

    private static async Task AnswerAsync(PageReader approver, string id, string decision, string reason)
    {
        var path = $"/approvals/{id}";
        var page = await approver.PostAsync(path, path, Token, ("decision", decision), ("reason", reason));
        Assert.Equal((HttpStatusCode.OK, path), (page.Status, page.Address.AbsolutePath));
        Assert.Contains(decision == "approve" ? "Approved." : "Denied.", page.Html, StringComparison.Ordinal);
    }

    [Collection(EmbeddedGateway.Name)]
    public sealed class Embedded(EmbeddedGateway gateway) : ApprovalTests(gateway);

    [Collection(RabbitMqGateway.Name)]
    public sealed class RabbitMq(RabbitMqGateway gateway) : ApprovalTests(gateway);
}
