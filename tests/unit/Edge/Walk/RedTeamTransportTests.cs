using System.Net.Http.Headers;
using System.Text;
using Chaperone.TestKit;

namespace Chaperone.Edge.Tests.Walk;

/// <summary>
/// Attack: ways around the policy in how a message is sent. Each is refused before it is forwarded; what looks like it and is
/// harmless passes.
/// </summary>
public sealed class RedTeamTransportTests
{
    private const string Call = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get","arguments":{}}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Bodies => new()
    {
        { "batch", $"[{Call},{Call}]" },
        { "batch of one", $"[{Call}]" },
        { "two messages", Call + Call },
        { "two messages on lines", Call + "\n" + Call },
        { "repeated method", """{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/call","params":{"name":"get"}}""" },
        { "repeated name", """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get","name":"delete"}}""" },
        { "repeated name, escaped", """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get","n\u0061me":"delete"}}""" },
        { "repeated params", """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get"},"params":{"name":"delete"}}""" },
        { "repeated argument", """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get","arguments":{"a":1,"a":2}}}""" },
        { "repeated argument deep", """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get","arguments":{"a":[{"b":1,"b":2}]}}}""" },
        { "repeated id", """{"jsonrpc":"2.0","id":1,"id":2,"method":"tools/call","params":{"name":"get"}}""" },
        { "request and answer in one", """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get"},"result":{}}""" },
        { "comment", """{"jsonrpc":"2.0","id":1,"method":"tools/call",/* x */"params":{"name":"get"}}""" },
        { "trailing comma", """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get",}}""" },
        { "single quotes", """{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'get'}}""" },
        { "no name", """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"arguments":{}}}""" },
        { "name is a list", """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":["get"]}}""" },
        { "name is an object", """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":{"a":"get"}}}""" },
        { "name is a number", """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":7}}""" },
        { "params is a list", """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":["get"]}""" },
        { "half a surrogate", """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get\ud800"}}""" },
        { "id is a list", """{"jsonrpc":"2.0","id":[1],"method":"tools/call","params":{"name":"get"}}""" },
        { "wrong version", """{"jsonrpc":"2.1","id":1,"method":"tools/call","params":{"name":"get"}}""" },
        { "version is a number", """{"jsonrpc":2.0,"id":1,"method":"tools/call","params":{"name":"get"}}""" },
        { "nested too deeply", """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get","arguments":{"a":""" + new string('[', 200) + new string(']', 200) + "}}}" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Post_AmbiguousBody_IsNeitherDecidedNorForwarded(string attack, string body)
    {
        await using var world = await EdgeWorld.StartAsync(Token);

        var answer = await world.PostAsync(body, Token);

        Assert.True(answer.Status is >= 400 and < 500, $"{attack}: {answer.Status}");
        Assert.Empty(world.Upstream.Received);
    }

    /// <summary>The edge asks the policy about what the body says, letter by letter.</summary>
    [Theory]
    [InlineData("g\\u0065t", "get")]
    [InlineData("GET", "GET")]
    public async Task Post_Name_IsDecidedAsItIsSent(string written, string decided)
    {
        await using var world = await EdgeWorld.StartAsync(Token);

        await world.PostAsync(Rpc.Call(written), Token);

        Assert.Equal(decided, Assert.Single(world.Rooms.Evaluated).Call.Target);
    }

    public static TheoryData<string, string> Headers => new()
    {
        { "Mcp-Method", "tools/list" },
        { "Mcp-Method", "Tools/Call" },
        { "Mcp-Method", "tools/call, tools/list" },
        { "Mcp-Name", "delete" },
        { "Mcp-Name", "GET" },
        { "Mcp-Name", "=?base64?ZGVsZXRl?=" },
        { "Mcp-Name", "=?base64?***?=" },
        { "MCP-Protocol-Version", "2025-06-18" },
        { "MCP-Protocol-Version", "2026-07-28, 2025-06-18" },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public async Task Post_HeaderSaysSomethingElse_IsRefused(string name, string value)
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        var headers = Rpc.ModernHeaders("get").Where(h => h.Name != name).Append((name, value)).ToArray();

        var answer = await world.PostAsync(Rpc.ModernCall("get"), Token, headers: headers);

        Assert.Equal(400, answer.Status);
        Assert.Empty(world.Upstream.Received);
    }

    /// <summary>The name in base64 is the same name.</summary>
    [Fact]
    public async Task Post_SameNameInBase64_Passes()
    {
        await using var world = await EdgeWorld.StartAsync(Token);

        var answer = await world.PostAsync(Rpc.ModernCall("get"), Token, headers: [("MCP-Protocol-Version", Rpc.Modern), ("Mcp-Method", "tools/call"), ("Mcp-Name", "=?base64?Z2V0?=")]);

        Assert.Equal(200, answer.Status);
    }

    public static TheoryData<string, string> Encodings => new()
    {
        { "application/json; charset=utf-16", "utf-16" },
        { "application/json; charset=utf-7", "utf-8" },
        { "application/json-seq", "utf-8" },
        { "text/json", "utf-8" },
        { "application/x-www-form-urlencoded", "utf-8" },
        { "multipart/form-data; boundary=x", "utf-8" },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Post_OtherEncoding_IsNotForwarded(string type, string encoding)
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        using var request = world.Request(HttpMethod.Post, Call, EdgeWorld.Nurse, "clinic");
        request.Content = new ByteArrayContent(Encoding.GetEncoding(encoding).GetBytes(Call));
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        using var response = await world.Client.SendAsync(request, Token);

        Assert.True((int)response.StatusCode is >= 400 and < 500, $"{type}: {(int)response.StatusCode}");
        Assert.Empty(world.Upstream.Received);
    }

    public static TheoryData<string> Thefts => ["no token", "token in the body", "two tokens", "basic"];

    [Theory]
    [MemberData(nameof(Thefts))]
    public async Task Post_SessionOrTokenThatIsNotTheCallers_IsRefused(string theft)
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Upstream.Script = (http, r) =>
        {
            http.Response.Headers["Mcp-Session-Id"] = "upstream-1";
            return ScriptedServer.JsonAsync(http, $$$$"""{"jsonrpc":"2.0","id":{{{{r.Id}}}},"result":{"protocolVersion":"2025-11-25"}}""");
        };
        var begun = await world.PostAsync("""{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"d","version":"1"}}}""", Token);
        var ticket = begun.Headers.GetValues("Mcp-Session-Id").Single();
        var before = world.Upstream.Received.Count;
        var token = world.Issuer.Mint(EdgeWorld.Nurse);
        using var request = world.Request(HttpMethod.Post, Call, null, "clinic", ("Mcp-Session-Id", ticket));
        switch (theft)
        {
            case "token in the body":
                request.Content = new StringContent(Call.Replace("{\"jsonrpc\"", $"{{\"access_token\":\"{token}\",\"jsonrpc\"", StringComparison.Ordinal), Encoding.UTF8, "application/json");
                break;
            case "two tokens":
                request.Headers.TryAddWithoutValidation("Authorization", [$"Bearer {world.Issuer.Mint(EdgeWorld.Engineer)}", $"Bearer {token}"]);
                break;
            case "basic":
                request.Headers.TryAddWithoutValidation("Authorization", $"Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes($"nurse-1:{token}"))}");
                break;
        }

        using var response = await world.Client.SendAsync(request, Token);

        Assert.True((int)response.StatusCode is 401 or 404 or 400, $"{theft}: {(int)response.StatusCode}");
        Assert.Equal(before, world.Upstream.Received.Count);
    }
}
