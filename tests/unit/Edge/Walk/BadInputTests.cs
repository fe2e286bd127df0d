using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Chaperone.Edge.Upstream;

namespace Chaperone.Edge.Tests.Walk;

/// <summary>What no client should send: answered clearly, and never forwarded or decided.</summary>
public sealed class BadInputTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", 400, -32700)]
    [InlineData("not json", 400, -32700)]
    [InlineData("[]", 400, -32600)]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"ping"}]""", 400, -32600)]
    [InlineData("42", 400, -32600)]
    [InlineData("""{"id":1,"method":"ping"}""", 400, -32600)]
    [InlineData("""{"jsonrpc":"1.0","id":1,"method":"ping"}""", 400, -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1}""", 400, -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":7}""", 400, -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":{},"method":"ping"}""", 400, -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"ping"}""", 400, -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping","result":{}}""", 400, -32600)]
    [InlineData("""{"jsonrpc":"2.0","result":{}}""", 400, -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}""", 400, -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{}}""", 400, -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":3}}""", 400, -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","arguments":[]}}""", 400, -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","name":"b"}}""", 400, -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","Name":"b"}}""", 400, -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping","Method":"tools/call"}""", 400, -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"\ud800"}}""", 400, -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x","_meta":{"\ud800":1,"a":2}}}""", 400, -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","_meta":3}}""", 400, -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","requestState":3}}""", 400, -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping"} {"jsonrpc":"2.0","id":2,"method":"ping"}""", 400, -32700)]
    public async Task Post_BadMessage_IsRefusedBeforeAnyDecision(string body, int status, int code)
    {
        await using var world = await EdgeWorld.StartAsync(Token);

        var answer = await world.PostAsync(body, Token);

        Assert.Equal((status, code), (answer.Status, answer.ErrorCode));
        Assert.Empty(world.Rooms.Evaluated);
        Assert.Empty(world.Upstream.Received);
    }

    [Fact]
    public async Task Post_ThousandLevels_IsRefused()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        var nested = new string('[', 1000) + new string(']', 1000);

        var answer = await world.PostAsync(Rpc.Call("a", $$"""{"x":{{nested}}}"""), Token);

        Assert.Equal((400, -32700), (answer.Status, answer.ErrorCode));
    }

    [Fact]
    public async Task Post_InvalidUtf8_IsRefused()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        using var request = world.Request(HttpMethod.Post, null, EdgeWorld.Nurse, "clinic");
        request.Content = new ByteArrayContent([.. "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"p"u8, 0xC3, 0x28, .. "\"}"u8]) { Headers = { ContentType = new("application/json") } };

        using var response = await world.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(world.Rooms.Evaluated);
    }

    [Fact]
    public async Task Post_64MiB_IsRefusedAsTooLarge()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        using var request = world.Request(HttpMethod.Post, null, EdgeWorld.Nurse, "clinic");
        request.Headers.ExpectContinue = true;
        request.Content = new ByteArrayContent(new byte[64 * 1024 * 1024]) { Headers = { ContentType = new("application/json") } };

        using var response = await world.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Post_ChunkedAboveTheLimit_IsRefusedAsTooLarge()
    {
        await using var world = await EdgeWorld.StartAsync(Token, new() { ["Edge:MaxRequestBytes"] = "2048" });
        using var request = world.Request(HttpMethod.Post, null, EdgeWorld.Nurse, "clinic");
        request.Headers.TransferEncodingChunked = true;
        request.Content = new StringContent(Rpc.Call("a", $$"""{"x":"{{new string('x', 4096)}}"}"""), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));

        using var response = await world.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Empty(world.Rooms.Evaluated);
    }

    [Theory]
    [InlineData("text/plain", null)]
    [InlineData("application/json", "gzip")]
    public async Task Post_BodyThatCannotBeRead_IsUnsupported(string type, string? encoding)
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        using var request = world.Request(HttpMethod.Post, Rpc.Call("a"), EdgeWorld.Nurse, "clinic");
        request.Content!.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (encoding is not null)
        {
            request.Content.Headers.ContentEncoding.Add(encoding);
        }

        using var response = await world.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    /// <summary>The body decides; a header that says otherwise is an attack on whoever trusts headers.</summary>
    [Theory]
    [InlineData("MCP-Protocol-Version", "2025-11-25")]
    [InlineData("MCP-Protocol-Version", "")]
    [InlineData("Mcp-Method", "tools/list")]
    [InlineData("Mcp-Method", "")]
    [InlineData("Mcp-Name", "other")]
    [InlineData("Mcp-Name", "")]
    public async Task Post_ModernHeaderDiffersFromBody_Is32020(string name, string value)
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        var headers = Rpc.ModernHeaders("get").Where(h => h.Name != name).Append((name, value)).Where(h => h.Item2.Length > 0).ToArray();

        var answer = await world.PostAsync(Rpc.ModernCall("get"), Token, headers: headers);

        Assert.Equal((400, -32020), (answer.Status, answer.ErrorCode));
        Assert.Empty(world.Rooms.Evaluated);
    }

    [Fact]
    public async Task Post_ModernNameInBase64_IsAccepted()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        var name = $"=?base64?{Convert.ToBase64String(Encoding.UTF8.GetBytes("gét"))}?=";

        var answer = await world.PostAsync(Rpc.ModernCall("gét"), Token, headers: [("MCP-Protocol-Version", Rpc.Modern), ("Mcp-Method", "tools/call"), ("Mcp-Name", name)]);

        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task Post_UnknownFutureVersion_NamesWhatIsSupported()
    {
        await using var world = await EdgeWorld.StartAsync(Token);

        var answer = await world.PostAsync(Rpc.ModernCall("get").Replace(Rpc.Modern, "2031-01-01", StringComparison.Ordinal), Token, headers: [("MCP-Protocol-Version", "2031-01-01"), ("Mcp-Method", "tools/call"), ("Mcp-Name", "get")]);

        Assert.Equal((400, -32022), (answer.Status, answer.ErrorCode));
        Assert.Equal("2026-07-28", (string?)answer.Json["error"]!["data"]!["supported"]![0]);
    }

    [Fact]
    public async Task Post_UnsupportedLegacyVersion_IsRefused()
    {
        await using var world = await EdgeWorld.StartAsync(Token);

        var answer = await world.PostAsync(Rpc.Call("get"), Token, headers: [("MCP-Protocol-Version", "1999-01-01")]);

        Assert.Equal((400, -32600), (answer.Status, answer.ErrorCode));
    }

    [Fact]
    public async Task Post_ModernHeaderWithoutMeta_IsRefused()
    {
        await using var world = await EdgeWorld.StartAsync(Token);

        var answer = await world.PostAsync(Rpc.Call("get"), Token, headers: Rpc.ModernHeaders("get"));

        Assert.Equal((400, -32602), (answer.Status, answer.ErrorCode));
    }

    [Theory]
    [InlineData("Host", "evil.example.com")]
    [InlineData("Origin", "http://evil.example.com")]
    [InlineData("Origin", "null")]
    public async Task Post_ForeignHostOrOrigin_IsRefused(string name, string value)
    {
        await using var world = await EdgeWorld.StartAsync(Token);

        var answer = await world.PostAsync(Rpc.Call("get"), Token, headers: [(name, value)]);

        Assert.Equal(403, answer.Status);
        Assert.Empty(world.Rooms.Evaluated);
    }

    [Fact]
    public async Task Post_UpstreamFileBroken_KeepsTheLastGoodServers()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        await File.WriteAllTextAsync(world.PolicyFile, "servers: [", Token);
        var directory = world.Service<UpstreamDirectory>();

        directory.Reload();

        Assert.NotNull(directory.Problem);
        Assert.Equal(200, (await world.PostAsync(Rpc.Call("get"), Token)).Status);
    }
}
