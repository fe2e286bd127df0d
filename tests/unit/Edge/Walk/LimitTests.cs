using Chaperone.Contracts;
using Chaperone.TestKit;

namespace Chaperone.Edge.Tests.Walk;

/// <summary>Calls under limits: what they used is told before their answer, and a refusal says when to come back.</summary>
public sealed class LimitTests
{
    private static readonly UsageMeter[] Meters =
    [
        new UsageMeter { Kind = UsageKind.Slot, Key = new string('a', 64), Limit = 1 },
        new UsageMeter { Kind = UsageKind.Rows, Key = new string('b', 64), Limit = 10 },
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_UnderLimits_SettlesBeforeTheAnswer(bool stream)
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Rooms.Meters = Meters;
        const string Result = """{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"a\nb\nc"}]}}""";
        world.Upstream.Script = (http, _) => stream ? ScriptedServer.StreamAsync(http, $"data: {Result}\n\n") : ScriptedServer.JsonAsync(http, Result);

        var answer = await world.PostAsync(Rpc.Call("get"), Token);

        Assert.Equal(200, answer.Status);
        var settled = Assert.Single(world.Rooms.Settled);
        Assert.Equal((3L, (long)Result.Length), (settled.Rows, settled.Bytes));
        Assert.Equal(Meters.Select(m => m.Key), settled.Meters.Select(m => m.Key));
        Assert.Equal(world.Rooms.Evaluated.Single().Call.CallId, settled.CallId);
    }

    [Fact]
    public async Task Post_UpstreamFails_SettlesAllTheSame()
    {
        await using var world = await EdgeWorld.StartAsync(Token, upstreamUrl: $"http://127.0.0.1:{PrivatePorts.Take()}/mcp");
        world.Rooms.Meters = Meters;

        await world.PostAsync(Rpc.Call("get"), Token);

        Assert.Single(world.Rooms.Settled);
    }

    [Fact]
    public async Task Post_WithoutLimits_SettlesNothing()
    {
        await using var world = await EdgeWorld.StartAsync(Token);

        await world.PostAsync(Rpc.Call("get"), Token);

        Assert.Empty(world.Rooms.Settled);
    }

    [Fact]
    public async Task Post_RefusedByALimit_SaysWhenToTryAgain()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Rooms.Decide = _ => (CallEffect.Deny, true);
        world.Rooms.RetryAfterSeconds = 12;

        var tool = await world.PostAsync(Rpc.Call("get"), Token);
        var resource = await world.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"x://y"}}""", Token);

        Assert.Equal((200, TimeSpan.FromSeconds(12)), (tool.Status, tool.Headers.RetryAfter?.Delta));
        Assert.Equal(12, (int?)tool.Json["result"]!["_meta"]!["dev.chaperone/decision"]!["retryAfterSeconds"]);
        Assert.Equal(TimeSpan.FromSeconds(12), resource.Headers.RetryAfter?.Delta);
        Assert.Equal(12, (int?)resource.Json["error"]!["data"]!["retryAfterSeconds"]);
        Assert.Empty(world.Upstream.Received);
    }
}
