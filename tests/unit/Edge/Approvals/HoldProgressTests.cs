using System.Text;
using System.Text.Json.Nodes;
using Chaperone.Edge.Approvals;
using Chaperone.Edge.Mcp;

namespace Chaperone.Edge.Tests.Approvals;

/// <summary>Progress must grow (MCP, progress), whoever of gateway and server tells it.</summary>
public sealed class HoldProgressTests
{
    [Theory]
    [InlineData("\"tok\"")]
    [InlineData("7")]
    public void Next_CarriesTheClientsTokenAndGrows(string token)
    {
        var progress = HoldProgress.For(Call(token), "APR-1")!;

        var first = Read(progress.Next());
        var second = Read(progress.Next());

        Assert.Equal(token, first["progressToken"]!.ToJsonString());
        Assert.True((double)first["progress"]! < (double)second["progress"]!);
    }

    [Fact]
    public void Raise_ServerBeginsAtZero_StillGrows()
    {
        var progress = HoldProgress.For(Call("7"), "APR-1")!;
        var held = (double)Read(progress.Next())["progress"]!;

        var zero = Progress(progress.Raise(Told("7", "0")));
        var one = Progress(progress.Raise(Told("7", "1")));
        var back = Progress(progress.Raise(Told("7", "0.5")));

        Assert.True(held < zero && zero < one && one < back, $"{held} {zero} {one} {back}");
        Assert.Equal(1, one);
    }

    [Fact]
    public void Raise_AnotherToken_IsLeftAlone()
    {
        var progress = HoldProgress.For(Call("7"), "APR-1")!;
        progress.Next();
        var told = Told("8", "0");

        Assert.Same(told, progress.Raise(told));
    }

    [Fact]
    public void For_NoToken_IsNull() =>
        Assert.Null(HoldProgress.For(Message("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"t"}}"""), "APR-1"));

    private static McpMessage Call(string token) =>
        Message($$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"t","_meta":{"progressToken":{{token}}} } }""");

    private static McpMessage Message(string json) =>
        McpMessageReader.TryRead(Encoding.UTF8.GetBytes(json), out var message, out _) ? message : throw new InvalidOperationException(json);

    private static byte[] Told(string token, string progress) => Encoding.UTF8.GetBytes(
        $$"""{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":{{token}},"progress":{{progress}} } }""");

    private static double Progress(byte[] notification) => (double)JsonNode.Parse(notification)!["params"]!["progress"]!;

    private static JsonObject Read(byte[] frame) =>
        JsonNode.Parse(Encoding.UTF8.GetString(frame).Split('\n').Single(l => l.StartsWith("data: ", StringComparison.Ordinal))["data: ".Length..])!["params"]!.AsObject();
}
