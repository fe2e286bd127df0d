using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.TestKit;
using Microsoft.AspNetCore.Http;

namespace Chaperone.Edge.Tests.Walk;

/// <summary>Held calls: pending answers by era, release for one exact call (invariant 6), refusals in words.</summary>
public sealed class HoldTests
{
    private const string Definition = """{"name":"drop","description":"Drops a patient.","inputSchema":{"type":"object"}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Legacy_Pending_SaysWhatToRepeat()
    {
        await using var world = await StartAsync();

        var answer = await world.PostAsync(Rpc.Call("drop"), Token, headers: [("Accept", "application/json")]);

        Assert.Contains("APR-1", answer.Body, StringComparison.Ordinal);
        Assert.Contains("Repeat the identical call", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(world.Upstream.Received, r => r.RpcMethod == "tools/call");
        Assert.Equal(OutcomeStatus.Pending, world.Rooms.Masked.Last().Message.Outcome!.Status);
    }

    [Fact]
    public async Task Legacy_ApprovedAtOnce_IsForwardedOnce()
    {
        await using var world = await StartAsync();
        world.Rooms.Approve = _ => PlayedRooms.Status(ApprovalState.Approved);

        var answer = await world.PostAsync(Rpc.Call("drop", """{"mrn":"1"}"""), Token);

        Assert.Equal("done", answer.Text);
        Assert.Single(world.Upstream.Received, r => r.RpcMethod == "tools/call");
        Assert.Equal(Assert.Single(world.Rooms.Requested).BindingDigest, Assert.Single(world.Rooms.Claimed).BindingDigest);
        Assert.Equal("APR-1", world.Rooms.Masked.Last().Message.Outcome!.ApprovalId);
    }

    [Fact]
    public async Task Legacy_ApprovedWhileHeld_IsReleasedByTheEvent()
    {
        await using var world = await StartAsync(new() { ["Edge:LegacyHold"] = "00:01:00" });
        var asked = new TaskCompletionSource();
        var state = ApprovalState.Pending;
        world.Rooms.Approve = _ =>
        {
            var status = PlayedRooms.Status(state);
            asked.TrySetResult();
            return status;
        };
        var call = world.PostAsync(Rpc.Call("drop"), Token);
        await asked.Task.WaitAsync(TestLimits.Signal, Token);

        state = ApprovalState.Approved;
        await TestLimits.UntilAsync(
            async () =>
            {
                await world.Service<IAnnounce<ApprovalDecided>>().AnnounceAsync(new ApprovalDecided { Status = PlayedRooms.Status(state), BindingDigest = "x" }, Token);
                return call.IsCompleted;
            },
            "the held call to end", Token);

        Assert.Contains("done", (await call).Body, StringComparison.Ordinal);
        Assert.Equal(2, world.Rooms.Evaluated.Count(e => e.Call.Method == "tools/call"));
    }

    /// <summary>Clients that reset their timeout on progress outlive the wait; the progress ends with it.</summary>
    [Fact]
    public async Task Legacy_HeldWithAProgressToken_IsToldProgress()
    {
        await using var world = await StartAsync(new() { ["Edge:LegacyHold"] = "00:00:02", ["Edge:KeepAlive"] = "00:00:00.100" });
        var call = Rpc.Call("drop").Replace("\"params\":{", "\"params\":{\"_meta\":{\"progressToken\":\"p-1\"},", StringComparison.Ordinal);

        var answer = await world.PostAsync(call, Token);

        var told = answer.Body.Split('\n').Where(l => l.StartsWith("data: ", StringComparison.Ordinal)).ToArray();
        Assert.True(told.Length > 2, answer.Body);
        Assert.All(told[..^1], t => Assert.Contains("\"progressToken\":\"p-1\"", t, StringComparison.Ordinal));
        Assert.Contains("Waiting for approval APR-1", told[0], StringComparison.Ordinal);
        Assert.Contains("Repeat the identical call", told[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Held_PolicyDeniesBeforeRelease_IsRefused()
    {
        await using var world = await StartAsync(new() { ["Edge:LegacyHold"] = "00:01:00" });
        var first = true;
        world.Rooms.Decide = e => (e.ApprovalId is null ? CallEffect.Hold : CallEffect.Deny, true);
        world.Rooms.Approve = _ =>
        {
            var state = first ? ApprovalState.Pending : ApprovalState.Approved;
            first = false;
            return PlayedRooms.Status(state);
        };

        var answer = await world.PostAsync(Rpc.Call("drop"), Token, headers: [("Accept", "application/json")]);

        Assert.Contains("Policy has changed", answer.Body, StringComparison.Ordinal);
        Assert.Empty(world.Rooms.Claimed);
        Assert.DoesNotContain(world.Upstream.Received, r => r.RpcMethod == "tools/call");
    }

    /// <summary>A rug pull between the yes and the call: the tool's definition is part of what was approved.</summary>
    [Fact]
    public async Task Held_ToolDefinitionChanges_ClaimsAnotherBinding()
    {
        await using var world = await StartAsync(new() { ["Edge:LegacyHold"] = "00:01:00" });
        var probes = 0;
        Script(world, () => Interlocked.Increment(ref probes) > 1 ? Definition.Replace("a patient", "everything", StringComparison.Ordinal) : Definition);
        var first = true;
        world.Rooms.Approve = _ =>
        {
            var state = first ? ApprovalState.Pending : ApprovalState.Approved;
            first = false;
            return PlayedRooms.Status(state);
        };
        world.Rooms.Claim = c => c.BindingDigest == world.Rooms.Requested.First().BindingDigest;

        var answer = await world.PostAsync(Rpc.Call("drop"), Token);

        Assert.Contains("not the one that was approved", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(world.Upstream.Received, r => r.RpcMethod == "tools/call");
    }

    [Theory]
    [InlineData(ApprovalState.Denied, "denied by Ann")]
    [InlineData(ApprovalState.Expired, "expired")]
    [InlineData(ApprovalState.Used, "already used")]
    [InlineData(ApprovalState.Withdrawn, "withdrawn")]
    public async Task Held_NotApproved_SaysWhy(ApprovalState state, string words)
    {
        await using var world = await StartAsync();
        world.Rooms.Approve = _ => PlayedRooms.Status(state, "Ann", "Wrong patient");

        var answer = await world.PostAsync(Rpc.Call("drop"), Token);

        Assert.Contains(words, answer.Text, StringComparison.Ordinal);
        Assert.True((bool?)answer.Json["result"]!["isError"]);
    }

    [Fact]
    public async Task Held_ApprovalRoomBroken_IsNotExecuted()
    {
        await using var world = await StartAsync();
        world.Rooms.Approve = _ => throw new InvalidOperationException("boom");

        var answer = await world.PostAsync(Rpc.Call("drop"), Token);

        Assert.Contains("not executed", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(world.Upstream.Received, r => r.RpcMethod == "tools/call");
    }

    [Fact]
    public async Task Held_UpstreamCannotTellItsTools_IsNotExecuted()
    {
        await using var world = await StartAsync();
        world.Upstream.Script = (http, _) =>
        {
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        };

        var answer = await world.PostAsync(Rpc.Call("drop"), Token);

        Assert.Contains("Not executed", answer.Text, StringComparison.Ordinal);
        Assert.Empty(world.Rooms.Requested);
    }

    [Fact]
    public async Task Modern_Pending_IsALegThatTheClientRepeats()
    {
        await using var world = await StartAsync();

        var leg = await world.PostAsync(Rpc.ModernCall("drop"), Token, headers: [.. Rpc.ModernHeaders("drop"), ("Accept", "application/json")]);
        var message = LastMessage(leg);
        var state = (string?)message["result"]!["requestState"];
        world.Rooms.Approve = _ => PlayedRooms.Status(ApprovalState.Approved);
        var done = await world.PostAsync(Rpc.ModernCall("drop", extra: $",\"requestState\":\"{state}\""), Token, headers: Rpc.ModernHeaders("drop"));

        Assert.Equal("input_required", (string?)message["result"]!["resultType"]);
        Assert.Contains("done", done.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("requestState", world.Upstream.Received.Single(r => r.RpcMethod == "tools/call").Body, StringComparison.Ordinal);
        Assert.Equal("APR-1", world.Rooms.Evaluated.Last().ApprovalId);
        Assert.Single(world.Rooms.Requested.Select(r => r.BindingDigest).Distinct());
    }

    /// <summary>A held call in the middle of an upstream's own exchange gets the upstream's state and responses back.</summary>
    [Fact]
    public async Task Modern_UpstreamStateWhileHeld_IsRestored()
    {
        await using var world = await StartAsync();
        const string own = ",\"requestState\":\"theirs\",\"inputResponses\":{\"a\":{\"action\":\"accept\"}}";

        var leg = await world.PostAsync(Rpc.ModernCall("drop", extra: own), Token, headers: Rpc.ModernHeaders("drop"));
        var state = (string?)LastMessage(leg)["result"]!["requestState"];
        world.Rooms.Approve = _ => PlayedRooms.Status(ApprovalState.Approved);
        await world.PostAsync(Rpc.ModernCall("drop", extra: $",\"requestState\":\"{state}\""), Token, headers: Rpc.ModernHeaders("drop"));

        var sent = world.Upstream.Received.Single(r => r.RpcMethod == "tools/call").Body;
        Assert.Contains("\"requestState\":\"theirs\"", sent, StringComparison.Ordinal);
        Assert.Contains("\"inputResponses\":{\"a\":{\"action\":\"accept\"}}", sent, StringComparison.Ordinal);
        Assert.Single(world.Rooms.Requested.Select(r => r.BindingDigest).Distinct());
    }

    [Fact]
    public async Task Modern_ClientLeaves_WithdrawsTheRequest()
    {
        await using var world = await StartAsync(new() { ["Edge:ModernLeg"] = "00:01:00" });
        var asked = new TaskCompletionSource();
        world.Rooms.Approve = _ =>
        {
            asked.TrySetResult();
            return PlayedRooms.Status(ApprovalState.Pending);
        };
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var call = world.PostAsync(Rpc.ModernCall("drop"), leave.Token, headers: Rpc.ModernHeaders("drop"));
        await asked.Task.WaitAsync(TestLimits.Signal, Token);

        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await TestLimits.UntilAsync(() => ValueTask.FromResult(!world.Rooms.Withdrawn.IsEmpty), "the withdrawal", Token);
    }

    /// <summary>Without a session of the protocol, too, while another client of the same person begins its own.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Legacy_CancelledNotification_WithdrawsTheRequest(bool anotherBegins)
    {
        await using var world = await StartAsync(new() { ["Edge:LegacyHold"] = "00:01:00" });
        world.Rooms.Decide = e => (e.Call.Method == "tools/call" ? CallEffect.Hold : CallEffect.Allow, true);
        var asked = new TaskCompletionSource();
        world.Rooms.Approve = _ =>
        {
            asked.TrySetResult();
            return PlayedRooms.Status(ApprovalState.Pending);
        };
        var call = world.PostAsync(Rpc.Call("drop", id: "\"c-7\""), Token);
        await asked.Task.WaitAsync(TestLimits.Signal, Token);
        if (anotherBegins)
        {
            await world.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"other","version":"1"}}}""", Token);
        }

        await world.PostAsync("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"c-8"}}""", Token);
        Assert.Empty(world.Rooms.Withdrawn);
        await world.PostAsync("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"c-7"}}""", Token);

        Assert.Contains("withdrawn", (await call).Body, StringComparison.Ordinal);
        Assert.Single(world.Rooms.Withdrawn);
    }

    private static async Task<EdgeWorld> StartAsync(Dictionary<string, string?>? settings = null)
    {
        var world = await EdgeWorld.StartAsync(Token, settings);
        world.Rooms.Decide = _ => (CallEffect.Hold, true);
        Script(world, () => Definition);
        return world;
    }

    private static void Script(EdgeWorld world, Func<string> definition) => world.Upstream.Script = (http, r) => r.RpcMethod switch
    {
        "tools/list" => ScriptedServer.JsonAsync(http, $$"""{"jsonrpc":"2.0","id":{{r.Id}},"result":{"tools":[""" + definition() + "]}}"),
        "tools/call" => ScriptedServer.JsonAsync(http, $$"""{"jsonrpc":"2.0","id":{{r.Id}},"result":{"content":[{"type":"text","text":"done"}]""" + "}}"),
        _ => Accepted(http),
    };

    private static Task Accepted(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status202Accepted;
        return Task.CompletedTask;
    }

    private static System.Text.Json.Nodes.JsonNode LastMessage(Answer answer) => answer.MediaType == "text/event-stream"
        ? System.Text.Json.Nodes.JsonNode.Parse(answer.Body.Split('\n').Last(l => l.StartsWith("data: ", StringComparison.Ordinal))["data: ".Length..])!
        : answer.Json;
}
