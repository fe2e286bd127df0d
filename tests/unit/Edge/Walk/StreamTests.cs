using System.Net;
using Chaperone.Contracts;
using Chaperone.TestKit;
using Microsoft.AspNetCore.Http;

namespace Chaperone.Edge.Tests.Walk;

/// <summary>Streams: every event masked and recorded, framing kept, server requests decided.</summary>
public sealed class StreamTests
{
    private const string Progress = """{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":1,"progress":1,"message":"SSN 123-45-6789"}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_Stream_MasksEachEventAndKeepsItsFraming()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Upstream.Script = (http, r) => ScriptedServer.StreamAsync(http,
            "id: 0\nretry: 500\ndata: \n\n",
            ": secret 123-45-6789\n\n",
            $"event: message\nid: 1\ndata: {Progress}\n\n",
            $"id: 2\r\ndata: {{\"jsonrpc\":\"2.0\",\r\ndata: \"id\":{r.Id},\"result\":{{\"content\":[{{\"type\":\"text\",\"text\":\"123-45-6789\"}}]}}}}\r\n\r\n");

        var answer = await world.PostAsync(Rpc.Call("get"), Token);

        Assert.Equal("text/event-stream", answer.MediaType);
        Assert.DoesNotContain("123-45-6789", answer.Body, StringComparison.Ordinal);
        Assert.Contains("id: 0\nretry: 500\ndata: \n\n", answer.Body, StringComparison.Ordinal);
        Assert.Contains("event: message\nid: 1\ndata: ", answer.Body, StringComparison.Ordinal);
        Assert.Contains("\"text\":\"[SSN]\"", answer.Body, StringComparison.Ordinal);
        Assert.Equal([MaskPurpose.Event, MaskPurpose.Answer], world.Rooms.Masked.Select(m => m.Message.Purpose));
    }

    /// <summary>The C# SDK answers 2026-07-28 errors as the one event of a stream under 400; the client needs status, code and data.</summary>
    [Fact]
    public async Task Post_ErrorStreamedUnder400_KeepsStatusAndIsMasked()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Upstream.Script = (http, r) =>
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return ScriptedServer.StreamAsync(http, $"event: message\ndata: {{\"jsonrpc\":\"2.0\",\"id\":{r.Id},\"error\":{{\"code\":-32021,\"message\":\"SSN 123-45-6789\"}}}}\n\n");
        };

        var answer = await world.PostAsync(Rpc.Call("get"), Token);

        Assert.Equal((400, -32021), (answer.Status, answer.ErrorCode));
        Assert.DoesNotContain("123-45-6789", answer.Body, StringComparison.Ordinal);
        Assert.Equal([MaskPurpose.Answer], world.Rooms.Masked.Select(m => m.Message.Purpose));
    }

    [Fact]
    public async Task Post_StreamedList_IsReviewed()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Upstream.Script = (http, r) => ScriptedServer.StreamAsync(http, $"data: {{\"jsonrpc\":\"2.0\",\"id\":{r.Id},\"result\":{{\"tools\":[{{\"name\":\"hidden\"}}]}}}}\n\n");

        var answer = await world.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", Token);

        Assert.DoesNotContain("hidden", answer.Body, StringComparison.Ordinal);
    }

    /// <summary>A server's request that policy refuses never reaches the client; the server is told.</summary>
    [Fact]
    public async Task Post_ServerRequestDenied_IsAnsweredByTheGateway()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Rooms.Decide = e => (e.Call.Direction == CallDirection.FromServer ? CallEffect.Deny : CallEffect.Allow, true);
        var refused = new TaskCompletionSource();
        world.Upstream.Script = async (http, r) =>
        {
            if (r.RpcMethod != "tools/call")
            {
                refused.TrySetResult();
                http.Response.StatusCode = StatusCodes.Status202Accepted;
                return;
            }

            await ScriptedServer.StreamAsync(http, "data: {\"jsonrpc\":\"2.0\",\"id\":\"s1\",\"method\":\"sampling/createMessage\",\"params\":{}}\n\n");
            await refused.Task.WaitAsync(TestLimits.Signal, Token);
            await ScriptedServer.StreamAsync(http, $"data: {{\"jsonrpc\":\"2.0\",\"id\":{r.Id},\"result\":{{\"content\":[]}}}}\n\n");
        };

        var answer = await world.PostAsync(Rpc.Call("get"), Token);

        Assert.DoesNotContain("sampling", answer.Body, StringComparison.Ordinal);
        Assert.Contains("\"id\":\"s1\"", world.Upstream.Received.Last().Body, StringComparison.Ordinal);
        Assert.Contains("\"error\"", world.Upstream.Received.Last().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_ServerRequestAllowed_ReachesTheClient()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Upstream.Script = (http, r) => ScriptedServer.StreamAsync(http,
            "data: {\"jsonrpc\":\"2.0\",\"id\":\"s1\",\"method\":\"elicitation/create\",\"params\":{\"message\":\"123-45-6789\"}}\n\n",
            $"data: {{\"jsonrpc\":\"2.0\",\"id\":{r.Id},\"result\":{{\"content\":[]}}}}\n\n");

        var answer = await world.PostAsync(Rpc.Call("get"), Token);

        Assert.Contains("elicitation/create", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("123-45-6789", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_ModernInputRequestDenied_IsNotReleased()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Rooms.Decide = e => (e.Call.Direction == CallDirection.FromServer ? CallEffect.Deny : CallEffect.Allow, true);
        world.Upstream.Script = (http, r) => ScriptedServer.JsonAsync(http,
            """{"jsonrpc":"2.0","id":ID,"result":{"resultType":"input_required","requestState":"s","inputRequests":{"a":{"method":"sampling/createMessage","params":{}}}}}""".Replace("ID", r.Id, StringComparison.Ordinal));

        var answer = await world.PostAsync(Rpc.ModernCall("get"), Token, headers: Rpc.ModernHeaders("get"));

        Assert.True((bool?)answer.Json["result"]!["isError"]);
        Assert.DoesNotContain("inputRequests", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_MaskingBreaksMidStream_EndsTheStreamWithWords()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Rooms.Mask = (m, p) => m.Purpose == MaskPurpose.Answer ? throw new InvalidOperationException("boom") : p;
        world.Upstream.Script = (http, r) => ScriptedServer.StreamAsync(http,
            "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{}}\n\n",
            $"data: {{\"jsonrpc\":\"2.0\",\"id\":{r.Id},\"result\":{{\"content\":[{{\"type\":\"text\",\"text\":\"123-45-6789\"}}]}}}}\n\n");

        var answer = await world.PostAsync(Rpc.Call("get"), Token);

        Assert.Contains("withheld", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("123-45-6789", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_EventThatIsNoJson_IsWithheld()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Upstream.Script = (http, _) => ScriptedServer.StreamAsync(http, "data: patient 123-45-6789\n\n");

        var answer = await world.PostAsync(Rpc.Call("get"), Token);

        Assert.DoesNotContain("123-45-6789", answer.Body, StringComparison.Ordinal);
        Assert.Contains("withheld", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_StreamEndsWithoutAnswer_IsRecordedAsFailed()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Upstream.Script = (http, _) => ScriptedServer.StreamAsync(http, "id: 1\ndata: \n\n");

        await world.PostAsync(Rpc.Call("get"), Token);

        Assert.Equal(OutcomeStatus.Failed, Assert.Single(world.Rooms.Masked).Message.Outcome!.Status);
    }

    /// <summary>The upstream's silence between two events is not the gateway's time.</summary>
    [Fact]
    public async Task Post_StreamBreaksLongAfterAnEvent_IsRecordedAsFailed()
    {
        await using var world = await EdgeWorld.StartAsync(Token, new() { ["Bus:HotTimeout"] = "00:00:00.400", ["Edge:RefuseAfter"] = "00:00:00.500" });
        world.Upstream.Script = async (http, _) =>
        {
            await ScriptedServer.StreamAsync(http, $"data: {Progress}\n\n");
            await Task.Delay(TimeSpan.FromSeconds(1.2), Token);
        };

        await world.PostAsync(Rpc.Call("get"), Token);

        Assert.Contains(world.Rooms.Masked, m => m.Message.Outcome?.Status == OutcomeStatus.Failed);
    }

    /// <summary>A legacy client that goes away has not cancelled: the call is read to its end and recorded.</summary>
    [Fact]
    public async Task Post_LegacyClientGoesAway_OutcomeIsStillRecorded()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        var gone = new TaskCompletionSource();
        world.Upstream.Script = async (http, r) =>
        {
            await ScriptedServer.StreamAsync(http, $"data: {Progress}\n\n");
            await gone.Task.WaitAsync(TestLimits.Signal, Token);
            await ScriptedServer.StreamAsync(http, $"data: {{\"jsonrpc\":\"2.0\",\"id\":{r.Id},\"result\":{{}}}}\n\n");
        };
        using (var request = world.Request(HttpMethod.Post, Rpc.Call("get"), EdgeWorld.Nurse, "clinic"))
        using (var response = await world.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token))
        {
            await (await response.Content.ReadAsStreamAsync(Token)).ReadExactlyAsync(new byte[16], Token);
        }

        gone.SetResult();

        await TestLimits.UntilAsync(() => ValueTask.FromResult(world.Rooms.Masked.Any(m => m.Message.Purpose == MaskPurpose.Answer)), "the outcome", Token);
    }

    [Fact]
    public async Task Get_Legacy_StreamsMaskedEventsAndResumes()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Upstream.Script = (http, _) => ScriptedServer.StreamAsync(http, $"id: 8\ndata: {Progress}\n\n");
        using var request = world.Request(HttpMethod.Get, null, EdgeWorld.Nurse, "clinic", ("Last-Event-ID", "7"));

        using var response = await world.Client.SendAsync(request, Token);
        var body = await response.Content.ReadAsStringAsync(Token);

        Assert.Contains("id: 8", body, StringComparison.Ordinal);
        Assert.Contains("[SSN]", body, StringComparison.Ordinal);
        Assert.Equal("7", Assert.Single(world.Upstream.Received).Headers["Last-Event-ID"]);
    }

    /// <summary>A list that arrives on a resumed stream is reviewed like any other: resuming must not show hidden tools.</summary>
    [Fact]
    public async Task Get_ResumedList_IsReviewed()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Upstream.Script = (http, _) => ScriptedServer.StreamAsync(http, "data: {\"jsonrpc\":\"2.0\",\"id\":9,\"result\":{\"tools\":[{\"name\":\"hidden\"}]}}\n\n");
        using var request = world.Request(HttpMethod.Get, null, EdgeWorld.Nurse, "clinic");

        using var response = await world.Client.SendAsync(request, Token);

        Assert.DoesNotContain("hidden", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_UpstreamHasNoStream_PassesMethodNotAllowed()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Upstream.Script = (http, _) =>
        {
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return Task.CompletedTask;
        };
        using var request = world.Request(HttpMethod.Get, null, EdgeWorld.Nurse, "clinic");

        using var response = await world.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    public async Task Get_SilentStream_IsKeptAliveWithComments()
    {
        await using var world = await EdgeWorld.StartAsync(Token, new() { ["Edge:KeepAlive"] = "00:00:00.100" });
        var end = new TaskCompletionSource();
        world.Upstream.Script = async (http, _) =>
        {
            await ScriptedServer.StreamAsync(http, "id: 1\ndata: \n\n");
            await end.Task;
        };
        using var request = world.Request(HttpMethod.Get, null, EdgeWorld.Nurse, "clinic");
        using var response = await world.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Token));

        string? line;
        do
        {
            line = await reader.ReadLineAsync(Token).AsTask().WaitAsync(TestLimits.Signal, Token);
        }
        while (line is not null && !line.StartsWith(": ka", StringComparison.Ordinal));
        end.SetResult();

        Assert.Equal(": ka", line);
    }
}
