using System.Text;
using System.Text.Json;
using Chaperone.Bus.Rfc8785;
using FsCheck.Xunit;

namespace Chaperone.Bus.Tests.Rfc8785;

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

    private static string Canonical(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Encoding.UTF8.GetString(CanonicalJson.Write(document.RootElement));
    }
}
