using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Edge.Approvals;

namespace Chaperone.Edge.Tests.Approvals;

public sealed class CallBindingTests
{
    [Theory]
    [InlineData("subject")]
    [InlineData("issuer")]
    [InlineData("client")]
    [InlineData("server")]
    [InlineData("method")]
    [InlineData("target")]
    [InlineData("arguments")]
    [InlineData("tool")]
    [InlineData("policy")]
    [InlineData("responses")]
    public void Binding_AnyDifference_IsAnotherBinding(string part)
    {
        var call = Facts();
        var arguments = """{"arguments":{"mrn":"1"}}""";

        var other = part switch
        {
            "subject" => Digest(call with { Principal = call.Principal with { Subject = "other" } }, arguments),
            "issuer" => Digest(call with { Principal = call.Principal with { Issuer = "other" } }, arguments),
            "client" => Digest(call with { Principal = call.Principal with { ClientId = "other" } }, arguments),
            "server" => Digest(call with { Server = "other" }, arguments),
            "method" => Digest(call with { Method = "other" }, arguments),
            "target" => Digest(call with { Target = "other" }, arguments),
            "arguments" => Digest(call, """{"arguments":{"mrn":"2"}}"""),
            "tool" => Digest(call, arguments, tool: "other"),
            "policy" => Digest(call, arguments, policy: "other"),
            _ => Digest(call, arguments, responses: "{}"),
        };

        Assert.NotEqual(Digest(call, arguments), other);
    }

    [Fact]
    public void Binding_SameCallWrittenDifferently_IsTheSame() =>
        Assert.Equal(Digest(Facts(), """{"arguments":{"a":1,"b":2}}"""), Digest(Facts() with { CallId = Guid.CreateVersion7(), RequestId = "9" }, """{"_meta":{},"arguments":{ "b":2.0,"a":1 }}"""));

    private static string Digest(CallFacts call, string parameters, string tool = "t", string policy = "p", string? responses = null)
    {
        using var document = JsonDocument.Parse(parameters);
        return CallBinding.Digest(call, document.RootElement, tool, policy, responses);
    }

    private static CallFacts Facts() => new()
    {
        CallId = Guid.CreateVersion7(),
        SessionId = Guid.CreateVersion7(),
        Principal = new Principal { Issuer = "i", Subject = "s", ClientId = "c", Groups = [] },
        ProtocolVersion = "2025-11-25",
        Server = "clinic",
        Method = "tools/call",
        Target = "drop",
        RequestId = "1",
        ReceivedAt = DateTimeOffset.UnixEpoch,
    };
}
