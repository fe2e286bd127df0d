using Chaperone.TestKit;

namespace Chaperone.Edge.Tests.Walk;

/// <summary>Session ids: sealed by the gateway, bound to person and server, meaningless to anybody else.</summary>
public sealed class SessionTests
{
    private const string Initialize = """{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"desk","version":"3"}}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Initialize_UpstreamMintsAnId_ClientGetsATicketInstead()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        ScriptSession(world);

        var ticket = await BeginAsync(world);
        await world.PostAsync(Rpc.Call("get"), Token, headers: [("Mcp-Session-Id", ticket), ("MCP-Protocol-Version", Rpc.Legacy)]);

        Assert.DoesNotContain("upstream-1", ticket, StringComparison.Ordinal);
        Assert.Equal("upstream-1", world.Upstream.Received.Last().Headers["Mcp-Session-Id"]);
        var calls = world.Rooms.Evaluated.Select(e => e.Call).ToArray();
        Assert.Equal(calls[0].SessionId, calls[1].SessionId);
        Assert.Equal(("desk", "3"), (calls[1].ClientName, calls[1].ClientVersion));
    }

    [Fact]
    public async Task Ticket_OfSomebodyElse_IsUnknown()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        ScriptSession(world);
        var ticket = await BeginAsync(world);

        var answer = await world.PostAsync(Rpc.Call("get"), Token, EdgeWorld.Engineer, headers: [("Mcp-Session-Id", ticket)]);

        Assert.Equal(404, answer.Status);
        Assert.Single(world.Upstream.Received);
    }

    [Theory]
    [InlineData("upstream-1")]
    [InlineData("AAAA")]
    public async Task Ticket_NotOurs_IsUnknown(string ticket)
    {
        await using var world = await EdgeWorld.StartAsync(Token);

        var answer = await world.PostAsync(Rpc.Call("get"), Token, headers: [("Mcp-Session-Id", ticket)]);

        Assert.Equal(404, answer.Status);
        Assert.Empty(world.Upstream.Received);
    }

    [Fact]
    public async Task Ticket_Altered_IsUnknown()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        ScriptSession(world);
        var ticket = await BeginAsync(world);
        var altered = (ticket[0] == 'A' ? 'B' : 'A') + ticket[1..];

        var answer = await world.PostAsync(Rpc.Call("get"), Token, headers: [("Mcp-Session-Id", altered)]);

        Assert.Equal(404, answer.Status);
    }

    [Fact]
    public async Task Modern_CallsOfOnePerson_ShareASession()
    {
        await using var world = await EdgeWorld.StartAsync(Token);

        await world.PostAsync(Rpc.ModernCall("get"), Token, headers: Rpc.ModernHeaders("get"));
        await world.PostAsync(Rpc.ModernCall("get"), Token, headers: Rpc.ModernHeaders("get"));
        await world.PostAsync(Rpc.ModernCall("get"), Token, EdgeWorld.Engineer, headers: Rpc.ModernHeaders("get"));

        var sessions = world.Rooms.Evaluated.Select(e => e.Call.SessionId).ToArray();
        Assert.Equal(sessions[0], sessions[1]);
        Assert.NotEqual(sessions[0], sessions[2]);
    }

    private static void ScriptSession(EdgeWorld world) => world.Upstream.Script = (http, r) =>
    {
        if (r.RpcMethod == "initialize")
        {
            http.Response.Headers["Mcp-Session-Id"] = "upstream-1";
        }

        return ScriptedServer.JsonAsync(http, $$$$"""{"jsonrpc":"2.0","id":{{{{r.Id}}}},"result":{"protocolVersion":"2025-11-25"}}""");
    };

    private static async Task<string> BeginAsync(EdgeWorld world) =>
        Assert.Single((await world.PostAsync(Initialize, Token)).Headers.GetValues("Mcp-Session-Id"));
}
