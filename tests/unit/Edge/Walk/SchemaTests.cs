using Chaperone.TestKit;

namespace Chaperone.Edge.Tests.Walk;

/// <summary>What is masked still fits the tool's output schema: the edge finds the schema, whoever listed the tools.</summary>
public sealed class SchemaTests
{
    private const string Schema = """{"type":"object","properties":{"id":{"type":"string","pattern":"^[0-9]{6}$"}}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Result_OfAToolThatNobodyListed_IsMaskedByTheUpstreamsSchema()
    {
        await using var world = await StartAsync();

        await world.PostAsync(Rpc.Call("get"), Token);
        await world.PostAsync(Rpc.Call("get"), Token);

        Assert.All(world.Rooms.Masked, m => Assert.Equal(Schema, m.Message.OutputSchema));
        Assert.Equal(["tools/call", "tools/list", "tools/call"], world.Upstream.Received.Select(r => r.AskedMethod()));
    }

    [Fact]
    public async Task Result_OfAListedTool_IsMaskedWithoutAnotherQuestion()
    {
        await using var world = await StartAsync();

        await world.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", Token);
        await world.PostAsync(Rpc.Call("get"), Token);
        await world.PostAsync(Rpc.Call("plain"), Token);

        Assert.Equal([null, Schema, null], world.Rooms.Masked.Select(m => m.Message.OutputSchema));
        Assert.Equal(3, world.Upstream.Received.Count);
    }

    [Fact]
    public async Task Upstream_ThatCannotList_IsAskedOnce()
    {
        await using var world = await StartAsync(lists: false);

        var first = await world.PostAsync(Rpc.Call("get"), Token);
        await world.PostAsync(Rpc.Call("get"), Token);

        Assert.Equal(200, first.Status);
        Assert.All(world.Rooms.Masked, m => Assert.Null(m.Message.OutputSchema));
        Assert.Equal(3, world.Upstream.Received.Count);
    }

    private static async Task<EdgeWorld> StartAsync(bool lists = true)
    {
        var world = await EdgeWorld.StartAsync(Token);
        world.Upstream.Script = (http, r) => ScriptedServer.JsonAsync(http, r.AskedMethod() == "tools/list"
            ? lists
                ? $$$"""{"jsonrpc":"2.0","id":{{{r.Id}}},"result":{"tools":[{"name":"get","inputSchema":{"type":"object"},"outputSchema":{{{Schema}}} },{"name":"plain","inputSchema":{"type":"object"} }] } }"""
                : $$$"""{"jsonrpc":"2.0","id":{{{r.Id}}},"error":{"code":-32601,"message":"no"} }"""
            : $$$"""{"jsonrpc":"2.0","id":{{{r.Id}}},"result":{"content":[],"structuredContent":{"id":"123456"} } }""");
        return world;
    }
}

/// <summary>What a scripted upstream was asked.</summary>
internal static class Asked
{
    public static string AskedMethod(this ReceivedRequest request) => (string)System.Text.Json.Nodes.JsonNode.Parse(request.Body)!["method"]!;
}
