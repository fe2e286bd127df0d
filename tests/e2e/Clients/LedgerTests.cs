using System.Text.Json;
using System.Text.RegularExpressions;
using Chaperone.Console.Tests;
using Chaperone.TestKit;
using ModelContextProtocol;

namespace Chaperone.E2E.Tests.Clients;

/// <summary>After real traffic the shipped command proves the ledger, and every call that was answered is in it with its intent and its outcome.</summary>
public abstract class LedgerTests(ClientStage stage)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Verify_AfterTraffic_IsIntactAndHoldsEveryCall()
    {
        // Their own session, so that nobody else's calls are counted.
        var person = new TestPerson("p-counted", "Cora Counted", "nurses");
        var answered = await CallAsync(person, "2025-11-25") + await CallAsync(person, "2026-07-28");
        using var analyst = await stage.SignInAsync(ClientStage.Analyst);

        IReadOnlyDictionary<string, HashSet<string>> calls = new Dictionary<string, HashSet<string>>();
        await TestLimits.UntilAsync(
            async () =>
            {
                calls = await ReadCallsAsync(analyst, person);
                return calls.Count(c => c.Value.Contains("outcome")) >= answered;
            },
            $"{answered} calls in the ledger",
            Token);
        Assert.Equal(answered, calls.Count);
        Assert.All(calls.Values, kinds => Assert.Superset(new HashSet<string> { "intent", "outcome" }, kinds));

        // The log is published right after the store has grown; the command says what is not signed yet, and that is no fault.
        var key = Directory.EnumerateFiles(stage.Gateway.Directory, "log.vkey", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        var (code, words) = await Gateway.ChaperoneAsync(Token, ["verify", .. stage.Gateway.StoreArguments, "--key", key]);
        Assert.True(code == 0, words);
        Assert.Contains("The ledger is intact.", words, StringComparison.Ordinal);
        Assert.Contains("none recorded", words, StringComparison.Ordinal);
    }

    /// <summary>Twelve calls of every kind of answer; how many.</summary>
    private async Task<int> CallAsync(TestPerson person, string version)
    {
        await using var client = await stage.ConnectAsync(person, version);
        for (var i = 10; i < 20; i++)
        {
            await client.CallToolAsync("get_patient", new Dictionary<string, object?> { ["mrn"] = $"MRN-1000{i}" }, cancellationToken: Token);
        }

        Assert.True((await client.CallToolAsync("delete_patient", new Dictionary<string, object?> { ["mrn"] = "MRN-100010", ["reason"] = "x" }, cancellationToken: Token)).IsError);
        await Assert.ThrowsAsync<McpProtocolException>(async () => await client.CallToolAsync("no_such_tool", new Dictionary<string, object?>(), cancellationToken: Token));
        return 12;
    }

    /// <summary>The tool calls of a person's sessions, as the command exports them: by call, what was recorded of it.</summary>
    private async Task<IReadOnlyDictionary<string, HashSet<string>>> ReadCallsAsync(PageReader analyst, TestPerson person)
    {
        var page = await analyst.PostAsync("/sessions", "/sessions", Token, ("words", "Counted"));
        var calls = new Dictionary<string, HashSet<string>>();
        foreach (Match link in Regex.Matches(page.Html, $"href=\"/sessions/([0-9a-f-]+)\">{person.Name}<"))
        {
            string[] arguments = ["export", .. stage.Gateway.StoreArguments, "--session", link.Groups[1].Value, "--keys", Path.Combine(stage.Gateway.Directory, "keys")];
            var (code, lines) = await Gateway.ChaperoneAsync(Token, arguments);
            Assert.True(code == 0, lines);
            foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                using var entry = JsonDocument.Parse(line);
                if (entry.RootElement.TryGetProperty("method", out var method) && method.ValueEquals("tools/call"))
                {
                    var call = entry.RootElement.GetProperty("call").GetString()!;
                    calls.TryAdd(call, []);
                    calls[call].Add(entry.RootElement.GetProperty("kind").GetString()!);
                }
            }
        }

        return calls;
    }

    [Collection(EmbeddedGateway.Name)]
    public sealed class Embedded(EmbeddedGateway gateway) : LedgerTests(gateway);

    [Collection(RabbitMqGateway.Name)]
    public sealed class RabbitMq(RabbitMqGateway gateway) : LedgerTests(gateway);
}
