using System.Globalization;

namespace Chaperone.Eval;

/// <summary>Counts what was masked and should have stayed.</summary>
internal sealed record OverMasking
{
    public int HardNegatives { get; set; }

    public int HardNegativesTouched { get; set; }

    public int Tokens { get; set; }

    public int TokensCovered { get; set; }

    public int Leaves { get; set; }

    public int LeavesChanged { get; set; }

    public int Stay { get; set; }

    public int StayTouched { get; set; }

    /// <summary>True for a county, and for a month of a year: 164.514(b)(2)(i)(B) and (C) ask for both, whatever a set's labels say.</summary>
    public static bool IsIdentifier(string found) =>
        found.EndsWith(" County", StringComparison.Ordinal) || DateTime.TryParseExact(found, "MMMM yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <summary>Words of a text that no gold span touches, and how many of them are covered.</summary>
    public void AddTokens(GoldRecord record, Coverage coverage)
    {
        var start = -1;
        for (var i = 0; i <= record.Text.Length; i++)
        {
            var inWord = i < record.Text.Length && char.IsLetterOrDigit(record.Text[i]);
            if (inWord && start < 0)
            {
                start = i;
            }
            else if (!inWord && start >= 0)
            {
                if (!record.Spans.Any(s => s.Start < i && start < s.End))
                {
                    Tokens++;
                    TokensCovered += coverage.Touches(start, i) ? 1 : 0;
                }

                start = -1;
            }
        }
    }
}
