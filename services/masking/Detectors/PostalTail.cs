using System.Buffers;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>What follows the street of an address, and what parts of one are made of.</summary>
internal static class PostalTail
{
    private const int MostTownWords = 4;
    private const int MostLines = 4;

    private static readonly SearchValues<char> Joints = SearchValues.Create(" \t\r\n,>?|.;-");

    /// <summary>Flat, town, region, country and postcode that follow.</summary>
    public static int Onward(TextScan scan, int last, out bool postcode)
    {
        postcode = false;
        for (var lines = 0; lines < MostLines && last + 1 < scan.WordCount && IsJoint(scan.GapAfter(last)); lines++)
        {
            var end = Segment(scan, last + 1, out postcode);
            if (end < 0)
            {
                break;
            }

            last = end;
            if (postcode)
            {
                break;
            }
        }

        return last;
    }

    // One line or part between commas: a flat, or a few names of places, a postcode behind them; -1 if it is something else.
    private static int Segment(TextScan scan, int first, out bool postcode)
    {
        postcode = false;
        var end = -1;
        for (var i = first; i < scan.WordCount && i <= first + MostTownWords; i++)
        {
            if (i > first && !IsInside(scan.GapAfter(i - 1)))
            {
                return end;
            }

            var word = scan.Words[i];
            var text = scan.WordText(i);
            if (PostalWords.IsUnit(text) && i + 1 < scan.WordCount && scan.Words[i + 1].Length <= 5 && scan.Words[i + 1].HasDigit)
            {
                end = ++i;
                continue;
            }

            // A region's short name or number, where a postcode follows: ", SH\n 05775".
            if (word.Length <= 3 && i + 1 < scan.WordCount && IsJoint(scan.GapAfter(i)) && IsPostcode(scan, i + 1) && !CodeSystems.Contains(text))
            {
                postcode = true;
                return i + 1;
            }

            if (word.HasDigit)
            {
                postcode = IsPostcode(scan, i);

                // "9712 AB Groningen"
                if (postcode && word.Length == 4 && i + 1 < scan.WordCount && scan.GapAfter(i) is " " && scan.Words[i + 1] is { IsUpper: true, Length: 2 })
                {
                    return i + 1;
                }

                return postcode || (word.IsNumber && word.Length <= 2 && end == i - 1 && (i + 1 == scan.WordCount || !IsInside(scan.GapAfter(i)))) ? i : -1;
            }

            if (word.IsUpper && word.Length <= 3 && i > first && end == i - 1 && !scan.GapAfter(i).Contains(':'))
            {
                end = i;
                continue;
            }

            if (scan.GapAfter(i).Contains(':') || !(word.IsCapital || !scan.HasCapital) || !IsPart(scan, i))
            {
                if (!PostalWords.IsParticle(text) || i == first)
                {
                    return end >= 0 && scan.HasCapital ? end : -1;
                }

                continue;
            }

            end = i;
        }

        return end;
    }

    private static bool IsPostcode(TextScan scan, int index) =>
        scan.Words[index].IsNumber && scan.Words[index].Length is >= 4 and <= 6 && scan.At(scan.Words[index].End) is not ('/' or ':' or '%') && !(scan.At(scan.Words[index].End) is '-' or '.' && char.IsAsciiDigit(scan.At(scan.Words[index].End + 1)));

    /// <summary>May stand in the name of a street or a town.</summary>
    public static bool IsPart(TextScan scan, int index)
    {
        var text = scan.WordText(index);
        return scan.Words[index].IsAlpha && (!CommonWords.Contains(text) || PostalWords.IsPlaceWord(text) || PostalWords.IsTail(text) || (PostalWords.IsHead(text) && (scan.Words[index].IsCapital || !scan.HasCapital)));
    }

    /// <summary>Between words of one line.</summary>
    public static bool IsInside(ReadOnlySpan<char> gap) => gap is " " or ". " or "-" or "'" or "  " or "." or "’" or " - ";

    /// <summary>Between parts of an address: blanks, commas, line breaks, quotes of mail.</summary>
    public static bool IsJoint(ReadOnlySpan<char> gap)
    {
        if (gap.Length is 0 or > 24 || gap.Contains(':') || gap is ". ")
        {
            return false;
        }

        return gap.IndexOfAnyExcept(Joints) < 0;
    }
}
