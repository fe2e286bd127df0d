using System.Text;
using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Edge.Approvals;
using FsCheck.Xunit;

namespace Chaperone.Edge.Tests.Approvals;

public sealed class CanonicalJsonTests
{
    /// <summary>RFC 8785, appendix B and section 3.2.</summary>
    [Theory]
    [InlineData("1E30", "1e+30")]
    [InlineData("4.50", "4.5")]
    [InlineData("2e-3", "0.002")]
    [InlineData("0.000000000000000000000000001", "1e-27")]
    [InlineData("-0", "0")]
    [InlineData("1e21", "1e+21")]
    [InlineData("100000000000000000000", "100000000000000000000")]
    [InlineData("9007199254740992", "9007199254740992")]
    [InlineData("1.5e300", "1.5e+300")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("0.0000001", "1e-7")]
    [InlineData("123.456e2", "12345.6")]
    public void Number_KnownValues_AsEcmaScriptWritesThem(string raw, string expected) =>
        Assert.Equal(expected, CanonicalJson.Number(raw));

    /// <summary>Two calls that differ only beyond a double's precision must not share an approval.</summary>
    [Theory]
    [InlineData("9007199254740993")]
    [InlineData("0.1000000000000000055")]
    public void Number_BeyondDouble_KeepsItsDigits(string raw) => Assert.Equal(raw, CanonicalJson.Number(raw));

    [Fact]
    public void Write_KeysAndSpace_AreCanonical() =>
        Assert.Equal("""{"a":[1,true,null],"b":{"x":"é","y":1}}""", Canonical("""{ "b": {"y":1.0,"x":"\u00e9"}, "a":[ 1, true, null ] }"""));

    [Property]
    public void Number_AnyFiniteDouble_RoundTrips(double value)
    {
        if (double.IsFinite(value))
        {
            var text = CanonicalJson.Number(value.ToString("R"));

            Assert.Equal(value, double.Parse(text));
        }
    }

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

    private static string Canonical(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Encoding.UTF8.GetString(CanonicalJson.Write(w => CanonicalJson.Write(w, document.RootElement)));
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
