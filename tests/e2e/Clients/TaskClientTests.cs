using System.Text.Json;
using Chaperone.TestKit;

namespace Chaperone.E2E.Tests.Clients;

/// <summary>
/// A task of a real server, run by a real client through Chaperone: both of the TypeScript SDK. The server knows nobody and gives
/// any task to whoever names it, which is why the gateway must not let them.
/// </summary>
[Collection(Name)]
public sealed class TaskClientTests
{
    private const string Name = "tasks";

    private const string Policy = """
        version: 1
        roles: { nurse: { groups: [nurses] }, engineer: { groups: [engineers] } }
        servers: { reports: { url: "http://127.0.0.1:PORT/mcp" } }
        rules:
          - { name: reports, match: { roles: [nurse, engineer], server: reports, tool: report }, effect: allow }
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TypeScript_RunsATask_WhichIsNobodyElses()
    {
        await using var server = NodeProgram.Start("task-server.mjs");
        var port = (await server.NextAsync(Token)).GetProperty("port").GetInt32();
        await using var issuer = await TestIssuer.StartAsync(Token);
        await using var gateway = await Gateway.StartAsync(GatewayForm.Embedded, Policy.Replace("PORT", $"{port}", StringComparison.Ordinal), issuer, Token);

        var (code, output, errors) = await Programs.RunAsync(
            Token, NpmPackages.Node, Path.Combine(NpmPackages.Folder, "client-tasks.mjs"), $"{gateway.EdgeUrl}/mcp/reports", issuer.Mint(ClientStage.Nurse), issuer.Mint(ClientStage.Engineer));

        Assert.True(code == 0, errors);
        using var said = JsonDocument.Parse(output);
        var (first, theirs) = (said.RootElement.GetProperty("first"), said.RootElement.GetProperty("theirs"));
        var id = first.GetProperty("id").GetString()!;
        Assert.Equal(["taskCreated", "taskStatus", "result"], first.GetProperty("seen").EnumerateArray().Select(s => s.GetString()).Distinct());
        Assert.Contains("report of ward-4b", first.GetProperty("result").GetRawText(), StringComparison.Ordinal);
        Assert.Equal(id, said.RootElement.GetProperty("again").GetProperty("_meta").GetProperty("io.modelcontextprotocol/related-task").GetProperty("taskId").GetString());
        Assert.NotEqual(32, id.Length);
        Assert.Equal([id], said.RootElement.GetProperty("list").EnumerateArray().Select(t => t.GetString()));
        Assert.NotEqual(id, theirs.GetProperty("id").GetString());
        foreach (var attempt in said.RootElement.GetProperty("stolen").EnumerateObject())
        {
            Assert.Equal("MCP error -32602: Task not found", attempt.Value.GetProperty("error").GetString());
        }
    }

    /// <summary>A whole gateway and two Node programs: alone on the machine while it runs.</summary>
    [CollectionDefinition(Name, DisableParallelization = true)]
    public sealed class Alone;
}
