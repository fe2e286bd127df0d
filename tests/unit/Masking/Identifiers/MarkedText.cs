using System.Text;

namespace Chaperone.Masking.Tests.Identifiers;

/// <summary>Texts whose identifiers stand between « and ».</summary>
internal static class MarkedText
{
    /// <summary>Every letter and digit between the marks must be covered by the finds, whatever their type, and gone from the masked text's place.</summary>
    public static void AssertCovered(string marked)
    {
        var text = new StringBuilder();
        var wanted = new List<int>();
        var inside = false;
        foreach (var c in marked)
        {
            if (c is '«' or '»')
            {
                inside = c == '«';
                continue;
            }

            if (inside && char.IsLetterOrDigit(c))
            {
                wanted.Add(text.Length);
            }

            text.Append(c);
        }

        var scanned = MaskingBench.Masker.Scan(text.ToString());

        Assert.NotEmpty(wanted);
        Assert.Equal(WithheldReason.None, scanned.Reason);
        Assert.All(wanted, at => Assert.Contains(scanned.Findings, f => f.Start <= at && at < f.End));
    }

    /// <summary>Nothing may be found.</summary>
    public static void AssertUntouched(string text)
    {
        var scanned = MaskingBench.Masker.Scan(text);

        Assert.Empty(scanned.Findings);
        Assert.Equal(text, scanned.Masked);
    }
}
