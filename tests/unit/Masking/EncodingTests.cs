using System.Text;

namespace Chaperone.Masking.Tests;

/// <summary>Text in another writing is read, masked and written so again; what holds nothing stays byte for byte.</summary>
public sealed class EncodingTests
{
    private const string Secret = "Patient SSN 123-45-6789 seen";

    public static TheoryData<string, string> Writings => new()
    {
        { "base64", Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)) },
        { "base64 in a sentence", $"blob {Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret))} end" },
        { "base64url", Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret + "??>>")).TrimEnd('=').Replace('+', '-').Replace('/', '_') },
        { "hexadecimal", Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Secret)) },
        { "percent", "q=Patient%20SSN%20123%2D45%2D6789" },
        { "entities", "Patient SSN 123&#45;45&#x2d;6789" },
        { "named entities", "SSN:&nbsp;123-45-6789 &amp; more" },
        { "escapes", "SSN \\u0031\\u0032\\u0033-45-6789" },
        { "hexadecimal escapes", "SSN \\x31\\x32\\x33-45-6789" },
        { "data URI", $"data:text/plain;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret))}" },
        { "mathematical digits", "SSN \U0001D7D9\U0001D7DA\U0001D7DB-45-6789" },
        { "circled digits", "SSN ①②③-45-6789" },
        { "combining marks", "SSN 1\u03012\u03013\u0301-45-6789" },
        { "tags", "SSN 1\U000E002023-45-6789" },
    };

    [Theory]
    [MemberData(nameof(Writings))]
    public void Text_InAnotherWriting_IsMasked(string writing, string text)
    {
        var masked = MaskingBench.Text(text);

        Assert.NotEqual(text, masked);
        Assert.DoesNotContain("6789", Decoded(masked), StringComparison.Ordinal);
        Assert.Contains(MaskingBench.Masker.Scan(text).Findings, f => f.End <= text.Length && f.Type is "SSN" or "URL");
        Assert.NotEmpty(writing);
    }

    [Fact]
    public void Base64_WithAnIdentifier_IsBase64Again()
    {
        var masked = MaskingBench.Text(Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)));

        Assert.Equal("Patient SSN [SSN] seen", Encoding.UTF8.GetString(Convert.FromBase64String(masked)));
    }

    [Fact]
    public void Picture_InBase64_IsReplaced()
    {
        byte[] picture = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, .. Enumerable.Range(0, 60).Select(i => (byte)i)];

        Assert.Equal("see [PHOTO].", MaskingBench.Text($"see {Convert.ToBase64String(picture)}."));
    }

    [Theory]
    [InlineData("commit 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("aGVsbG8gd29ybGQsIHRoaXMgaXMgZmluZQ==")]
    [InlineData("100%25 done &amp; dusted")]
    [InlineData("a \\u00e9 b")]
    [InlineData("the internationalization of electroencephalography")]
    [InlineData("path/to/some/very/long/file/name")]
    public void Text_WithoutIdentifier_StaysAsItIs(string text)
    {
        Assert.Equal(text, MaskingBench.Text(text));
    }

    [Fact]
    public void Name_WithCombiningMarks_GoesWhole()
    {
        Assert.Equal("Dr. [NAME] came".Replace("Dr. ", "", StringComparison.Ordinal), MaskingBench.Text("Dr. Jose\u0301 came"));
    }

    private static string Decoded(string text)
    {
        foreach (var token in text.Split(' ', ',', '='))
        {
            var bytes = new byte[token.Length];
            if (token.Length >= 16 && Convert.TryFromBase64String(token.Replace('-', '+').Replace('_', '/').PadRight((token.Length + 3) / 4 * 4, '='), bytes, out var length))
            {
                text += Encoding.UTF8.GetString(bytes.AsSpan(0, length));
            }

            if (token.Length >= 24 && token.All(char.IsAsciiHexDigit) && token.Length % 2 == 0)
            {
                text += Encoding.UTF8.GetString(Convert.FromHexString(token));
            }
        }

        return text + Uri.UnescapeDataString(text) + System.Net.WebUtility.HtmlDecode(text);
    }
}
