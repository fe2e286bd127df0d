using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Chaperone.TestKit;
using Microsoft.AspNetCore.Http;

namespace Chaperone.Edge.Tests.Walk;

/// <summary>Rows of the threat model (docs/security.md): server-side request forgery, zip bombs and log injection.</summary>
public sealed class ThreatTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>An upstream, or who speaks for it, sends the edge to another machine of the inner network.</summary>
    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Post_UpstreamRedirects_IsNotFollowed(int status)
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        await using var inner = await ScriptedServer.StartAsync(Token);
        world.Upstream.Script = (http, _) =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.Location = $"{inner.Url}/latest/meta-data/";
            return Task.CompletedTask;
        };

        var answer = await world.PostAsync(Rpc.Call("get"), Token);

        Assert.Empty(inner.Received);
        Assert.DoesNotContain(inner.Url, answer.Text, StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Location"));
    }

    /// <summary>Kilobytes that unpack to gigabytes are not unpacked: what comes is no JSON, and is withheld.</summary>
    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Post_UpstreamAnswersGzip_IsNotUnpacked(string encoding)
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Upstream.Script = async (http, request) =>
        {
            Assert.DoesNotContain("Accept-Encoding", request.Headers.Keys);
            http.Response.ContentType = "application/json";
            http.Response.Headers.ContentEncoding = encoding;
            await http.Response.Body.WriteAsync(Pack(encoding, $$$"""{"jsonrpc":"2.0","id":{{{request.Id}}},"result":{"content":[{"type":"text","text":"{{{new string('x', 1 << 20)}}}"}]}}"""), Token);
        };

        var answer = await world.PostAsync(Rpc.Call("get"), Token, headers: [("Accept-Encoding", encoding)]);

        Assert.Equal(502, answer.Status);
        Assert.DoesNotContain("xxxx", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_PackedRequest_IsRefusedBeforeItIsRead()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        using var request = world.Request(HttpMethod.Post, Rpc.Call("get"), EdgeWorld.Nurse, "clinic");
        request.Content = new ByteArrayContent(Pack("gzip", Rpc.Call("get")));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Content.Headers.ContentEncoding.Add("gzip");

        using var response = await world.Client.SendAsync(request, Token);

        Assert.Equal(StatusCodes.Status415UnsupportedMediaType, (int)response.StatusCode);
        Assert.Empty(world.Rooms.Evaluated);
    }

    /// <summary>What a caller may word freely is not in the log, so it can forge no line there.</summary>
    [Fact]
    public async Task Post_HostileNames_AddNoLineToTheLog()
    {
        const string mark = "forged-by-caller";
        await using var world = await EdgeWorld.StartAsync(Token);
        var hostile = $"x\\r\\ncrit: {mark}\\u001b[31m";
        string[] messages =
        [
            Rpc.Call(hostile),
            $$$"""{"jsonrpc":"2.0","id":"{{{hostile}}}","method":"tools/call","params":{"name":"get","arguments":{} } }""",
            $$$"""{"jsonrpc":"2.0","id":1,"method":"{{{hostile}}}"}""",
            $$$"""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"{{{hostile}}}","capabilities":{},"clientInfo":{"name":"{{{hostile}}}","version":"1"} } }""",
            "{" + hostile,
        ];
        world.Upstream.Script = (http, _) =>
        {
            http.Response.StatusCode = 500;
            return http.Response.WriteAsync(mark);
        };

        foreach (var message in messages)
        {
            await world.PostAsync(message, Token);
        }

        Assert.DoesNotContain(world.Logs.Lines, l => l.Contains(mark, StringComparison.Ordinal));
    }

    private static byte[] Pack(string encoding, string text)
    {
        using var packed = new MemoryStream();
        using (Stream packer = encoding == "gzip" ? new GZipStream(packed, CompressionLevel.Optimal) : new BrotliStream(packed, CompressionLevel.Optimal))
        {
            packer.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
