using System.Collections.Frozen;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>Telephone numbers: NANP with or without punctuation, E.164, and national numbers behind a 0 or in brackets.</summary>
internal static class PhoneShapes
{
    private static readonly FrozenSet<string> Labels = new[]
    {
        "phone", "tel", "telephone", "mobile", "cell", "fax", "pager", "call", "called", "ph", "contact", "text", "sms", "dial", "beeper", "number", "at", "reach", "reached",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>How many parts of <paramref name="group"/> are a telephone number; 0 if none are.</summary>
    public static int Match(TextScan scan, NumberGroup group)
    {
        var before = scan.At(group.Start - 1);
        if (before == '+')
        {
            return International(group);
        }

        var first = group.Is(0, 1) && scan.WordText(group.First) is "1" && group.Count > 1 ? 1 : 0;
        if (group.Is(first, 3, 3, 4) && IsOneStyle(group, first))
        {
            return first + 3;
        }

        if (group.Is(first, 3, 7) || (group.Is(first, 6, 4) && group.Gap(first) is "-"))
        {
            return group.Gap(first) is ") " or ")" or "-" or ")-" ? first + 2 : 0;
        }

        if (group.Length(0) is 10 or 11 && group.Count >= 1)
        {
            return IsBareNanp(scan.WordText(group.First)) || HasLabel(scan, group.First) ? 1 : 0;
        }

        if (group.Is(0, 3, 4) && group.Gap(0) is "-" or "." && HasLabel(scan, group.First))
        {
            return 2;
        }

        return National(scan, group, before);
    }

    /// <summary>Where the number truly starts: at its bracket or plus.</summary>
    public static int Start(TextScan scan, int start)
    {
        while (scan.At(start - 1) is '+' or '(')
        {
            start--;
        }

        return start;
    }

    /// <summary>End of the number with an extension behind word <paramref name="last"/>; <paramref name="more"/> says how many words that took.</summary>
    public static int Extension(TextScan scan, int last, out int more)
    {
        more = 0;
        if (last + 1 >= scan.WordCount || scan.GapAfter(last) is not (" " or ", " or "" or " #" or "," or ";"))
        {
            return scan.Words[last].End;
        }

        var next = scan.WordText(last + 1);
        if (next.Length is >= 2 and <= 9 && next[0] is 'x' or 'X' && !next[1..].ContainsAnyExceptInRange('0', '9'))
        {
            more = 1;
            return scan.Words[last + 1].End;
        }

        if (last + 2 < scan.WordCount && scan.Words[last + 2].IsNumber && scan.Words[last + 2].Length <= 6 && scan.GapAfter(last + 1).Length <= 2
            && (next.Equals("ext", StringComparison.OrdinalIgnoreCase) || next.Equals("x", StringComparison.OrdinalIgnoreCase) || next.Equals("extension", StringComparison.OrdinalIgnoreCase)))
        {
            more = 2;
            return scan.Words[last + 2].End;
        }

        return scan.Words[last].End;
    }

    /// <summary>True where the number is called a fax.</summary>
    public static bool IsFax(TextScan scan, int first) => scan.Is(first - 1, "fax") || scan.Is(first - 2, "fax");

    private static int International(NumberGroup group)
    {
        for (var parts = group.Count; parts >= 1; parts--)
        {
            if (group.Total(parts) is >= 7 and <= 15)
            {
                return parts;
            }
        }

        return 0;
    }

    private static bool IsOneStyle(NumberGroup group, int first) =>
        group.Gap(first) is "-" or "." or " " or ") " or ")" or ")-" or " - " or "/" or ".-" or ") -" or "  " && group.Gap(first + 1) is "-" or "." or " " or " - " or "  ";

    private static bool IsBareNanp(ReadOnlySpan<char> digits)
    {
        if (digits.Length == 11)
        {
            return digits[0] == '1' && IsBareNanp(digits[1..]);
        }

        return digits[0] >= '2' && digits[3] >= '2' && digits[1..3] is not "11";
    }

    // (96) 627-277, 0431 1234567, 020 7946 0958
    private static int National(TextScan scan, NumberGroup group, char before)
    {
        if (group.Count < 2 || (before != '(' && scan.At(group.Start) != '0') || group.Length(0) is 1 or > 5)
        {
            return 0;
        }

        if (before == '(' && group.Gap(0) is not (")" or ") " or ")-"))
        {
            return 0;
        }

        for (var parts = Math.Min(group.Count, 5); parts >= 2; parts--)
        {
            if (group.Total(parts) is >= 8 and <= 13 && group.Length(parts - 1) >= 2 && group.Length(1) >= 2)
            {
                return parts;
            }
        }

        return 0;
    }

    private static bool HasLabel(TextScan scan, int first)
    {
        var lookup = Labels.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = first - 1; i >= Math.Max(0, first - 3); i--)
        {
            if (scan.GapAfter(i).Contains('\n'))
            {
                return false;
            }

            if (lookup.Contains(scan.WordText(i)))
            {
                return true;
            }
        }

        return false;
    }
}
