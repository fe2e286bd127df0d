using System.Text.Json.Nodes;
using Chaperone.Contracts;
using Chaperone.TestKit;
using Microsoft.AspNetCore.Http;

namespace Chaperone.Edge.Tests.Walk;

/// <summary>Ways around the rule that servers ask nothing of clients unless policy says so: each one is played by a server that wants to.</summary>
public sealed class ServerAskTests
{
    private const string Marker = "steal-this";
    private const string Last = """{"jsonrpc":"2.0","id":ID,"result":{"content":[]}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Messages that some client takes for a request, or for one that it carries.</summary>
    private static string[] Disguises =>
    [
        // A plain one, and one with the id of the client's own request.
        """{"jsonrpc":"2.0","id":"s1","method":"sampling/createMessage","params":{"x":"steal-this"}}""",
        """{"jsonrpc":"2.0","id":ID,"method":"sampling/createMessage","params":{"x":"steal-this"}}""",

        // Without an id, with an id that is none, or named as a notification with an id.
        """{"jsonrpc":"2.0","method":"sampling/createMessage","params":{"x":"steal-this"}}""",
        """{"jsonrpc":"2.0","id":null,"method":"sampling/createMessage","params":{"x":"steal-this"}}""",
        """{"jsonrpc":"2.0","id":true,"method":"sampling/createMessage","params":{"x":"steal-this"}}""",
        """{"jsonrpc":"2.0","id":["s1"],"method":"sampling/createMessage","params":{"x":"steal-this"}}""",
        """{"jsonrpc":"2.0","id":{"a":1},"method":"elicitation/create","params":{"x":"steal-this"}}""",
        """{"jsonrpc":"2.0","id":"s1","method":"notifications/message","params":{"x":"steal-this"}}""",

        // At once a request and an answer.
        """{"jsonrpc":"2.0","id":ID,"result":{"content":[]},"method":"sampling/createMessage","params":{"x":"steal-this"}}""",
        """{"jsonrpc":"2.0","id":ID,"error":{"code":1,"message":"m"},"method":"roots/list","params":{"x":"steal-this"}}""",
        """{"jsonrpc":"2.0","id":ID,"result":{"content":[]},"error":{"code":1,"message":"steal-this"}}""",

        // Keys twice, or written otherwise.
        """{"jsonrpc":"2.0","id":"s1","method":"sampling/createMessage","method":"notifications/message","params":{"x":"steal-this"}}""",
        """{"jsonrpc":"2.0","id":"s1","id":null,"method":"sampling/createMessage","params":{"x":"steal-this"}}""",
        """{"jsonrpc":"2.0","id":ID,"result":{"content":[]},"Method":"sampling/createMessage","Params":{"x":"steal-this"}}""",
        """{"jsonrpc":"2.0","id":ID,"result":{"content":[]},"METHOD":"sampling/createMessage","params":{"x":"steal-this"}}""",
        """{"jsonrpc":"2.0","Id":"s1","method":"notifications/message","params":{"x":"steal-this"}}""",
        """{"jsonrpc":"2.0","id":ID,"result":{"content":[]},"m\u0065thod":"sampling/createMessage","params":{"x":"steal-this"}}""",

        // Another spelling of the method.
        """{"jsonrpc":"2.0","id":"s1","method":"Sampling/CreateMessage","params":{"x":"steal-this"}}""",
        """{"jsonrpc":"2.0","id":"s1","method":" sampling/createMessage","params":{"x":"steal-this"}}""",
        """{"jsonrpc":"2.0","id":"s1","method":"sampling\/createMessage","params":{"x":"steal-this"}}""",
        """{"jsonrpc":"2.0","id":"s1","method":["sampling/createMessage"],"params":{"x":"steal-this"}}""",
        """{"jsonrpc":"2.0","id":"s1","method":null,"params":{"x":"steal-this"}}""",

        // Batches, nested or not.
        """[{"jsonrpc":"2.0","id":"s1","method":"sampling/createMessage","params":{"x":"steal-this"}}]""",
        """[[{"jsonrpc":"2.0","id":"s1","method":"sampling/createMessage","params":{"x":"steal-this"}}]]""",
        """[{"jsonrpc":"2.0","id":ID,"result":{"content":[]}},{"jsonrpc":"2.0","id":"s1","method":"roots/list","params":{"x":"steal-this"}}]""",

        // Neither one nor the other.
        """{"jsonrpc":"2.0","id":"s1","params":{"x":"steal-this"}}""",

        // What answers carry (2026-07-28), in its form, in others, in tasks, and in errors.
        """{"jsonrpc":"2.0","id":ID,"result":{"resultType":"input_required","inputRequests":{"a":{"method":"sampling/createMessage","params":{"x":"steal-this"}}}}}""",
        """{"jsonrpc":"2.0","id":ID,"result":{"resultType":"input_required","inputRequests":[{"method":"sampling/createMessage","params":{"x":"steal-this"}}]}}""",
        """{"jsonrpc":"2.0","id":ID,"result":{"resultType":"input_required","inputRequests":"steal-this"}}""",
        """{"jsonrpc":"2.0","id":ID,"result":{"resultType":"input_required","InputRequests":{"a":{"method":"roots/list","params":{"x":"steal-this"}}}}}""",
        """{"jsonrpc":"2.0","id":ID,"result":{"resultType":"input_required","inputRequests":{"a":{"method":"ping","METHOD":"sampling/createMessage","params":{"x":"steal-this"}}}}}""",
        """{"jsonrpc":"2.0","id":ID,"result":{"resultType":"input_required","inputRequests":{},"inputRequests":{"a":{"method":"roots/list","params":{"x":"steal-this"}}}}}""",
        """{"jsonrpc":"2.0","id":ID,"result":{"resultType":"input_required","inputRequests":{"a":{"Method":"sampling/createMessage","params":{"x":"steal-this"}}}}}""",
        """{"jsonrpc":"2.0","id":ID,"result":{"resultType":"complete","inputRequests":{"a":{"method":"elicitation/create","params":{"x":"steal-this"}}}}}""",
        """{"jsonrpc":"2.0","id":ID,"result":{"inputRequests":{"a":{"method":"elicitation/create","params":{"x":"steal-this"}}},"content":[]}}""",
        """{"jsonrpc":"2.0","id":ID,"result":{"resultType":"task","task":{"taskId":"t","status":"input_required","inputRequests":{"a":{"method":"elicitation/create","params":{"x":"steal-this"}}}}}}""",
        """{"jsonrpc":"2.0","id":ID,"result":{"taskId":"t","status":"input_required","inputRequests":{"a":{"method":"sampling/createMessage","params":{"x":"steal-this"}}}}}""",
        """{"jsonrpc":"2.0","id":ID,"result":{"_meta":{"io.modelcontextprotocol/related":{"inputRequests":{"a":{"method":"sampling/createMessage","params":{"x":"steal-this"}}}}},"content":[]}}""",
        """{"jsonrpc":"2.0","method":"notifications/tasks","params":{"taskId":"t","status":"input_required","inputRequests":{"a":{"method":"elicitation/create","params":{"x":"steal-this"}}}}}""",
        """{"jsonrpc":"2.0","method":"notifications/tasks/status","params":{"task":{"inputRequests":[{"method":"roots/list","params":{"x":"steal-this"}}]}}}""",
        """{"jsonrpc":"2.0","id":ID,"error":{"code":-32042,"message":"m","data":{"elicitations":[{"mode":"url","elicitationId":"e","url":"https://evil.example/steal-this"}]}}}""",
        """{"jsonrpc":"2.0","id":ID,"error":{"code":-32042.0,"message":"m","data":{"elicitations":[{"mode":"url","url":"https://evil.example/steal-this"}]}}}""",
        """{"jsonrpc":"2.0","id":ID,"error":{"code":-32042,"message":"m","data":{"Elicitations":[{"url":"https://evil.example/steal-this"}]}}}""",
        """{"jsonrpc":"2.0","id":ID,"error":{"code":-32021,"message":"m","data":{"inputRequests":{"a":{"method":"roots/list","params":{"x":"steal-this"}}}}}}""",
    ];

    /// <summary>Whatever its form and the revision, nothing of it reaches the client, nor even masking.</summary>
    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(true, false)]
    public async Task Post_EachDisguise_NothingPasses(bool modern, bool stream)
    {
        await using var world = await StartAsync();
        foreach (var message in Disguises)
        {
            world.Upstream.Script = (http, r) => r.RpcMethod != "tools/call" ? AcceptedAsync(http)
                : stream ? ScriptedServer.StreamAsync(http, Event(message, r), Event(Last, r))
                : ScriptedServer.JsonAsync(http, message.Replace("ID", r.Id, StringComparison.Ordinal));

            var answer = modern
                ? await world.PostAsync(Rpc.ModernCall("get"), Token, headers: Rpc.ModernHeaders("get"))
                : await world.PostAsync(Rpc.Call("get"), Token);

            Assert.True(IsClean(answer.Body), $"{message} made {answer.Body}");
            Assert.DoesNotContain(world.Rooms.Masked, m => m.Payload.Contains(Marker, StringComparison.Ordinal));
        }
    }

    /// <summary>A stream of the client's own that is taken up again: answers to calls of earlier streams come there, too.</summary>
    [Fact]
    public async Task Get_EachDisguise_NothingPasses()
    {
        await using var world = await StartAsync();
        foreach (var message in Disguises)
        {
            world.Upstream.Script = (http, r) => r.Method == "GET"
                ? ScriptedServer.StreamAsync(http, $"id: 1\ndata: {message.Replace("ID", "1", StringComparison.Ordinal)}\n\n")
                : AcceptedAsync(http);
            using var request = world.Request(HttpMethod.Get, null, EdgeWorld.Nurse, "clinic", ("Last-Event-ID", "0"), ("MCP-Protocol-Version", Rpc.Legacy));

            using var response = await world.Client.SendAsync(request, Token);

            var body = await response.Content.ReadAsStringAsync(Token);
            Assert.True(IsClean(body), $"{message} made {body}");
        }
    }

    /// <summary>Other methods than tool calls carry requests as well.</summary>
    [Theory]
    [InlineData("prompts/get", "\"name\":\"p\"")]
    [InlineData("resources/read", "\"uri\":\"file:///a\"")]
    [InlineData("tasks/get", "\"taskId\":\"t\"")]
    [InlineData("tasks/result", "\"taskId\":\"t\"")]
    [InlineData("tools/list", "\"cursor\":\"c\"")]
    [InlineData("completion/complete", "\"ref\":{\"type\":\"ref/prompt\",\"name\":\"p\"},\"argument\":{\"name\":\"a\",\"value\":\"\"}")]
    public async Task Json_OtherMethods_NothingPasses(string method, string parameters)
    {
        await using var world = await StartAsync();
        world.Upstream.Script = (http, r) => ScriptedServer.JsonAsync(http, """{"jsonrpc":"2.0","id":ID,"result":{"task":{"taskId":"t","status":"working"}}}""".Replace("ID", r.Id, StringComparison.Ordinal));
        var made = await world.PostAsync(Rpc.Call("slow"), Token);
        parameters = parameters.Replace("\"t\"", made.Json["result"]!["task"]!["taskId"]!.ToJsonString(), StringComparison.Ordinal);
        world.Upstream.Script = (http, r) => ScriptedServer.JsonAsync(http,
            """{"jsonrpc":"2.0","id":ID,"result":{"resultType":"input_required","inputRequests":{"a":{"method":"elicitation/create","params":{"x":"steal-this"}}}}}""".Replace("ID", r.Id, StringComparison.Ordinal));

        var answer = await world.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"METHOD","params":{PARAMS}}""".Replace("METHOD", method, StringComparison.Ordinal).Replace("PARAMS", parameters, StringComparison.Ordinal), Token);

        Assert.Contains(world.Upstream.Received, r => r.RpcMethod == method);
        Assert.NotNull(answer.ErrorCode);
        Assert.True(IsClean(answer.Body), answer.Body);
    }

    /// <summary>Policy sees what is asked, not only that something is: one allowed form does not open the way for an address.</summary>
    [Fact]
    public async Task Json_InputRequests_PolicySeesEachWithItsParams()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Upstream.Script = (http, r) => ScriptedServer.JsonAsync(http, """
            {"jsonrpc":"2.0","id":ID,"result":{"resultType":"input_required","requestState":"s","inputRequests":{
              "a":{"method":"elicitation/create","params":{"mode":"form"}},"b":{"method":"elicitation/create","params":{"mode":"url","url":"https://evil.example"}}}}}
            """.Replace("ID", r.Id, StringComparison.Ordinal));

        await world.PostAsync(Rpc.ModernCall("get"), Token, headers: Rpc.ModernHeaders("get"));

        var seal = world.Service<Bus.Sealing.IPayloadSeal>();
        var asked = world.Rooms.Evaluated.Where(e => e.Call.Direction == CallDirection.FromServer).Select(e => JsonNode.Parse(seal.Open(e.Message, e.Call.CallId))!).ToArray();
        Assert.Equal(["form", "url"], asked.Select(a => (string?)a["params"]!["mode"]));
        Assert.All(asked, a => Assert.Equal("elicitation/create", (string?)a["method"]));
    }

    [Fact]
    public async Task Json_VeryManyInputRequests_AreRefused()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        var many = string.Join(',', Enumerable.Range(0, 40).Select(i => $"\"a{i}\":{{\"method\":\"roots/list\"}}"));
        world.Upstream.Script = (http, r) => ScriptedServer.JsonAsync(http,
            """{"jsonrpc":"2.0","id":ID,"result":{"resultType":"input_required","inputRequests":{MANY}}}""".Replace("ID", r.Id, StringComparison.Ordinal).Replace("MANY", many, StringComparison.Ordinal));

        var answer = await world.PostAsync(Rpc.ModernCall("get"), Token, headers: Rpc.ModernHeaders("get"));

        Assert.DoesNotContain("inputRequests", answer.Body, StringComparison.Ordinal);
        Assert.Single(world.Rooms.Evaluated);
    }

    /// <summary>2026-07-28 has no requests of servers, whatever policy allows.</summary>
    [Fact]
    public async Task Stream_ModernRequest_IsRefusedEvenIfAllowed()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Upstream.Script = (http, r) => ScriptedServer.StreamAsync(http, Event("""{"jsonrpc":"2.0","id":"s1","method":"roots/list","params":{"x":"steal-this"}}""", r), Event(Last, r));

        var answer = await world.PostAsync(Rpc.ModernCall("get"), Token, headers: Rpc.ModernHeaders("get"));

        Assert.DoesNotContain(Marker, answer.Body, StringComparison.Ordinal);
    }

    /// <summary>What was asked is answered under the server's own id, in the session it was asked in.</summary>
    [Fact]
    public async Task Answer_ToWhatWasAsked_ReachesTheServer()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        var id = await AskAsync(world, "\"s1\"");

        var answer = await world.PostAsync($$$"""{"jsonrpc":"2.0","id":"{{{id}}}","result":{"action":"accept"}}""", Token);

        Assert.Equal(202, answer.Status);
        Assert.Equal("""{"jsonrpc":"2.0","id":"s1","result":{"action":"accept"}}""", world.Upstream.Received.Last().Body);
    }

    /// <summary>The type of the id stays the server's.</summary>
    [Fact]
    public async Task Answer_ToANumberedRequest_HasTheNumber()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        var id = await AskAsync(world, "7");

        await world.PostAsync($$$"""{"jsonrpc":"2.0","id":"{{{id}}}","error":{"code":-1,"message":"no"}}""", Token);

        Assert.Contains("\"id\":7,", world.Upstream.Received.Last().Body, StringComparison.Ordinal);
    }

    /// <summary>Answers that nobody asked for carry what they like past the rules about calls.</summary>
    [Theory]
    [InlineData("\"s1\"")]
    [InlineData("1")]
    [InlineData("\"0\"")]
    [InlineData("\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"")]
    public async Task Answer_ToNothing_IsRefused(string id)
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Upstream.Script = (http, _) => AcceptedAsync(http);

        var answer = await world.PostAsync($$$"""{"jsonrpc":"2.0","id":{{{id}}},"result":{"roots":["steal-this"]}}""", Token);

        Assert.Equal(400, answer.Status);
        Assert.Empty(world.Upstream.Received);
        Assert.Equal(OutcomeStatus.Refused, world.Rooms.Masked.Last().Message.Outcome!.Status);
    }

    /// <summary>A refused request has no answer, though client and server may agree on one.</summary>
    [Fact]
    public async Task Answer_ToWhatWasRefused_IsRefused()
    {
        await using var world = await StartAsync();
        world.Upstream.Script = (http, r) => r.RpcMethod == "tools/call"
            ? ScriptedServer.StreamAsync(http, Event("""{"jsonrpc":"2.0","id":"s1","method":"roots/list"}""", r), Event(Last, r))
            : AcceptedAsync(http);
        await world.PostAsync(Rpc.Call("get"), Token);
        var sent = world.Upstream.Received.Count;

        var answer = await world.PostAsync("""{"jsonrpc":"2.0","id":"s1","result":{"roots":[]}}""", Token);

        Assert.Equal(400, answer.Status);
        Assert.Equal(sent, world.Upstream.Received.Count);
    }

    /// <summary>What one person was asked, nobody else answers.</summary>
    [Fact]
    public async Task Answer_BySomebodyElse_IsRefused()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        var id = await AskAsync(world, "\"s1\"");
        var sent = world.Upstream.Received.Count;

        var answer = await world.PostAsync($$$"""{"jsonrpc":"2.0","id":"{{{id}}}","result":{}}""", Token, EdgeWorld.Engineer);

        Assert.Equal(400, answer.Status);
        Assert.Equal(sent, world.Upstream.Received.Count);
    }

    /// <summary>A server that no longer needs the answer says so under the id that the client knows.</summary>
    [Fact]
    public async Task Cancelled_WhatWasAsked_CarriesTheClientsId()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Upstream.Script = (http, r) => ScriptedServer.StreamAsync(http,
            Event("""{"jsonrpc":"2.0","id":"s1","method":"roots/list"}""", r),
            Event("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"s1","reason":"r"}}""", r),
            Event(Last, r));

        var answer = await world.PostAsync(Rpc.Call("get"), Token);

        var events = answer.Body.Split('\n').Where(l => l.StartsWith("data: ", StringComparison.Ordinal)).Select(l => JsonNode.Parse(l[6..])!).ToArray();
        Assert.Equal((string?)events[0]["id"], (string?)events[1]["params"]!["requestId"]);
        Assert.NotEqual("s1", (string?)events[0]["id"]);
    }

    [Fact]
    public async Task Request_WithAnEndlessId_IsRefused()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Upstream.Script = (http, r) => ScriptedServer.StreamAsync(http, Event($$"""{"jsonrpc":"2.0","id":"{{new string('x', 500)}}","method":"roots/list"}""", r), Event(Last, r));

        var answer = await world.PostAsync(Rpc.Call("get"), Token);

        Assert.DoesNotContain("roots/list", answer.Body, StringComparison.Ordinal);
    }

    private static async Task<EdgeWorld> StartAsync()
    {
        var world = await EdgeWorld.StartAsync(Token);
        world.Rooms.Decide = e => (e.Call.Direction == CallDirection.FromServer ? CallEffect.Deny : CallEffect.Allow, true);
        return world;
    }

    /// <summary>Has the server ask for roots; the id that the client sees.</summary>
    private static async Task<string> AskAsync(EdgeWorld world, string id)
    {
        world.Upstream.Script = (http, r) => r.RpcMethod == "tools/call"
            ? ScriptedServer.StreamAsync(http, Event($$"""{"jsonrpc":"2.0","id":{{id}},"method":"roots/list"}""", r), Event(Last, r))
            : AcceptedAsync(http);
        var answer = await world.PostAsync(Rpc.Call("get"), Token);
        return (string)JsonNode.Parse(answer.Body.Split('\n').First(l => l.StartsWith("data: ", StringComparison.Ordinal))[6..])!["id"]!;
    }

    private static bool IsClean(string body) =>
        !body.Contains(Marker, StringComparison.Ordinal)
        && !body.Contains("inputRequests", StringComparison.OrdinalIgnoreCase)
        && !body.Contains("\"method\"", StringComparison.OrdinalIgnoreCase);

    private static string Event(string message, ReceivedRequest request) => $"data: {message.Replace("ID", request.Id, StringComparison.Ordinal)}\n\n";

    private static Task AcceptedAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status202Accepted;
        return Task.CompletedTask;
    }
}
