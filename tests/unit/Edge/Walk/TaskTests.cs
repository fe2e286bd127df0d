using System.Text.Json.Nodes;
using Chaperone.Contracts;
using Chaperone.TestKit;
using Microsoft.AspNetCore.Http;

namespace Chaperone.Edge.Tests.Walk;

/// <summary>Held calls as tasks (extension io.modelcontextprotocol/tasks, 2026-07-28): each look is the call once more, and nothing runs twice.</summary>
public sealed class TaskTests
{
    private const string Definition = """{"name":"drop","description":"Drops a patient.","inputSchema":{"type":"object"}}""";
    private const string Extension = "io.modelcontextprotocol/tasks";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Held_ClientTakesTasks_IsATaskAtOnce()
    {
        await using var world = await StartAsync(new() { ["Edge:ModernLeg"] = "00:10:00" });

        var made = await CallAsync(world);

        Assert.Equal("task", (string?)made["resultType"]);
        Assert.Equal("working", (string?)made["status"]);
        Assert.Contains("Approval APR-1 is pending", (string?)made["statusMessage"], StringComparison.Ordinal);
        Assert.True((long)made["ttlMs"]! > TimeSpan.FromMinutes(10).TotalMilliseconds);
        Assert.Equal(OutcomeStatus.Pending, world.Rooms.Masked.Last().Message.Outcome!.Status);
        Assert.DoesNotContain(world.Upstream.Received, r => r.RpcMethod == "tools/call");
    }

    [Fact]
    public async Task Held_ClientTakesNoTasks_IsALeg()
    {
        await using var world = await StartAsync();

        var leg = await world.PostAsync(Rpc.ModernCall("drop"), Token, headers: [.. Rpc.ModernHeaders("drop"), ("Accept", "application/json")]);

        Assert.Equal("input_required", (string?)Result(leg)["resultType"]);
    }

    /// <summary>Property: what is approved is what was asked; what runs is the call itself, with its own headers and under the look's id.</summary>
    [Fact]
    public async Task Look_Approved_RunsTheCallOnceAndHandsItsResultOut()
    {
        await using var world = await StartAsync();
        var made = await CallAsync(world, ("Mcp-Param-Ward", "4b"));
        var waiting = await LookAsync(world, made);
        world.Rooms.Approve = _ => PlayedRooms.Status(ApprovalState.Approved);

        var done = await LookAsync(world, made, id: 9);

        Assert.Equal("working", (string?)waiting["status"]);
        Assert.Equal([(string)made["taskId"]!, (string)made["taskId"]!], new[] { (string?)waiting["taskId"], (string?)done["taskId"] });
        Assert.Equal("completed", (string?)done["status"]);
        Assert.Equal("complete", (string?)done["resultType"]);
        Assert.Equal("done", (string?)done["result"]!["content"]![0]!["text"]);
        var sent = world.Upstream.Received.Single(r => r.RpcMethod == "tools/call");
        var body = JsonNode.Parse(sent.Body)!;
        Assert.Equal(9, (int)body["id"]!);
        Assert.Equal("7", (string?)body["params"]!["arguments"]!["mrn"]);
        Assert.DoesNotContain(Extension, sent.Body, StringComparison.Ordinal);
        Assert.Equal("tools/call", sent.Headers["Mcp-Method"]);
        Assert.Equal("drop", sent.Headers["Mcp-Name"]);
        Assert.Equal("4b", sent.Headers["Mcp-Param-Ward"]);
        Assert.Single(world.Rooms.Requested.Select(r => r.BindingDigest).Distinct());
        Assert.Equal("APR-1", world.Rooms.Evaluated.Last().ApprovalId);
    }

    /// <summary>The wait must not eat the time the client gives the tool: what was approved while a look waited runs with the next look.</summary>
    [Fact]
    public async Task Look_ApprovedWhileItWaits_RunsWithTheNext()
    {
        await using var world = await StartAsync(new() { ["Edge:ModernLeg"] = "00:01:00" });
        var made = await CallAsync(world);
        var asked = 0;
        world.Rooms.Approve = _ => PlayedRooms.Status(Interlocked.Increment(ref asked) == 1 ? ApprovalState.Pending : ApprovalState.Approved);

        var first = await LookAsync(world, made);
        var second = await LookAsync(world, made);

        Assert.Equal("working", (string?)first["status"]);
        Assert.Equal("completed", (string?)second["status"]);
        Assert.Single(world.Upstream.Received, r => r.RpcMethod == "tools/call");
    }

