using System.Net;
using Chaperone.Contracts;
using Chaperone.TestKit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Chaperone.Edge.Tests.Walk;

/// <summary>The walk of a call through a real edge; the other rooms are played.</summary>
public sealed class WalkTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_Allowed_ForwardsTheOriginalBytesAndReleasesTheMaskedAnswer()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Upstream.Script = (http, r) => ScriptedServer.JsonAsync(http, $$$"""{"jsonrpc":"2.0","id":{{{r.Id}}},"result":{"content":[{"type":"text","text":"SSN 123-45-6789"}]}}""");
        var body = "{ \"jsonrpc\":\"2.0\", \"id\": \"x-1\",\"method\":\"tools/call\",\"params\":{\"name\":\"get\",\"arguments\":{\"n\":1.50}} }";

        var answer = await world.PostAsync(body, Token);

        Assert.Equal(200, answer.Status);
        Assert.Equal("SSN [SSN]", answer.Text);
        var sent = Assert.Single(world.Upstream.Received);
        Assert.Equal(body, sent.Body);
        Assert.Equal(CallEffect.Allow, Assert.Single(world.Rooms.Masked).Message.Decision.Effect);
    }

    /// <summary>Invariant 5: neither the caller's token nor cookies nor origin reach the upstream; its own credential does.</summary>
    [Fact]
    public async Task Post_Allowed_SendsOnlyTheUpstreamsCredential()
    {
        await using var world = await EdgeWorld.StartAsync(Token);

        await world.PostAsync(Rpc.Call("get"), Token, headers: [("Cookie", "a=b"), ("Origin", "http://localhost"), ("X-Forwarded-For", "1.2.3.4"), ("Mcp-Param-Region", "eu")]);

        var headers = Assert.Single(world.Upstream.Received).Headers;
        Assert.Equal("Bearer upstream-secret", headers["Authorization"]);
        Assert.Equal("eu", headers["Mcp-Param-Region"]);
        Assert.False(headers.ContainsKey("Cookie"));
        Assert.False(headers.ContainsKey("Origin"));
        Assert.False(headers.ContainsKey("X-Forwarded-For"));
        Assert.False(headers.ContainsKey("Accept-Encoding"));
    }

    [Fact]
    public async Task Post_VisibleToolDenied_AnswersAToolErrorThatNamesTheRule()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Rooms.Decide = _ => (CallEffect.Deny, true);

        var answer = await world.PostAsync(Rpc.Call("drop"), Token);

        Assert.Equal(200, answer.Status);
        Assert.True((bool?)answer.Json["result"]!["isError"]);
        Assert.Contains("played", answer.Text, StringComparison.Ordinal);
        Assert.Equal("deny", (string?)answer.Json["result"]!["_meta"]!["dev.chaperone/decision"]!["effect"]);
        Assert.Empty(world.Upstream.Received);
        Assert.Equal(OutcomeStatus.Refused, Assert.Single(world.Rooms.Masked).Message.Outcome!.Status);
    }

    [Fact]
    public async Task Post_HiddenTool_AnswersAsForAnUnknownTool()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Rooms.Decide = _ => (CallEffect.Deny, false);

        var answer = await world.PostAsync(Rpc.Call("secret_tool"), Token);

        Assert.Equal(200, answer.Status);
        Assert.Equal(-32602, answer.ErrorCode);
        Assert.Equal("Unknown tool: secret_tool", answer.Text);
    }

    [Fact]
    public async Task Post_HiddenServerAndUnknownServer_LookTheSame()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Rooms.Decide = _ => (CallEffect.Deny, false);
        const string ping = """{"jsonrpc":"2.0","id":1,"method":"ping"}""";

        var hidden = await world.PostAsync(ping, Token);
        var unknown = await world.PostAsync(ping, Token, server: "nowhere");

        Assert.Equal((404, unknown.Body), (hidden.Status, hidden.Body));
        Assert.Equal(404, unknown.Status);
    }

    [Theory]
    [InlineData(false, 200)]
    [InlineData(true, 404)]
    public async Task Post_UnknownMethod_IsRefusedInTheErasWay(bool modern, int status)
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Rooms.Decide = _ => (CallEffect.Deny, true);
        var body = modern
            ? Rpc.ModernCall("x").Replace("tools/call", "tools/frobnicate", StringComparison.Ordinal)
            : """{"jsonrpc":"2.0","id":1,"method":"tools/frobnicate"}""";

        var answer = await world.PostAsync(body, Token, headers: modern ? [("MCP-Protocol-Version", Rpc.Modern), ("Mcp-Method", "tools/frobnicate")] : []);

        Assert.Equal(status, answer.Status);
        Assert.Equal(-32601, answer.ErrorCode);
        Assert.Empty(world.Upstream.Received);
    }

    /// <summary>What 2026-07-28 removed is unknown there, even where its params would be wrong as well.</summary>
    [Theory]
    [InlineData("resources/subscribe")]
    [InlineData("tasks/result")]
    public async Task Post_RemovedMethod_IsUnknown(string method)
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        var body = Rpc.ModernCall("x").Replace("tools/call", method, StringComparison.Ordinal).Replace("\"name\":\"x\",", string.Empty, StringComparison.Ordinal);

        var answer = await world.PostAsync(body, Token, headers: [("MCP-Protocol-Version", Rpc.Modern), ("Mcp-Method", method)]);

        Assert.Equal((404, -32601), (answer.Status, answer.ErrorCode));
        Assert.Empty(world.Upstream.Received);
    }

    /// <summary>Invariants 1 and 2: a broken policy room forwards nothing, and the number it cost is recorded as void.</summary>
    [Fact]
    public async Task Post_PolicyBroken_ForwardsNothingAndVoidsTheNumber()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Rooms.Decide = _ => throw new InvalidOperationException("boom");

        var answer = await world.PostAsync(Rpc.Call("get"), Token);

        Assert.Equal(200, answer.Status);
        Assert.Contains("not executed", answer.Text, StringComparison.Ordinal);
        Assert.Empty(world.Upstream.Received);
        await TestLimits.UntilAsync(() => ValueTask.FromResult(!world.Rooms.Recorded.IsEmpty), "a void record", Token);
        Assert.Equal(RecordKind.Void, world.Rooms.Recorded.First().Kind);
    }

    /// <summary>Better not executed than executed and then withheld.</summary>
    [Fact]
    public async Task Post_PolicySlow_ForwardsNothingWhoseAnswerWouldComeTooLate()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var world = await EdgeWorld.StartAsync(Token, time: time);
        world.Rooms.Work = () => time.Advance(TimeSpan.FromSeconds(1.6));

        var answer = await world.PostAsync(Rpc.Call("get"), Token);

        Assert.Equal((200, -32603), (answer.Status, answer.ErrorCode));
        Assert.Contains("not executed: the gateway is too slow", answer.Text, StringComparison.Ordinal);
        Assert.Empty(world.Upstream.Received);
        Assert.Equal(OutcomeStatus.Refused, Assert.Single(world.Rooms.Masked).Message.Outcome!.Status);
    }

    /// <summary>Invariant 1: what cannot be masked and recorded is not released, and the client learns that it was executed.</summary>
    [Fact]
    public async Task Post_MaskingBroken_WithholdsTheResult()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Upstream.Script = (http, r) => ScriptedServer.JsonAsync(http, $$$"""{"jsonrpc":"2.0","id":{{{r.Id}}},"result":{"content":[{"type":"text","text":"SSN 123-45-6789"}]}}""");
        world.Rooms.Mask = (_, _) => throw new InvalidOperationException("boom");

        var answer = await world.PostAsync(Rpc.Call("get"), Token);

        Assert.Contains("was executed", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("123-45-6789", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_UpstreamDown_SaysNotExecuted()
    {
        await using var world = await EdgeWorld.StartAsync(Token, upstreamUrl: $"http://127.0.0.1:{PrivatePorts.Take()}/mcp");

        var answer = await world.PostAsync(Rpc.Call("get"), Token);

        Assert.Equal(502, answer.Status);
        Assert.Contains("not executed", answer.Text, StringComparison.Ordinal);
        Assert.Equal(OutcomeStatus.Failed, Assert.Single(world.Rooms.Masked).Message.Outcome!.Status);
    }

    [Fact]
    public async Task Post_UpstreamAnswersHtml_IsNeverReleased()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Upstream.Script = (http, _) =>
        {
            http.Response.ContentType = "text/html";
            return http.Response.WriteAsync("<html>patient 123-45-6789</html>", Token);
        };

        var answer = await world.PostAsync(Rpc.Call("get"), Token);

        Assert.Equal(502, answer.Status);
        Assert.DoesNotContain("patient", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_UpstreamRefusesTheGatewaysCredential_IsNoChallengeToTheClient()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Upstream.Script = (http, _) =>
        {
            http.Response.StatusCode = 401;
            http.Response.Headers.WWWAuthenticate = "Bearer realm=upstream";
            return Task.CompletedTask;
        };

        var answer = await world.PostAsync(Rpc.Call("get"), Token);

        Assert.Equal(502, answer.Status);
        Assert.Empty(answer.Headers.WwwAuthenticate);
    }

    [Fact]
    public async Task Post_UpstreamClosesMidAnswer_IsWithheld()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Upstream.Script = async (http, _) =>
        {
            http.Response.ContentType = "application/json";
            http.Response.ContentLength = 1000;
            await http.Response.WriteAsync("{\"jsonrpc\":\"2.0\",", Token);
            await http.Response.Body.FlushAsync(Token);
            http.Abort();
        };

        var answer = await world.PostAsync(Rpc.Call("get"), Token);

        Assert.Equal(502, answer.Status);
        Assert.Contains("withheld", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_UpstreamTooSlow_EndsWithinTheLimit()
    {
        await using var world = await EdgeWorld.StartAsync(Token, new() { ["Edge:UpstreamTimeout"] = "00:00:01" });
        var release = new TaskCompletionSource();
        world.Upstream.Script = async (http, _) =>
        {
            http.Response.ContentType = "application/json";
            await http.Response.Body.FlushAsync(Token);
            await release.Task;
        };

        var answer = await world.PostAsync(Rpc.Call("get"), Token);
        release.SetResult();

        Assert.Equal(504, answer.Status);
    }

    [Fact]
    public async Task Post_AnswerTooLarge_IsWithheld()
    {
        await using var world = await EdgeWorld.StartAsync(Token, new() { ["Edge:MaxResponseBytes"] = "2048" });
        world.Upstream.Script = (http, r) => ScriptedServer.JsonAsync(http, $$$"""{"jsonrpc":"2.0","id":{{{r.Id}}},"result":{"content":[{"type":"text","text":"{{{new string('x', 4096)}}}"}]}}""");

        var answer = await world.PostAsync(Rpc.Call("get"), Token);

        Assert.Equal(502, answer.Status);
        Assert.Contains("2048", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_Notification_IsAcknowledgedOnceRecorded()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Upstream.Script = (http, _) =>
        {
            http.Response.StatusCode = StatusCodes.Status202Accepted;
            return Task.CompletedTask;
        };

        var answer = await world.PostAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", Token);

        Assert.Equal((202, string.Empty), (answer.Status, answer.Body));
        Assert.Single(world.Rooms.Masked);
    }

    [Fact]
    public async Task Post_List_IsReviewedByPolicyBeforeItIsReleased()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Upstream.Script = (http, r) => ScriptedServer.JsonAsync(http, $$$"""{"jsonrpc":"2.0","id":{{{r.Id}}},"result":{"tools":[{"name":"hidden"}]}}""");

        var answer = await world.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", Token);

        Assert.DoesNotContain("hidden", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_ListThatCannotBeReviewed_IsWithheld()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Rooms.Review = _ => null;
        world.Upstream.Script = (http, r) => ScriptedServer.JsonAsync(http, $$$"""{"jsonrpc":"2.0","id":{{{r.Id}}},"result":{"tools":[{"name":"hidden"}]}}""");

        var answer = await world.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", Token);

        Assert.Equal(-32603, answer.ErrorCode);
        Assert.DoesNotContain("hidden", answer.Body, StringComparison.Ordinal);
    }

    /// <summary>Every message has the next number, so that one that vanishes is noticed (invariant 9).</summary>
    [Fact]
    public async Task Posts_InARow_AreNumberedWithoutHoles()
    {
        await using var world = await EdgeWorld.StartAsync(Token);

        for (var i = 0; i < 5; i++)
        {
            await world.PostAsync(Rpc.Call("get"), Token);
        }

        var numbers = world.Rooms.Evaluated.Select(e => e.Stamp.Number).Concat(world.Rooms.Masked.Select(m => m.Message.Stamp.Number)).Order();
        Assert.Equal(Enumerable.Range(2, 10).Select(n => (long)n), numbers); // 1 was the first heartbeat's.
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task GetAndDelete_Modern_AreNotAllowed(string method)
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        using var request = world.Request(new HttpMethod(method), null, EdgeWorld.Nurse, "clinic", ("MCP-Protocol-Version", Rpc.Modern));

        using var response = await world.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }
}
