using System.Net;
using System.Text.Json;
using Chaperone.TestKit;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Chaperone.E2E.Tests.Demo;

/// <summary>The upstream of the trial, asked directly by the official C# client.</summary>
public sealed class ClinicTests
{
    private const string Credential = "the-clinic's-own";

    private static string Program => ShippedRooms.Program("compose/demo/clinic", "Chaperone.Demo.Clinic");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_WithoutACredential_IsRefused()
    {
        var (code, output) = await DemoRun.PasteAsync($"CLINIC_TOKEN= dotnet '{Program}' --urls http://127.0.0.1:0", Token);

        Assert.Equal(64, code);
        Assert.Contains("CLINIC_TOKEN", output, StringComparison.Ordinal);
    }

    /// <summary>Whoever has only a person's token gets nowhere: the gateway's credential is needed.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("Bearer something-else")]
    [InlineData("Basic the-clinic's-own")]
    public async Task Call_WithoutTheClinicsCredential_Is401(string? authorization)
    {
        await using var clinic = await StartAsync();
        using var http = new HttpClient();
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);

        using var answer = await http.PostAsync($"{clinic.Room.Url}/mcp", new StringContent("{}"), Token);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task Tools_OfBothEras_CarrySchemasAndHints(string revision)
    {
        await using var clinic = await StartAsync();
        await using var client = await ConnectAsync(clinic, revision);

        var tools = await client.ListToolsAsync(cancellationToken: Token);

        Assert.Equal(["delete_patient", "get_note", "get_patient", "list_encounters", "long_report", "query", "search_patients", "update_patient"], tools.Select(tool => tool.Name).Order(StringComparer.Ordinal));
        Assert.All(tools, tool => Assert.NotNull(tool.ProtocolTool.OutputSchema));
        Assert.Equal(["delete_patient", "update_patient"], tools.Where(tool => tool.ProtocolTool.Annotations?.DestructiveHint is true).Select(tool => tool.Name).Order(StringComparer.Ordinal));
        Assert.Equal(revision, client.NegotiatedProtocolVersion);
    }

    [Fact]
    public async Task Patients_OfTwoNewDatabases_AreTheSame()
    {
        await using var one = await StartAsync();
        await using var two = await StartAsync();
        await using var first = await ConnectAsync(one);
        await using var second = await ConnectAsync(two);
        var sql = new Dictionary<string, object?> { ["sql"] = "SELECT * FROM patients p JOIN notes n USING (mrn) ORDER BY n.id LIMIT 50" };

        var a = await first.CallToolAsync("query", sql, cancellationToken: Token);
        var b = await second.CallToolAsync("query", sql, cancellationToken: Token);

        Assert.True(JsonElement.DeepEquals(a.StructuredContent!.Value, b.StructuredContent!.Value));
        Assert.Equal(50, a.StructuredContent!.Value.GetProperty("rows").GetArrayLength());
        Assert.Equal(JsonSerializer.Serialize(a.StructuredContent), JsonSerializer.Serialize(JsonElement.Parse(((TextContentBlock)a.Content.Single()).Text)));
    }

    [Theory]
    [InlineData("DELETE FROM patients", "readonly")]
    [InlineData("ATTACH '/etc/passwd' AS other", "attached")]
    [InlineData("PRAGMA query_only = 0; UPDATE patients SET ssn = ''", "readonly")]
    [InlineData("WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT count(*) FROM t", "longer than")]
    public async Task Query_ThatDoesHarm_IsRefused(string sql, string says)
    {
        await using var clinic = await StartAsync();
        await using var client = await ConnectAsync(clinic);

        var answer = await client.CallToolAsync("query", new Dictionary<string, object?> { ["sql"] = sql }, cancellationToken: Token);

        Assert.True(answer.IsError);
        Assert.Contains(says, ((TextContentBlock)answer.Content.Single()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_TellsItsProgressAndCanBeCancelled()
    {
        await using var clinic = await StartAsync();
        await using var client = await ConnectAsync(clinic);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var steps = 0;
        var progress = new Steps(_ =>
        {
            if (Interlocked.Increment(ref steps) == 2)
            {
                enough.Cancel();
            }
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await client.CallToolAsync("long_report", new Dictionary<string, object?>(), progress, cancellationToken: enough.Token));

        Assert.InRange(steps, 2, 14);
    }

    [Fact]
    public async Task ResourcePromptAndCompletion_KnowThePatients()
    {
        await using var clinic = await StartAsync();
        await using var client = await ConnectAsync(clinic);

        var record = await client.ReadResourceAsync("clinic://patients/MRN-100001", cancellationToken: Token);
        var prompt = await client.GetPromptAsync("summarize_patient", new Dictionary<string, object?> { ["mrn"] = "MRN-100001" }, cancellationToken: Token);
        var completed = await client.CompleteAsync(new PromptReference { Name = "summarize_patient" }, "mrn", "MRN-10000", cancellationToken: Token);

        Assert.Contains("Durgan", ((TextResourceContents)record.Contents.Single()).Text, StringComparison.Ordinal);
        Assert.Equal(2, prompt.Messages.Count);
        Assert.Equal(9, completed.Completion.Values.Count);
    }

    private static Task<DemoServer> StartAsync() => DemoServer.StartAsync(
        "clinic",
        Program,
        [],
        folder => new()
        {
            ["CLINIC_TOKEN"] = Credential,
            ["CHAPERONE_Clinic__DatabaseFile"] = Path.Combine(folder, "clinic.db"),
            ["CHAPERONE_Clinic__Patients"] = "60",
            ["CHAPERONE_Clinic__QueryTimeout"] = "00:00:00.200",
        },
        Token);

    private static Task<McpClient> ConnectAsync(DemoServer clinic, string revision = "2026-07-28") => McpClient.CreateAsync(
        new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = new Uri($"{clinic.Room.Url}/mcp"),
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {Credential}" },
        }),
        new McpClientOptions { ProtocolVersion = revision },
        cancellationToken: Token);

    private sealed class Steps(Action<ProgressNotificationValue> heard) : IProgress<ProgressNotificationValue>
    {
        public void Report(ProgressNotificationValue value) => heard(value);
    }
}
