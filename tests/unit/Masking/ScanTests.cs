using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Chaperone.Masking.Tests;

/// <summary>A scan says where in the given text each find stands, whatever structure the text has.</summary>
public sealed class ScanTests
{
    private static readonly string[] Pieces = ["SSN 123-45-6789", "é", "\ud83d\ude00", "{\"mrn\":\"A-17\"}", "a|b", ",", "\n", "MRN: 44321", "\"x\"", "mrn,name\nA-1,Ann Lee", "\\", "[1,2]", "MSH|^~\\&|", "```"];

    [Theory]
    [InlineData("call 415-555-0100 now", "PHONE", "415-555-0100")]
    [InlineData("Zoë \ud83d\ude00 wrote: SSN 123-45-6789.", "SSN", "123-45-6789")]
    [InlineData("1\u200B2\u200B3-45-6789", "SSN", "1\u200B2\u200B3-45-6789")]
    [InlineData("{\"note\":\"é call 415-555-0100\",\"n\":1}", "PHONE", "415-555-0100")]
    [InlineData("{\"a\":[{\"mrn\":44321}]}", "MRN", "44321")]
    [InlineData("name,mrn,unit\nAnn Lee,A-17731,4W\n", "MRN", "A-17731")]
    [InlineData("see\n```\nSSN 123-45-6789\n```", "SSN", "123-45-6789")]
    [InlineData("MSH|^~\\&|A|B|C|D|20210304||ADT^A01|1|P|2.5\rPID|1||44321^^^H||Doe^Ann||19800304|F", "MRN", "44321")]
    public void Scan_Structured_SaysWhereItStands(string text, string type, string value)
    {
        var scanned = MaskingBench.Masker.Scan(text);

        var found = Assert.Single(scanned.Findings, f => f.Type == type);
        Assert.Equal(value, text[found.Start..found.End]);
        Assert.DoesNotContain(value, scanned.Masked, StringComparison.Ordinal);
        Assert.InRange(found.Score, 0.5, 1);
    }

    [Fact]
    public void Scan_EscapedString_NamesTheWholeString()
    {
        const string Text = """{"note":"call\u0020415-555-0100"}""";

        var found = Assert.Single(MaskingBench.Masker.Scan(Text).Findings);

        Assert.Equal("""call\u0020415-555-0100""", Text[found.Start..found.End]);
    }

    [Fact]
    public void Scan_FenceWithoutEnd_IsMasked()
    {
        Assert.DoesNotContain("44321", MaskingBench.Masker.Scan("see ```MRN: 44321").Masked, StringComparison.Ordinal);
    }

    [Fact]
    public void Scan_TooLong_SaysSo()
    {
        var masker = new Masker(new MaskingOptions { MaxBytes = 1024 }, TimeProvider.System);

        var scanned = masker.Scan(new string('x', 1025));

        Assert.Equal(WithheldReason.TooLarge, scanned.Reason);
        Assert.Empty(scanned.Masked);
    }

    [Property(MaxTest = 300)]
    public Property Scan_OfPieces_StaysInsideTheText()
    {
        var texts = Gen.Elements(Pieces).ListOf(6).Select(parts => string.Concat(parts));
        return Prop.ForAll(Arb.From(texts), text =>
        {
            var scanned = MaskingBench.Masker.Scan(text);
            return scanned.Reason == WithheldReason.None
                && scanned.Findings.All(f => f.Start >= 0 && f.Start < f.End && f.End <= text.Length)
                && (scanned.Findings.Count > 0 || scanned.Masked == text);
        });
    }
}
