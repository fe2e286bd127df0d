using System.Text;
using System.Text.Json;

namespace Chaperone.Masking.Tests;

/// <summary>The protocol's own fields are never touched, and what cannot be masked is withheld (invariants 2 and 8).</summary>
public sealed class FramingTests
{
    [Theory]
    [InlineData("tools/call", """{"jsonrpc":"2.0","id":"555-12-3456","result":{"resultType":"complete","content":[{"type":"text","text":"ok","annotations":{"lastModified":"2021-03-04T00:00:00Z"}}],"_meta":{"io.modelcontextprotocol/serverInfo":{"name":"Ann Lee","version":"1.2.3.4"}}}}""")]
    [InlineData("tools/list", """{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"patient_name","inputSchema":{"type":"object","properties":{"ssn":{"type":"string","pattern":"^123-45-6789$","enum":["123-45-6789"]}}},"annotations":{"title":"Dr. Who"}}],"nextCursor":"415-555-0100","ttlMs":1}}""")]
    [InlineData("server/discover", """{"jsonrpc":"2.0","id":1,"result":{"supportedVersions":["2026-07-28"],"capabilities":{},"serverInfo":{"name":"Mr. Smith"}}}""")]
    [InlineData("tools/call", """{"jsonrpc":"2.0","id":1,"error":{"code":-32022,"message":"unsupported","data":{"supported":["2026-07-28"],"requested":"2025-01-01"}}}""")]
    [InlineData("tools/call", """{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":"123-45-6789","progress":0.5,"total":1}}""")]
    [InlineData("tools/call", """{ "jsonrpc" : "2.0" , "id" : 1.0e0 , "result" : { "content" : [ ] , "requestState" : "ssn 123-45-6789", "x" : "\u0041\/b" } }""")]
    public void Message_WithNothingButProtocol_IsTheSameBytes(string method, string message)
    {
        Assert.Equal(message, MaskingBench.Message(message, context: MaskingBench.ToolCall with { Method = method }));
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":1,"progress":1,"message":"Reading MRN: 44321"}}""", "44321")]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":{"mrn":"44321"}}}""", "44321")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"no row for SSN 123-45-6789","data":{"email":"a@b.org"}}}""", "6789")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"elicitation/create","params":{"message":"Is MRN: 44321 right?","requestedSchema":{"type":"object","properties":{}}}}""", "44321")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"sampling/createMessage","params":{"messages":[{"role":"user","content":{"type":"text","text":"MRN: 44321"}}],"maxTokens":5}}""", "44321")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_patient","arguments":{"mrn":"44321"}}}""", "44321")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"resource","resource":{"uri":"clinic://patients/44321","mimeType":"text/plain","text":"MRN: 44321"}}]}}""", "44321")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"resource","resource":{"uri":"clinic://x","mimeType":"text/plain","blob":"TVJOOiA0NDMyMQ=="}}]}}""", "TVJOOiA0NDMyMQ")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"content":[],"inputRequests":{"a":{"method":"elicitation/create","params":{"message":"MRN: 44321"}}}}}""", "44321")]
    public void Message_WithIdentifierInAnyPlace_IsMasked(string message, string secret)
    {
        var masked = MaskingBench.Message(message);

        using var parsed = JsonDocument.Parse(masked);
        Assert.DoesNotContain(secret, masked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("image/jpeg", "image/png")]
    [InlineData("audio/mpeg", "audio/wav")]
    public void Picture_IsReplacedByAnEmptyOne(string media, string expected)
    {
        var masked = MaskingBench.Message($$$"""{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"image","data":"/9j/4AAQSkZJRgABAQAAAQ==","mimeType":"{{{media}}}"}]}}""");

        using var parsed = JsonDocument.Parse(masked);
        var block = parsed.RootElement.GetProperty("result").GetProperty("content")[0];
        Assert.Equal(expected, block.GetProperty("mimeType").GetString());
        Assert.NotEmpty(block.GetProperty("data").GetBytesFromBase64());
        Assert.DoesNotContain("/9j/", masked, StringComparison.Ordinal);
    }

    [Fact]
    public void Profile_None_IsByteIdentical()
    {
        const string Message = """{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"SSN 123-45-6789"}]}}""";

        Assert.Equal(Message, MaskingBench.Message(Message, MaskingProfile.None));
    }

    [Theory]
    [InlineData("not json", WithheldReason.Unreadable)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{}""", WithheldReason.Unreadable)]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"result":{}}]""", WithheldReason.Unreadable)]
    [InlineData("", WithheldReason.None)]
    public void Message_ThatIsNone_IsWithheld(string message, WithheldReason reason)
    {
        Assert.Equal(reason, MaskingBench.Run(message).Reason);
    }

    [Fact]
    public void Message_NestedTooDeeply_IsWithheldWithItsId()
    {
        var message = """{"jsonrpc":"2.0","id":7,"result":{"content":""" + new string('[', 1000) + new string(']', 1000) + "}}";

        var run = MaskingBench.Run(message);

        Assert.Equal(WithheldReason.TooDeep, run.Reason);
        Assert.Contains("\"id\":7", Encoding.UTF8.GetString(run.Bytes.Span), StringComparison.Ordinal);
        Assert.Contains("\"isError\":true", Encoding.UTF8.GetString(run.Bytes.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void Message_WithInvalidUtf8_IsWithheld()
    {
        byte[] message = [.. "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"x\":\""u8, 0xC3, 0x28, .. "\"}}"u8];

        var run = MaskingBench.Masker.Mask(message, MaskingProfile.SafeHarbor, MaskingBench.ToolCall with { Method = "ping" });

        Assert.Equal(WithheldReason.Unreadable, run.Reason);
        Assert.Contains("-32603", Encoding.UTF8.GetString(run.Bytes.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void Message_OverTheSizeBudget_IsWithheld()
    {
        var masker = new Masker(new MaskingOptions { MaxBytes = 1024 }, MaskingBench.Time);

        var run = masker.Mask(Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","id":1,"result":["{{new string('a', 2000)}}"]}"""), MaskingProfile.SafeHarbor, MaskingBench.ToolCall);

        Assert.Equal(WithheldReason.TooLarge, run.Reason);
    }

    [Fact]
    public void Message_OverTheTimeBudget_IsWithheld()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(1) };
        var masker = new Masker(new MaskingOptions { TimeBudget = TimeSpan.FromMilliseconds(100) }, time);

        var run = masker.Mask("""{"jsonrpc":"2.0","id":1,"result":{"content":[]}}"""u8.ToArray(), MaskingProfile.SafeHarbor, MaskingBench.ToolCall);

        Assert.Equal(WithheldReason.TooSlow, run.Reason);
    }
}
