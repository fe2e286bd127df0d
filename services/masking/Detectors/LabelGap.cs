using System.Buffers;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>What may stand between a label and its value: a mark, small words (<c>MRN on file is 12</c>), a remark (<c>MRN (verified): 12</c>), the end of the label's line.</summary>
internal readonly record struct LabelGap
{
    private const int MostFillers = 5;
    private const int MostRemarkWords = 4;
    private const int LongestGap = 12;
    private const int LongestLeader = 60;
    private const int LeastDigitsBehindComma = 4;

    private static readonly SearchValues<char> Marks = SearchValues.Create(" :#=.-([\"'`*_|\t<>\n\r\\/{~?→⇒•·");

    private static readonly SearchValues<char> RemarkMarks = SearchValues.Create(" :#=-*");

    private static readonly WordSet Fillers = new[]
    {
        "is", "was", "are", "of", "number", "no", "num", "nbr", "nr", "id", "ending", "ends", "in", "with", "last", "four", "digits", "4", "last4", "the", "as", "on", "file", "listed", "reads", "read", "shown",
        "shows", "recorded", "assigned", "under", "verified", "confirmed", "issued", "given", "reported", "noted", "entered", "current", "new", "old", "value", "to", "be", "being", "following", "nos", "it",
        "has", "been", "field", "says", "stated", "equals", "still", "now", "not", "s", "her", "his", "their", "your", "my", "our",
    }.ToWordSet();

    // Words that say that the value comes now; the others ("chart shows 250 items") may lead elsewhere.
    private static readonly WordSet Telling = new[]
    {
        "is", "was", "are", "number", "no", "num", "nbr", "nr", "id", "ending", "ends", "last", "four", "digits", "file", "listed", "reads", "recorded", "assigned", "verified", "confirmed", "issued", "given",
        "entered", "value", "equals", "of", "stated", "s",
    }.ToWordSet();

    private static readonly WordSet Shortened = new[] { "no", "num", "nbr", "nr", "acct", "lic", "tel", "ph", "rec", "ins", "mem", "nos", "med", "ser", "fallnr", "patnr", "hosp" }.ToWordSet();

    /// <summary>No label stands before.</summary>
    public static LabelGap None => new() { Label = -1 };

    /// <summary>Index of the last word of the label; -1 if there can be none.</summary>
    public int Label { get; private init; }

    /// <summary>A colon, sign or word says that a value follows.</summary>
    public bool Marked { get; private init; }

    /// <summary>A number sign or the word number stands between: "claim no. 12" has the label "claim number".</summary>
    public bool Numbered { get; private init; }

    /// <summary>The value stands on the line below, without a colon: the label must then be alone on its own.</summary>
    public bool Below { get; private init; }

    /// <summary>Looks back from the value's first word.</summary>
    public static LabelGap Before(TextScan scan, int first)
    {
        var marked = false;
        var below = false;
        var numbered = false;
        var index = first - 1;
        for (var fillers = 0; index >= 0 && fillers <= MostFillers; fillers++, index--)
        {
            // "<td>MRN</td><td>12</td>": what is inside angle brackets is no word of the text.
            while (index > 0 && IsTag(scan, index))
            {
                index--;
                marked = true;
            }

            // Nearly all words have one of these between them, which join and say no more.
            if (scan.GapAfter(index) is [' ' or '-' or '.' or '/'] usual)
            {
                marked |= usual[0] == '-';
            }
            else if (!Read(scan, first, ref index, ref marked, ref below, ref numbered))
            {
                break;
            }

            if (!Fillers.Contains(scan.WordText(index)))
            {
                return new LabelGap { Label = index, Marked = marked, Numbered = numbered, Below = below };
            }

            marked |= Telling.Contains(scan.WordText(index));
            numbered |= scan.WordText(index) is "no" or "No" or "NO" or "num" or "nbr" or "nr" or "nos";
            if (scan.Is(index, "id") || scan.Is(index, "number"))
            {
                // "member id" and "member" differ; "id" may itself be the label's head.
                return new LabelGap { Label = index, Marked = true, Below = below };
            }
        }

        return None;
    }

    /// <summary>True where the words <paramref name="first"/> to <paramref name="last"/> have their line to themselves.</summary>
    public static bool IsOwnLine(TextScan scan, int first, int last)
    {
        var start = first == 0 ? 0 : scan.Words[first - 1].End;
        return (first == 0 || scan.Text[start..scan.Words[first].Start].ContainsAny("\n\r|")) && scan.GapAfter(last).TrimStart(" *|").StartsWith(scan.GapAfter(last).Contains('\r') ? "\r" : "\n");
    }

    // What the gap behind a word says; false where the label ends before it.
    private static bool Read(TextScan scan, int first, ref int index, ref bool marked, ref bool below, ref bool numbered)
    {
        // "Key (ssn)=(512487731) already exists"
        var gap = scan.GapAfter(index);
        gap = gap is ")=(" or ") = (" ? "=" : gap;
        if (gap.Contains(')') && Remark(scan, index, ref marked) is var before and >= 0)
        {
            index = before;
            gap = " ";
        }

        if (!Joins(scan, index, first, gap))
        {
            return false;
        }

        below |= gap.ContainsAny("\n\r") && !gap.Contains(':');
        numbered |= gap.Contains('#');
        marked |= gap.ContainsAny(":#=|") || gap is "-" or "_" || gap.Contains("->", StringComparison.Ordinal) || gap.Contains("=>", StringComparison.Ordinal);
        return true;
    }

    private static bool Joins(TextScan scan, int index, int first, ReadOnlySpan<char> gap)
    {
        if (gap.Length > (gap.ContainsAnyExcept("._ :") ? LongestGap : LongestLeader))
        {
            return false;
        }

        if (gap is ", " or "," && index == first - 1)
        {
            return DigitsOf(scan, first) >= LeastDigitsBehindComma;
        }

        if (gap.ContainsAnyExcept(Marks) || (gap.ContainsAny("\n\r") && !gap.Contains(':') && (index != first - 1 || gap.Count('\n') > 2)))
        {
            return false;
        }

        return !gap.StartsWith(". ") || scan.Words[index].Length == 1 || Shortened.Contains(scan.WordText(index));
    }

    private static bool IsTag(TextScan scan, int index)
    {
        var start = scan.Words[index].Start;
        return scan.Words[index].Length <= 8 && scan.At(scan.Words[index].End) == '>' && (scan.At(start - 1) == '<' || (scan.At(start - 1) == '/' && scan.At(start - 2) == '<'));
    }

    private static int DigitsOf(TextScan scan, int first)
    {
        var digits = Masks.Shapes.CountDigits(scan.WordText(first));
        for (var i = first; i + 1 < scan.WordCount && i < first + 2 && scan.GapAfter(i) is "-"; i++)
        {
            digits += Masks.Shapes.CountDigits(scan.WordText(i + 1));
        }

        return digits == LeastDigitsBehindComma && DateCursor.IsYear(int.TryParse(scan.WordText(first), out var year) ? year : 0) ? 0 : digits;
    }

    // "MRN (verified): 12" and "MRN (new) 12": answers the word before the bracket, -1 if there is none near.
    private static int Remark(TextScan scan, int index, ref bool marked)
    {
        var gap = scan.GapAfter(index);
        if (gap[0] != ')' || gap[1..].ContainsAnyExcept(RemarkMarks))
        {
            return -1;
        }

        for (var i = index - 1; i >= Math.Max(0, index - MostRemarkWords); i--)
        {
            var open = scan.GapAfter(i);
            if (open.Contains('('))
            {
                marked |= gap.ContainsAny(":#=") && open is " (" or "(";
                return open is " (" or "(" ? i : -1;
            }

            if (open is not (" " or "-" or "/" or "'") || scan.Words[i].HasDigit)
            {
                return -1;
            }
        }

        return -1;
    }
}
