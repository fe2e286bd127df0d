using System.Text;
using System.Text.Json;
using Chaperone.Recorder.Sealing;
using FsCheck.Xunit;

namespace Chaperone.Recorder.Tests;

public class CanonicalJsonTests
{
    /// <summary>RFC 8785 section 3.2.2.2: only what must be escaped is, in the shortest form.</summary>
    [Fact]
    public void Value_ControlAndQuotedCharacters_AreEscapedAsTheRfcSays()
    {
        var json = new CanonicalJson().BeginArray().Value("\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"/").EndArray().ToArray();

        Assert.Equal("[\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"]", Encoding.UTF8.GetString(json));
    }

    [Property]
    public void Value_AnyText_ReadsBack(string? text)
    {
        // JSON text is Unicode: an unpaired surrogate cannot be written in UTF-8 and becomes U+FFFD.
        var expected = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? ""));

        var json = new CanonicalJson().BeginArray().Value(text ?? "").EndArray().ToArray();

        Assert.Equal(expected, JsonDocument.Parse(json).RootElement[0].GetString());
    }

    [Fact]
    public void Name_OutOfOrder_IsRefused()
    {
        var json = new CanonicalJson().BeginObject().Member("b", 1);

        Assert.Throws<InvalidOperationException>(() => json.Name("a"));
    }

    [Fact]
    public void Value_BeyondExactNumbers_IsRefused() =>
        Assert.Throws<InvalidDataException>(() => new CanonicalJson().Value((1L << 53) + 1));
}
