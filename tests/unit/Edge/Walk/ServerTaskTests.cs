using System.Text.Json.Nodes;
using Chaperone.Contracts;
using Chaperone.TestKit;

namespace Chaperone.Edge.Tests.Walk;

/// <summary>Tasks of servers: the edge hands out sealed ids, which are their caller's at that server alone, and the server sees its own.</summary>
public sealed class ServerTaskTests
{
    private const string Related = "io.modelcontextprotocol/related-task";
    private const string ModernMeta = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("tasks/get", false)]
    [InlineData("tasks/result", false)]
    [InlineData("tasks/cancel", false)]
    [InlineData("tasks/get", true)]
    [InlineData("tasks/update", true)]
    [InlineData("tasks/cancel", true)]
    public async Task Task_OfTheCaller_IsTheServersOwnUpstreamAndInTheRecords(string method, bool modern)
    {
        var (world, server) = await StartAsync();
        await using var end = world;
        var id = await MakeAsync(world, EdgeWorld.Nurse, modern);

        var answer = await AskAsync(world, EdgeWorld.Nurse, method, id, modern);

        Assert.DoesNotContain("task-1", id, StringComparison.Ordinal);
        Assert.Equal((method, "task-1", modern ? "task-1" : null), Assert.Single(server.Asked));
        Assert.Equal("task-1", world.Rooms.Evaluated.Last().Call.Target);
        Assert.Contains("\"task-1\"", method == "tasks/update" ? "\"task-1\"" : world.Rooms.Masked.Last().Payload, StringComparison.Ordinal);
        Assert.Null(answer.ErrorCode);
        var result = answer.Json["result"]!;
        foreach (var named in new[] { result["taskId"], result["_meta"]?[Related]?["taskId"], result["result"]?["_meta"]?[Related]?["taskId"] }.OfType<JsonNode>())
        {
            Assert.Equal(id, (string?)named);
        }
    }

    public static TheoryData<string, bool> Attacks
    {
        get
        {
            var all = new TheoryData<string, bool>();
            foreach (var attack in new[] { "another person", "another client", "another server", "the server's own id", "altered", "cut short", "longer", "empty seal", "a session id", "other person, related" })
            {
                all.Add(attack, false);
                all.Add(attack, true);
            }

            return all;
        }
    }

    /// <summary>Attack: to name a task that is not one's own. All are answered alike, recorded, and never reach a server.</summary>
    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task Task_NotTheCallers_IsUnknown(string attack, bool modern)
    {
        var (world, server) = await StartAsync();
        await using var end = world;
        var id = await MakeAsync(world, EdgeWorld.Nurse, modern);
        var ticket = attack == "a session id" ? await BeginAsync(world) : null;
        var before = world.Upstream.Received.Count;

        var answer = attack switch
        {
            "another person" => await AskAsync(world, EdgeWorld.Engineer, "tasks/get", id, modern),
            "another client" => await AskAsync(world, EdgeWorld.Nurse, "tasks/get", id, modern, client: "other-client"),
            "another server" => await AskAsync(world, EdgeWorld.Nurse, "tasks/get", id, modern, server: "lab"),
            "the server's own id" => await AskAsync(world, EdgeWorld.Nurse, "tasks/get", "task-1", modern),
            "altered" => await AskAsync(world, EdgeWorld.Nurse, "tasks/get", (id[0] == 'A' ? 'B' : 'A') + id[1..], modern),
            "cut short" => await AskAsync(world, EdgeWorld.Nurse, "tasks/get", id[..^4], modern),
            "longer" => await AskAsync(world, EdgeWorld.Nurse, "tasks/get", id + "AAAA", modern),
            "empty seal" => await AskAsync(world, EdgeWorld.Nurse, "tasks/get", "AAAA", modern),
            "a session id" => await AskAsync(world, EdgeWorld.Nurse, "tasks/get", ticket!, modern),
            _ => await CallRelatedAsync(world, EdgeWorld.Engineer, id, modern),
        };

        Assert.Equal(-32602, answer.ErrorCode);
        Assert.Equal("Task not found", answer.Text);
        Assert.Equal(before, world.Upstream.Received.Count);
        Assert.Empty(server.Asked);
        Assert.Equal(OutcomeStatus.Refused, world.Rooms.Masked.Last().Message.Outcome!.Status);
    }

    /// <summary>A person may begin a new session, and find the task there.</summary>
    [Fact]
    public async Task Task_InAnotherSessionOfTheSamePerson_IsTheirs()
    {
        var (world, server) = await StartAsync();
        await using var end = world;
        var id = await MakeAsync(world, EdgeWorld.Nurse, modern: false);
        var ticket = await BeginAsync(world);

        await world.PostAsync($$$"""{"jsonrpc":"2.0","id":4,"method":"tasks/get","params":{"taskId":"{{{id}}}"}}""", Token, headers: [("Mcp-Session-Id", ticket)]);

        Assert.Equal("task-1", Assert.Single(server.Asked).Body);
    }

    /// <summary>Attack: a server behind one credential lists all tasks. Each caller sees their own, under the ids they know.</summary>
    [Fact]
    public async Task List_HoldsOnlyTheCallersOwn()
    {
        var (world, _) = await StartAsync();
        await using var end = world;
        var mine = await MakeAsync(world, EdgeWorld.Nurse, modern: false);
        await MakeAsync(world, EdgeWorld.Engineer, modern: false);
        var second = await MakeAsync(world, EdgeWorld.Nurse, modern: false);

        var answer = await world.PostAsync("""{"jsonrpc":"2.0","id":7,"method":"tasks/list"}""", Token);

        var result = answer.Json["result"]!;
        Assert.Equal([mine, second], result["tasks"]!.AsArray().Select(t => (string)t!["taskId"]!));
        Assert.Equal("c", (string?)result["nextCursor"]);
        Assert.DoesNotContain("task-2", world.Rooms.Masked.Last().Payload, StringComparison.Ordinal);
    }

    /// <summary>Attack: what a server names without having given it to the caller can be read, and opens nothing.</summary>
    [Theory]
    [InlineData("""{"taskId":"task-2","status":"working"}""")]
    [InlineData("""{"content":[],"_meta":{"io.modelcontextprotocol/related-task":{"taskId":"task-2"}}}""")]
    [InlineData("""{"content":[],"_meta":{"io.modelcontextprotocol/related-task":{"task\u0049d":"task-2"}}}""")]
    [InlineData("""{"taskId":"task-2\ud800","status":"working"}""")]
    public async Task Answer_NamesATaskOfOthers_OpensNothing(string result)
    {
        var (world, server) = await StartAsync();
        await using var end = world;
        var mine = await MakeAsync(world, EdgeWorld.Nurse, modern: false);
        await MakeAsync(world, EdgeWorld.Engineer, modern: false);
        world.Upstream.Script = (http, r) => ScriptedServer.JsonAsync(http, $$$"""{"jsonrpc":"2.0","id":{{{r.Id}}},"result":{{{result}}} }""");

        var answer = await AskAsync(world, EdgeWorld.Nurse, "tasks/get", mine, modern: false);

        Assert.DoesNotContain("task-2", answer.Body, StringComparison.Ordinal);
        var json = answer.Json["result"]!;
        var told = (string)(json["taskId"] ?? json["_meta"]![Related]!["taskId"])!;
        world.Upstream.Script = server.AnswerAsync;
        Assert.Equal(-32602, (await AskAsync(world, EdgeWorld.Nurse, "tasks/get", told, modern: false)).ErrorCode);
        Assert.Empty(server.Asked);
    }

    /// <summary>Attack: a server tells everybody of every task.</summary>
    [Fact]
    public async Task Stream_NewsOfOthersTasks_IsKeptBack()
    {
        var (world, _) = await StartAsync();
        await using var end = world;
        var mine = await MakeAsync(world, EdgeWorld.Nurse, modern: false);
        await MakeAsync(world, EdgeWorld.Engineer, modern: false);
        world.Upstream.Script = (http, _) => ScriptedServer.StreamAsync(http, [.. Events(
            $$"""{"jsonrpc":"2.0","method":"notifications/tasks/status","params":{{ServerTasks.Task("task-2")}} }""",
            $$"""{"jsonrpc":"2.0","method":"notifications/tasks/status","params":{{ServerTasks.Task("task-1")}} }""",
            """{"jsonrpc":"2.0","method":"notifications/tasks/status","params":{"status":"working"}}""",
            """{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":1,"progress":1,"_meta":{"io.modelcontextprotocol/related-task":{"taskId":"task-1"}}}}""")]);
        using var request = world.Request(HttpMethod.Get, null, EdgeWorld.Nurse, "clinic");

        using var response = await world.Client.SendAsync(request, Token);
        var told = await response.Content.ReadAsStringAsync(Token);

        Assert.DoesNotContain("task-", told, StringComparison.Ordinal);
        var news = told.Split('\n').Where(l => l.StartsWith("data: ", StringComparison.Ordinal)).Select(l => JsonNode.Parse(l["data: ".Length..])!["params"]!).ToArray();
        Assert.Equal(2, news.Length);
        Assert.Equal(mine, (string?)news[0]["taskId"]);
        Assert.Equal(mine, (string?)news[1]["_meta"]![Related]!["taskId"]);
    }

    /// <summary>2026-07-28: news is asked for by id. Ids of others are left out of what the server is asked.</summary>
    [Fact]
    public async Task Listen_AsksForTheCallersOwnOnly()
    {
        var (world, _) = await StartAsync();
        await using var end = world;
        var mine = await MakeAsync(world, EdgeWorld.Nurse, modern: true);
        var others = await MakeAsync(world, EdgeWorld.Engineer, modern: true);
        world.Upstream.Script = (http, r) => ScriptedServer.StreamAsync(http, [.. Events(
            """{"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged","params":{"notifications":{"taskIds":["task-1"]}}}""",
            $$"""{"jsonrpc":"2.0","method":"notifications/tasks","params":{{ServerTasks.Task("task-2")}} }""",
            $$"""{"jsonrpc":"2.0","method":"notifications/tasks","params":{{ServerTasks.Task("task-1")}} }""")]);

        var answer = await world.PostAsync(
            $$"""{"jsonrpc":"2.0","id":5,"method":"subscriptions/listen","params":{"notifications":{"taskIds":["{{mine}}","{{others}}","task-2"],"toolsListChanged":true},{{ModernMeta}} } }""",
            Token,
            headers: [("MCP-Protocol-Version", Rpc.Modern), ("Mcp-Method", "subscriptions/listen")]);

        var sent = JsonNode.Parse(world.Upstream.Received.Last().Body)!["params"]!["notifications"]!;
        Assert.Equal("""{"taskIds":["task-1"],"toolsListChanged":true}""", sent.ToJsonString());
        Assert.DoesNotContain("task-", answer.Body, StringComparison.Ordinal);
        Assert.Equal(2, answer.Body.Split(mine).Length - 1);
    }

    /// <summary>Attack: to tell a server news of a task, or to answer it, in another's name.</summary>
    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/tasks/status","params":{"taskId":"ID","status":"cancelled"}}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":1,"progress":1,"_meta":{"io.modelcontextprotocol/related-task":{"taskId":"ID"}}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":"x","result":{"action":"accept","_meta":{"io.modelcontextprotocol/related-task":{"taskId":"ID"}}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"get","_meta":{"io.modelcontextprotocol/Related-Task":{"taskId":"ID"}}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"get","_meta":{"io.modelcontextprotocol/related-task":{"taskId":["ID"]}}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"get","_meta":{"io.modelcontextprotocol/related-task":{"TaskId":"ID"}}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"get","_meta":{"io.modelcontextprotocol/related-task":"ID"}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":3,"method":"tasks/get","params":{"taskId":"ID\ud800"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"get","_meta":{"\ud800":{"io.modelcontextprotocol/related-task":{"taskId":"ID"}}}}}""")]
    public async Task Message_NamesATaskOfOthersElsewhere_IsNotForwarded(string message)
    {
        var (world, _) = await StartAsync();
        await using var end = world;
        var others = await MakeAsync(world, EdgeWorld.Engineer, modern: false);
        var before = world.Upstream.Received.Count;

        var sealedId = await world.PostAsync(message.Replace("ID", others, StringComparison.Ordinal), Token);
        var raw = await world.PostAsync(message.Replace("ID", "task-1", StringComparison.Ordinal), Token);

        Assert.Equal(before, world.Upstream.Received.Count);
        Assert.NotNull(sealedId.ErrorCode);
        Assert.NotNull(raw.ErrorCode);
    }

    /// <summary>What a tool is given and gives back is its own affair, whatever its keys are called.</summary>
    [Fact]
    public async Task Data_ThatLooksLikeTasks_IsLeftAlone()
    {
        var (world, _) = await StartAsync();
        await using var end = world;
        const string Arguments = """{"taskId":"t-9","_meta":{"io.modelcontextprotocol/related-task":{"taskId":"t-9"}}}""";
        world.Upstream.Script = (http, r) => ScriptedServer.JsonAsync(
            http, $$$"""{"jsonrpc":"2.0","id":{{{r.Id}}},"result":{"content":[{"type":"text","text":"{\"taskId\":\"t-9\"}"}],"structuredContent":{{{Arguments}}}}}""");

        var answer = await world.PostAsync(Rpc.Call("get", Arguments), Token);

        Assert.Contains(Arguments, world.Upstream.Received.Single(r => r.RpcMethod == "tools/call").Body, StringComparison.Ordinal);
        Assert.Contains(Arguments, answer.Body, StringComparison.Ordinal);
    }

    /// <summary>Edges share the key, and tell each other what they gave: one makes the task, the other knows it.</summary>
    [Fact]
    public async Task Task_AtAnotherEdgeWithTheSameKey_IsTheCallers()
    {
        var key = Path.Combine(Directory.CreateTempSubdirectory("chaperone-edge-key").FullName, "edge.key");
        var (world, server) = await StartAsync(new() { ["Edge:KeyFile"] = key });
        await using var end = world;
        var id = await MakeAsync(world, EdgeWorld.Nurse, modern: false);
        await using var other = await EdgeWorld.StartAsync(
            Token, new() { ["Edge:KeyFile"] = key, ["Edge:Issuers:0:Authority"] = world.Issuer.Authority }, upstreamUrl: world.Upstream.Url + "/mcp");

        async Task<JsonNode> AskOtherAsync(string body)
        {
            using var request = other.Request(HttpMethod.Post, body, null, "clinic", ("Authorization", $"Bearer {world.Issuer.Mint(EdgeWorld.Nurse)}"));
            using var response = await other.Client.SendAsync(request, Token);
            return JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!["result"]!;
        }

        const string List = """{"jsonrpc":"2.0","id":8,"method":"tasks/list"}""";
        var unheard = await AskOtherAsync(List);
        var got = await AskOtherAsync($$$"""{"jsonrpc":"2.0","id":9,"method":"tasks/get","params":{"taskId":"{{{id}}}"}}""");
        var shown = await AskOtherAsync(List);

        Assert.Empty(unheard["tasks"]!.AsArray());
        Assert.Equal(id, (string?)got["taskId"]);
        Assert.Equal("task-1", Assert.Single(server.Asked).Body);
        Assert.Equal(id, (string?)Assert.Single(shown["tasks"]!.AsArray())!["taskId"]);
    }

    private static async Task<(EdgeWorld World, ServerTasks Server)> StartAsync(Dictionary<string, string?>? settings = null)
    {
        var server = new ServerTasks();
        var world = await EdgeWorld.StartAsync(Token, settings, prepare: (policy, _) =>
        {
            var text = File.ReadAllText(policy);
            File.WriteAllText(policy, text + "\n" + text[(text.IndexOf("servers:", StringComparison.Ordinal) + "servers:".Length)..].Replace("clinic:", "lab:", StringComparison.Ordinal).Trim('\n'));
        });
        world.Upstream.Script = server.AnswerAsync;
        return (world, server);
    }

    private static IEnumerable<string> Events(params string[] messages) => messages.Select(m => $"data: {m}\n\n");

    private static async Task<string> MakeAsync(EdgeWorld world, TestPerson person, bool modern)
    {
        var answer = modern
            ? await world.PostAsync($$"""{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"slow","arguments":{},{{ModernMeta}} } }""", Token, person, headers: Rpc.ModernHeaders("slow"))
            : await world.PostAsync("""{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"slow","arguments":{},"task":{"ttl":60000}}}""", Token, person);
        var result = answer.Json["result"]!;
        return (string)(modern ? result : result["task"]!)["taskId"]!;
    }

    private static async Task<Answer> AskAsync(EdgeWorld world, TestPerson person, string method, string id, bool modern, string server = "clinic", string? client = null)
    {
        var (body, headers) = modern
            ? ($$"""{"jsonrpc":"2.0","id":3,"method":"{{method}}","params":{"taskId":"{{id}}",{{ModernMeta}} } }""", new[] { ("MCP-Protocol-Version", Rpc.Modern), ("Mcp-Method", method), ("Mcp-Name", id) })
            : ($$$"""{"jsonrpc":"2.0","id":3,"method":"{{{method}}}","params":{"taskId":"{{{id}}}"}}""", []);
        if (client is null)
        {
            return await world.PostAsync(body, Token, person, server, headers);
        }

        using var request = world.Request(HttpMethod.Post, body, null, server, [.. headers, ("Authorization", $"Bearer {world.Issuer.Mint(person, new TokenShape { ClientId = client })}")]);
        using var response = await world.Client.SendAsync(request, Token);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(Token), response.Headers, response.Content.Headers.ContentType?.MediaType);
    }

    private static Task<Answer> CallRelatedAsync(EdgeWorld world, TestPerson person, string id, bool modern)
    {
        var related = $"\"{Related}\":{{\"taskId\":\"{id}\"}}";
        return modern
            ? world.PostAsync($$"""{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"slow",{{ModernMeta.Replace("\"_meta\":{", "\"_meta\":{" + related + ",", StringComparison.Ordinal)}} } }""", Token, person, headers: Rpc.ModernHeaders("slow"))
            : world.PostAsync($$"""{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"slow","_meta":{ {{related}} } } }""", Token, person);
    }

    private static async Task<string> BeginAsync(EdgeWorld world)
    {
        var script = world.Upstream.Script;
        world.Upstream.Script = (http, r) =>
        {
            http.Response.Headers["Mcp-Session-Id"] = "upstream-1";
            return ScriptedServer.JsonAsync(http, $$$"""{"jsonrpc":"2.0","id":{{{r.Id}}},"result":{"protocolVersion":"2025-11-25"}}""");
        };
        var begun = await world.PostAsync("""{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"d","version":"1"}}}""", Token);
        world.Upstream.Script = script;
        return begun.Headers.GetValues("Mcp-Session-Id").Single();
    }
}