    [Theory]
    [InlineData(ApprovalState.Denied, "completed", "was denied by Ann")]
    [InlineData(ApprovalState.Expired, "completed", "expired before anybody decided")]
    [InlineData(ApprovalState.Used, "completed", "already used by one call")]
    [InlineData(ApprovalState.Withdrawn, "cancelled", "was withdrawn")]
    public async Task Look_NotApproved_SaysWhyAndRunsNothing(ApprovalState state, string status, string words)
    {
        await using var world = await StartAsync();
        var made = await CallAsync(world);
        world.Rooms.Approve = _ => PlayedRooms.Status(state, "Ann", "Wrong patient");

        var end = await LookAsync(world, made);

        Assert.Equal(status, (string?)end["status"]);
        Assert.Contains(words, end.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(world.Upstream.Received, r => r.RpcMethod == "tools/call");
    }

    /// <summary>Attack: once policy lets the call pass by itself, each look would run it.</summary>
    [Fact]
    public async Task Look_PolicyAllowsMeanwhile_RunsNothing()
    {
        await using var world = await StartAsync();
        var made = await CallAsync(world);
        world.Rooms.Decide = _ => (CallEffect.Allow, true);

        var end = await LookAsync(world, made);

        Assert.True((bool?)end["result"]!["isError"]);
        Assert.DoesNotContain(world.Upstream.Received, r => r.RpcMethod == "tools/call");
    }

    /// <summary>Attack: an id that leaked is of no use to anybody else.</summary>
    [Fact]
    public async Task Look_ByAnotherPerson_IsNotTheirs()
    {
        await using var world = await StartAsync();
        var made = await CallAsync(world);
        world.Rooms.Decide = e => (e.Call.Method == "tasks/get" ? CallEffect.Deny : CallEffect.Hold, false);
        world.Rooms.Approve = _ => PlayedRooms.Status(ApprovalState.Approved);

        await SendAsync(world, "tasks/get", made, 3, EdgeWorld.Engineer);

        Assert.Empty(world.Rooms.Claimed);
        Assert.Equal("tasks/get", world.Rooms.Evaluated.Last().Call.Method);
        Assert.DoesNotContain(world.Upstream.Received, r => r.RpcMethod == "tools/call");
    }

    [Fact]
    public async Task Look_WithoutTheExtension_IsToldWhatIsMissing()
    {
        await using var world = await StartAsync();
        var made = await CallAsync(world);

        var answer = await SendAsync(world, "tasks/get", made, 3, EdgeWorld.Nurse, declares: false);

        Assert.Equal(400, answer.Status);
        Assert.Equal(-32021, answer.ErrorCode);
        Assert.NotNull(answer.Json["error"]!["data"]!["requiredCapabilities"]!["extensions"]![Extension]);
    }

    [Fact]
    public async Task Look_ServerAnswersAnError_IsFailed()
    {
        await using var world = await StartAsync(answer: "\"error\":{\"code\":-32000,\"message\":\"No.\"}");
        var made = await CallAsync(world);
        world.Rooms.Approve = _ => PlayedRooms.Status(ApprovalState.Approved);

        var end = await LookAsync(world, made);

        Assert.Equal("failed", (string?)end["status"]);
        Assert.Equal(-32000, (int?)end["error"]!["code"]);
    }

    [Theory]
    [InlineData("input_required")]
    [InlineData("task")]
    public async Task Look_ServerAsksOn_IsFailedInWords(string resultType)
    {
        await using var world = await StartAsync(answer: $"\"result\":{{\"resultType\":\"{resultType}\",\"requestState\":\"s\"}}");
        var made = await CallAsync(world);
        world.Rooms.Approve = _ => PlayedRooms.Status(ApprovalState.Approved);

        var end = await LookAsync(world, made);

        Assert.Equal("failed", (string?)end["status"]);
        Assert.Contains("cannot carry", (string?)end["error"]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Look_ServerStreams_HandsOutOnlyTheResult()
    {
        await using var world = await StartAsync();
        world.Upstream.Script = (http, r) => r.RpcMethod == "tools/list"
            ? ListAsync(http, r.Id)
            : ScriptedServer.StreamAsync(
                http,
                "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":1,\"progress\":1}}\n\n",
                $$"""data: {"jsonrpc":"2.0","id":{{r.Id}},"result":{"content":[{"type":"text","text":"done"}]""" + "}}\n\n");
        var made = await CallAsync(world);
        world.Rooms.Approve = _ => PlayedRooms.Status(ApprovalState.Approved);

        var answer = await SendAsync(world, "tasks/get", made, 4, EdgeWorld.Nurse);

        Assert.DoesNotContain("notifications/progress", answer.Body, StringComparison.Ordinal);
        Assert.Equal("completed", (string?)Result(answer)["status"]);
    }

    [Fact]
    public async Task Cancel_WithdrawsTheRequest()
    {
        await using var world = await StartAsync();
        var made = await CallAsync(world);

        var answer = await SendAsync(world, "tasks/cancel", made, 5, EdgeWorld.Nurse);

        Assert.Equal("complete", (string?)Result(answer)["resultType"]);
        Assert.Equal("APR-1", Assert.Single(world.Rooms.Withdrawn).ApprovalId);
        Assert.Equal(OutcomeStatus.Cancelled, world.Rooms.Masked.Last().Message.Outcome!.Status);
    }

    /// <summary>A look that breaks off is no cancellation: the task goes on waiting.</summary>
    [Fact]
    public async Task Look_ClientLeaves_WithdrawsNothing()
    {
        await using var world = await StartAsync(new() { ["Edge:ModernLeg"] = "00:01:00" });
        var made = await CallAsync(world);
        var asked = new TaskCompletionSource();
        world.Rooms.Approve = _ =>
        {
            asked.TrySetResult();
            return PlayedRooms.Status(ApprovalState.Pending);
        };
        var before = world.Rooms.Masked.Count;
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var look = SendAsync(world, "tasks/get", made, 6, EdgeWorld.Nurse, cancellationToken: leave.Token);
        await asked.Task.WaitAsync(TestLimits.Signal, Token);

        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => look);
        await TestLimits.UntilAsync(() => ValueTask.FromResult(world.Rooms.Masked.Skip(before).Any(m => m.Message.Outcome?.Status == OutcomeStatus.Pending)), "the look's record", Token);
        Assert.Empty(world.Rooms.Withdrawn);
    }

    [Fact]
    public async Task Discover_SaysThatCallsMayBecomeTasks()
    {
        await using var world = await StartAsync();
        world.Rooms.Decide = _ => (CallEffect.Allow, true);
        world.Upstream.Script = (http, r) => ScriptedServer.JsonAsync(
            http, $$"""{"jsonrpc":"2.0","id":{{r.Id}},"result":{"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{"tools":{},"extensions":{"x.y/z":{"a":1} } },"ttlMs":0,"cacheScope":"private"}""" + "}");

        var answer = await world.PostAsync(
            """{"jsonrpc":"2.0","id":1,"method":"server/discover","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}""",
            Token,
            headers: [("MCP-Protocol-Version", Rpc.Modern), ("Mcp-Method", "server/discover")]);

        var extensions = answer.Json["result"]!["capabilities"]!["extensions"]!;
        Assert.Equal("{}", extensions[Extension]!.ToJsonString());
        Assert.Equal(1, (int)extensions["x.y/z"]!["a"]!);
    }

    private static async Task<EdgeWorld> StartAsync(Dictionary<string, string?>? settings = null, string answer = "\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"done\"}]}")
    {
        var world = await EdgeWorld.StartAsync(Token, settings);
        world.Rooms.Decide = _ => (CallEffect.Hold, true);
        world.Upstream.Script = (http, r) => r.RpcMethod == "tools/list"
            ? ListAsync(http, r.Id)
            : ScriptedServer.JsonAsync(http, $$"""{"jsonrpc":"2.0","id":{{r.Id}},""" + answer + "}");
        return world;
    }

    private static Task ListAsync(HttpContext http, string? id) =>
        ScriptedServer.JsonAsync(http, $$"""{"jsonrpc":"2.0","id":{{id}},"result":{"tools":[""" + Definition + "]}}");

    private static async Task<JsonObject> CallAsync(EdgeWorld world, params (string, string)[] headers)
    {
        var body = Rpc.ModernCall("drop", """{"mrn":"7"}""").Replace("\"io.modelcontextprotocol/clientCapabilities\":{}", Capabilities, StringComparison.Ordinal);
        return Result(await world.PostAsync(body, Token, headers: [.. Rpc.ModernHeaders("drop"), .. headers]));
    }

    private static async Task<JsonObject> LookAsync(EdgeWorld world, JsonObject task, int id = 2) =>
        Result(await SendAsync(world, "tasks/get", task, id, EdgeWorld.Nurse));

    private static Task<Answer> SendAsync(EdgeWorld world, string method, JsonObject task, int id, TestPerson person, bool declares = true, CancellationToken? cancellationToken = null)
    {
        var taskId = (string)task["taskId"]!;
        var capabilities = declares ? Capabilities : "\"io.modelcontextprotocol/clientCapabilities\":{}";
        var body = $$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{"taskId":"{{taskId}}","_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",""" + capabilities + "}}}";
        return world.PostAsync(body, cancellationToken ?? Token, person, headers: [("MCP-Protocol-Version", Rpc.Modern), ("Mcp-Method", method), ("Mcp-Name", taskId)]);
    }

    private const string Capabilities = "\"io.modelcontextprotocol/clientCapabilities\":{\"extensions\":{\"" + Extension + "\":{}}}";

    private static JsonObject Result(Answer answer)
    {
        var json = answer.MediaType == "text/event-stream"
            ? JsonNode.Parse(answer.Body.Split('\n').Last(l => l.StartsWith("data: ", StringComparison.Ordinal))["data: ".Length..])!
            : answer.Json;
        return json["result"]!.AsObject();
    }
}
