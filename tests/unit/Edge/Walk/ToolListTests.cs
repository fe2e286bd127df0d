using System.Text.Json.Nodes;
using Chaperone.Contracts;
using Chaperone.TestKit;

namespace Chaperone.Edge.Tests.Walk;

/// <summary>Calls of tools that no list has shown, and held calls of tools that change: policy sees the definition first.</summary>
public sealed class ToolListTests
{
    private const string Drop = """{"name":"drop","inputSchema":{"type":"object"}}""";
    private const string Look = """{"name":"look","inputSchema":{"type":"object"}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task NeverListed_WholeListIsShownAndPolicyAskedAgain(bool modern)
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        Script(world);
        DenyUntilShown(world);

        var answer = modern
            ? await world.PostAsync(Rpc.ModernCall("drop"), Token, headers: Rpc.ModernHeaders("drop"))
            : await world.PostAsync(Rpc.Call("drop"), Token);

        Assert.Equal("done", answer.Text);
        var tools = JsonNode.Parse(Assert.Single(world.Rooms.Reviewed))!["result"]!["tools"]!.AsArray();
        Assert.Equal(["look", "drop"], tools.Select(t => (string?)t!["name"]));
        Assert.Equal(2, world.Rooms.Evaluated.Count);
        Assert.Single(world.Rooms.Evaluated.Select(e => (e.Stamp.Number, e.Stamp.EventId)).Distinct());
        Assert.Equal([true, false], world.Rooms.Evaluated.Select(e => e.AsksAgain));
        Assert.Single(world.Upstream.Received, r => r.RpcMethod == "tools/call");
    }

    [Fact]
    public async Task NeverListed_StillUnknown_IsRefusedOnce()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        Script(world);
        world.Rooms.Decide = _ => (CallEffect.Deny, true);
        world.Rooms.NeedsToolList = _ => true;

        var answer = await world.PostAsync(Rpc.Call("ghost"), Token);

        Assert.True((bool?)answer.Json["result"]!["isError"]);
        Assert.Equal(2, world.Rooms.Evaluated.Count);
        Assert.DoesNotContain(world.Upstream.Received, r => r.RpcMethod == "tools/call");
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"no"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"tools":"all"}}""")]
    [InlineData("<html>")]
    public async Task NeverListed_ServerDoesNotTell_IsRefused(string list)
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Upstream.Script = (http, r) => ScriptedServer.JsonAsync(http, r.RpcMethod == "tools/list" ? list : $$$"""{"jsonrpc":"2.0","id":{{{r.Id}}},"result":{}}""");
        world.Rooms.Decide = _ => (CallEffect.Deny, true);
        world.Rooms.NeedsToolList = _ => true;

        await world.PostAsync(Rpc.Call("drop"), Token);

        Assert.Empty(world.Rooms.Reviewed);
        Assert.Equal([true, false], world.Rooms.Evaluated.Select(e => e.AsksAgain));
        Assert.DoesNotContain(world.Upstream.Received, r => r.RpcMethod == "tools/call");
    }

    /// <summary>What people would be asked about is not what an admin has accepted.</summary>
    [Fact]
    public async Task Held_ToolNotAccepted_NobodyIsAsked()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        Script(world);
        world.Rooms.Decide = _ => (CallEffect.Hold, true);
        world.Rooms.Unaccepted = _ => 1;

        var answer = await world.PostAsync(Rpc.Call("drop"), Token);

        Assert.Contains("tool-pinning", answer.Text, StringComparison.Ordinal);
        Assert.Empty(world.Rooms.Requested);
        Assert.DoesNotContain(world.Upstream.Received, r => r.RpcMethod == "tools/call");
    }

    /// <summary>A rug pull while people think: a yes does not carry it.</summary>
    [Fact]
    public async Task Held_ToolChangesWhileHeld_IsNotReleased()
    {
        await using var world = await EdgeWorld.StartAsync(Token, new() { ["Edge:LegacyHold"] = "00:01:00" });
        Script(world);
        world.Rooms.Decide = _ => (CallEffect.Hold, true);
        world.Rooms.Unaccepted = _ => world.Rooms.Reviewed.Count > 1 ? 1 : 0;
        var asked = 0;
        world.Rooms.Approve = _ => PlayedRooms.Status(Interlocked.Increment(ref asked) == 1 ? ApprovalState.Pending : ApprovalState.Approved);

        var answer = await world.PostAsync(Rpc.Call("drop"), Token, headers: [("Accept", "application/json")]);

        Assert.Contains("tool-pinning", answer.Body, StringComparison.Ordinal);
        Assert.Empty(world.Rooms.Claimed);
        Assert.DoesNotContain(world.Upstream.Received, r => r.RpcMethod == "tools/call");
    }

    /// <summary>A call that waits for people, of a server whose tools nobody has listed: policy sees all of them, not only the one.</summary>
    [Fact]
    public async Task Held_NothingListedYet_WholeListIsShown()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        Script(world);
        WantWhole(world);
        world.Rooms.Decide = _ => (CallEffect.Hold, true);

        await world.PostAsync(Rpc.Call("drop"), Token, headers: [("Accept", "application/json")]);

        Assert.Equal(["drop", "look drop", "drop"], world.Rooms.Reviewed.Take(3).Select(Names));
        Assert.NotEmpty(world.Rooms.Requested);
    }

    /// <summary>A client that asks for the second page first: the edge reads the rest itself, and the client gets its page.</summary>
    [Fact]
    public async Task List_PageFirst_WholeListIsShown()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        Script(world);
        WantWhole(world);

        var page = await world.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":"2"}}""", Token);

        Assert.Equal("drop", Names(page.Json.ToJsonString()));
        Assert.Equal(["drop", "look drop", "drop"], world.Rooms.Reviewed.Select(Names));
    }

    /// <summary>The list of a client that sends no cursor may be the server's first use.</summary>
    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}""")]
    public async Task List_FromTheStart_IsShownAsWhole(string request)
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        Script(world);
        WantWhole(world);

        var page = await world.PostAsync(request, Token);

        Assert.Equal("look", Names(page.Json.ToJsonString()));
        Assert.Single(world.Rooms.Reviewed);
    }

    /// <summary>Nothing is shown that policy has not reviewed.</summary>
    [Fact]
    public async Task List_WholeCannotBeRead_IsWithheld()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        var page = $$"""{"tools":[{{Drop}}]}""";
        world.Upstream.Script = (http, r) => ScriptedServer.JsonAsync(http, r.Body.Contains("cursor", StringComparison.Ordinal) ? $$"""{"jsonrpc":"2.0","id":{{r.Id}},"result":{{page}}}""" : "<html>");
        WantWhole(world);

        var answer = await world.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":"2"}}""", Token);

        Assert.Contains("could not be checked against policy", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("drop", answer.Body, StringComparison.Ordinal);
    }

    private static void WantWhole(EdgeWorld world)
    {
        var shown = false;
        world.Rooms.NeedsWholeList = review => !(shown |= review.Whole);
    }

    private static string Names(string list) => string.Join(' ', JsonNode.Parse(list)!["result"]!["tools"]!.AsArray().Select(t => (string?)t!["name"]));

    private static void DenyUntilShown(EdgeWorld world)
    {
        world.Rooms.NeedsToolList = _ => world.Rooms.Reviewed.IsEmpty;
        world.Rooms.Decide = _ => (world.Rooms.Reviewed.IsEmpty ? CallEffect.Deny : CallEffect.Allow, true);
    }

    /// <summary>Two pages, the tool on the second.</summary>
    private static void Script(EdgeWorld world) => world.Upstream.Script = (http, r) => ScriptedServer.JsonAsync(http, r.RpcMethod switch
    {
        "tools/list" when r.Body.Contains("cursor", StringComparison.Ordinal) => $$$"""{"jsonrpc":"2.0","id":{{{r.Id}}},"result":{"tools":[{{{Drop}}}]}}""",
        "tools/list" => $$$"""{"jsonrpc":"2.0","id":{{{r.Id}}},"result":{"tools":[{{{Look}}}],"nextCursor":"2"}}""",
        _ => $$$"""{"jsonrpc":"2.0","id":{{{r.Id}}},"result":{"content":[{"type":"text","text":"done"}]}}""",
    });
}
