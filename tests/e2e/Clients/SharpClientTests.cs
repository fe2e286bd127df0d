using System.Collections.Concurrent;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Chaperone.E2E.Tests.Clients;

/// <summary>The C# SDK's client at the clinic through Chaperone, in the sessionless revision and in the one before.</summary>
public abstract class SharpClientTests(ClientStage stage)
{
    private const string Legacy = "2025-11-25";
    private const string Modern = "2026-07-28";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Legacy)]
    [InlineData(Modern)]
    public async Task ListTools_ByPerson_ShowsWhatEachMayUse(string version)
    {
        await using var nurse = await stage.ConnectAsync(ClientStage.Nurse, version);
        await using var engineer = await stage.ConnectAsync(ClientStage.Engineer, version);

        var nurses = (await nurse.ListToolsAsync(cancellationToken: Token)).Select(t => t.Name).Order().ToArray();
        var engineers = (await engineer.ListToolsAsync(cancellationToken: Token)).Select(t => t.Name).Order().ToArray();

        Assert.Equal(version, nurse.NegotiatedProtocolVersion);

        // The nurse sees delete_patient because its deny rule says visible: the reason is there to be read.
        string[] reads = ["get_note", "get_patient", "list_encounters", "long_report", "query", "search_patients"];
        Assert.Equal(["delete_patient", .. reads], nurses);
        Assert.Equal(["delete_patient", .. reads, "update_patient"], engineers);
    }

    [Theory]
    [InlineData(Legacy)]
    [InlineData(Modern)]
    public async Task Connect_NobodyOnThisServer_FindsNone(string version) =>
        await Assert.ThrowsAnyAsync<Exception>(async () => await stage.ConnectAsync(ClientStage.Analyst, version));

    [Theory]
    [InlineData(Legacy)]
    [InlineData(Modern)]
    public async Task CallTool_DeniedAndVisible_SaysTheRuleAndTheReason(string version)
    {
        await using var nurse = await stage.ConnectAsync(ClientStage.Nurse, version);
        await using var engineer = await stage.ConnectAsync(ClientStage.Engineer, version);

        var deletion = await nurse.CallToolAsync("delete_patient", Arguments(("mrn", "MRN-100001"), ("reason", "duplicate")), cancellationToken: Token);
        var export = await engineer.CallToolAsync("query", Arguments(("sql", "SELECT * FROM patients;")), cancellationToken: Token);

        Assert.True(deletion.IsError);
        Assert.Contains("nurses-do-not-delete", TextOf(deletion), StringComparison.Ordinal);
        Assert.Contains("records office", TextOf(deletion), StringComparison.Ordinal);
        Assert.True(export.IsError);
        Assert.Contains("no-bulk-export", TextOf(export), StringComparison.Ordinal);
        Assert.True(stage.Clinic.Has("MRN-100001"));
    }

    /// <summary>Attack: learning by the refusal which tools exist.</summary>
    [Theory]
    [InlineData(Legacy)]
    [InlineData(Modern)]
    public async Task CallTool_Hidden_IsRefusedAsOneThatDoesNotExist(string version)
    {
        await using var nurse = await stage.ConnectAsync(ClientStage.Nurse, version);

        var hidden = await Assert.ThrowsAsync<McpProtocolException>(async () => await nurse.CallToolAsync("update_patient", Arguments(("mrn", "MRN-100001")), cancellationToken: Token));
        var absent = await Assert.ThrowsAsync<McpProtocolException>(async () => await nurse.CallToolAsync("upgrade_patient", Arguments(("mrn", "MRN-100001")), cancellationToken: Token));

        Assert.Equal(McpErrorCode.InvalidParams, hidden.ErrorCode);
        Assert.Equal(hidden.ErrorCode, absent.ErrorCode);
        Assert.Equal(hidden.Message.Replace("update", "upgrade", StringComparison.Ordinal), absent.Message);
    }

    [Theory]
    [InlineData(Legacy)]
    [InlineData(Modern)]
    public async Task CallTool_Long_TellsProgressAndThenTheResult(string version)
    {
        await using var nurse = await stage.ConnectAsync(ClientStage.Nurse, version);
        var steps = new Steps();

        var report = await nurse.CallToolAsync("long_report", Arguments(), steps, cancellationToken: Token);

        Assert.NotEqual(true, report.IsError);
        Assert.True(report.StructuredContent!.Value.GetProperty("lines").GetArrayLength() > 0);
        Assert.True(steps.Seen.Count >= 10, $"only {steps.Seen.Count} of 15 steps arrived");
        Assert.Equal(steps.Seen.Order().Distinct(), steps.Seen);
    }

    [Theory]
    [InlineData(Legacy)]
    [InlineData(Modern)]
    public async Task CallTool_Cancelled_EndsAtOnceAndLeavesTheConnectionUsable(string version)
    {
        await using var nurse = await stage.ConnectAsync(ClientStage.Nurse, version);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var steps = new Steps { First = cancel.Cancel };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await nurse.CallToolAsync("long_report", Arguments(), steps, cancellationToken: cancel.Token));
        var after = await nurse.CallToolAsync("get_patient", Arguments(("mrn", "MRN-100003")), cancellationToken: Token);

        Assert.NotEqual(true, after.IsError);
        Assert.True(steps.Seen.Count < 15);
    }

    [Theory]
    [InlineData(Legacy)]
    [InlineData(Modern)]
    public async Task Patient_InEveryWayThereIs_ShowsNoIdentifier(string version)
    {
        await using var nurse = await stage.ConnectAsync(ClientStage.Nurse, version);
        foreach (var mrn in new[] { "MRN-100003", "MRN-100004", "MRN-100005" })
        {
            var identifiers = stage.Clinic.HiddenFromNurses(mrn);

            var got = await nurse.CallToolAsync("get_patient", Arguments(("mrn", mrn)), cancellationToken: Token);
            var found = await nurse.CallToolAsync("search_patients", Arguments(("birthDate", identifiers["birth_date"])), cancellationToken: Token);
            var charted = await nurse.CallToolAsync("list_encounters", Arguments(("mrn", mrn)), cancellationToken: Token);
            var queried = await nurse.CallToolAsync("query", Arguments(("sql", $"SELECT mrn, ssn, phone, email, birth_date FROM patients WHERE mrn = '{mrn}'")), cancellationToken: Token);

            foreach (var result in new[] { got, found, charted, queried })
            {
                Assert.NotEqual(true, result.IsError);
                Leaks.None(identifiers, TextOf(result) + result.StructuredContent?.GetRawText());
            }

            Assert.True(found.StructuredContent!.Value.GetProperty("total").GetInt32() >= 1);
            Assert.Contains("insurance", TextOf(got), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(Legacy)]
    [InlineData(Modern)]
    public async Task Patient_ByRole_ShowsNamesToNursesOnly(string version)
    {
        await using var nurse = await stage.ConnectAsync(ClientStage.Nurse, version);
        await using var engineer = await stage.ConnectAsync(ClientStage.Engineer, version);
        var name = stage.Clinic.IdentifiersOf("MRN-100003")["last_name"];

        var nurses = await nurse.CallToolAsync("get_patient", Arguments(("mrn", "MRN-100003")), cancellationToken: Token);
        var engineers = await engineer.CallToolAsync("get_patient", Arguments(("mrn", "MRN-100003")), cancellationToken: Token);

        Assert.Equal(name, nurses.StructuredContent!.Value.GetProperty("lastName").GetString());
        Assert.Contains(name, TextOf(nurses), StringComparison.Ordinal);
        Assert.Equal("[NAME]", engineers.StructuredContent!.Value.GetProperty("lastName").GetString());
        Leaks.None(stage.Clinic.IdentifiersOf("MRN-100003"), TextOf(engineers) + engineers.StructuredContent?.GetRawText());
    }

    /// <summary>The search for leaks would see one: past the gateway every identifier is there.</summary>
    [Fact]
    public async Task Patient_PastTheGateway_ShowsEveryIdentifier()
    {
        var headers = new Dictionary<string, string> { ["Authorization"] = $"Bearer {stage.Clinic.Token}" };
        await using var direct = await McpClient.CreateAsync(
            new HttpClientTransport(new HttpClientTransportOptions { Endpoint = new Uri($"{stage.Clinic.Url}/mcp"), AdditionalHeaders = headers }), cancellationToken: Token);
        var identifiers = stage.Clinic.IdentifiersOf("MRN-100003");

        var got = TextOf(await direct.CallToolAsync("get_patient", Arguments(("mrn", "MRN-100003")), cancellationToken: Token));

        Assert.All(identifiers, i => Assert.ThrowsAny<Exception>(() => Leaks.None(new Dictionary<string, string> { [i.Key] = i.Value }, got)));
    }

    [Theory]
    [InlineData(Legacy)]
    [InlineData(Modern)]
    public async Task Resources_ListedAndRead_AreMaskedToo(string version)
    {
        await using var nurse = await stage.ConnectAsync(ClientStage.Nurse, version);

        var resources = await nurse.ListResourcesAsync(cancellationToken: Token);
        var templates = await nurse.ListResourceTemplatesAsync(cancellationToken: Token);
        var about = await nurse.ReadResourceAsync("clinic://about", cancellationToken: Token);
        var patient = await nurse.ReadResourceAsync("clinic://patients/MRN-100004", cancellationToken: Token);

        Assert.Equal("clinic://about", Assert.Single(resources).Uri);
        Assert.Equal("clinic://patients/{mrn}", Assert.Single(templates).UriTemplate);
        Assert.Contains("synthetic", Assert.IsType<TextResourceContents>(Assert.Single(about.Contents)).Text, StringComparison.Ordinal);
        var text = Assert.IsType<TextResourceContents>(Assert.Single(patient.Contents)).Text;
        Assert.Contains("insurance", text, StringComparison.Ordinal);
        Leaks.None(stage.Clinic.IdentifiersOf("MRN-100004"), text);
    }

    [Theory]
    [InlineData(Legacy)]
    [InlineData(Modern)]
    public async Task Prompts_ListedAndGot_AreMaskedToo(string version)
    {
        await using var nurse = await stage.ConnectAsync(ClientStage.Nurse, version);

        var prompts = await nurse.ListPromptsAsync(cancellationToken: Token);
        var prompt = await nurse.GetPromptAsync("summarize_patient", Arguments(("mrn", "MRN-100005")), cancellationToken: Token);

        Assert.Equal("summarize_patient", Assert.Single(prompts).Name);
        Assert.Equal(2, prompt.Messages.Count);
        var words = Assert.IsType<TextContentBlock>(prompt.Messages[0].Content).Text;
        var record = Assert.IsType<TextResourceContents>(Assert.IsType<EmbeddedResourceBlock>(prompt.Messages[1].Content).Resource);
        Assert.Contains("Summarize the chart", words, StringComparison.Ordinal);
        Leaks.None(stage.Clinic.IdentifiersOf("MRN-100005"), words + record.Uri + record.Text);
    }

    private static Dictionary<string, object?> Arguments(params (string Name, object? Value)[] arguments) => arguments.ToDictionary(a => a.Name, a => a.Value);

    private static string TextOf(CallToolResult result) => string.Join('\n', result.Content.OfType<TextContentBlock>().Select(b => b.Text));

    /// <summary>What progress was told, in order.</summary>
    private sealed class Steps : IProgress<ProgressNotificationValue>
    {
        public ConcurrentQueue<double> Seen { get; } = new();

        public Action? First { get; init; }

        public void Report(ProgressNotificationValue value)
        {
            Seen.Enqueue(value.Progress);
            if (Seen.Count == 1)
            {
                First?.Invoke();
            }
        }
    }

    [Collection(EmbeddedGateway.Name)]
    public sealed class Embedded(EmbeddedGateway gateway) : SharpClientTests(gateway);

    [Collection(RabbitMqGateway.Name)]
    public sealed class RabbitMq(RabbitMqGateway gateway) : SharpClientTests(gateway);
}
