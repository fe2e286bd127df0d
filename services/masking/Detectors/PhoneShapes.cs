using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>Telephone numbers: NANP with or without punctuation, E.164, and national numbers behind a 0 or in brackets.</summary>
internal static class PhoneShapes
{
    private static readonly WordSet Labels = new[]
    {
        "phone", "tel", "telephone", "mobile", "cell", "fax", "pager", "call", "called", "ph", "contact", "text", "sms", "dial", "beeper", "number", "at", "reach", "reached",
    }.ToWordSet();

    private static readonly WordSet SureLabels = new[]
    {
        "phone", "tel", "telephone", "mobile", "cell", "fax", "pager", "call", "called", "ph", "dial", "beeper", "reach", "reached", "answering", "ring", "callback", "tfno", "tlf", "tlfno", "telf", "teléfono", "telefono", "telefon", "telem", "telemóvel", "telemovel", "móvil", "movil", "celular", "portable", "gsm", "handy", "mob",
    }.ToWordSet();

    private static readonly WordSet Desks = new[] { "pager", "beeper", "vocera", "ascom", "spectralink" }.ToWordSet();

    private static readonly WordSet Kinds = new[] { "office", "fax", "mobile", "cell", "desk", "pager" }.ToWordSet();

    /// <summary>How many parts of <paramref name="group"/> are a telephone number; 0 if none are.</summary>
    public static int Match(TextScan scan, NumberGroup group)
    {
        var before = scan.At(group.Start - 1);
        var first = group.Count > 1 && scan.WordText(group.First) is "1" or "0" or "001" ? 1 : 0;
        if (group.Is(first, 3, 3) && IsOneStyle(group, first) && (group.Length(first + 2) == 4 || IsGlued(scan, group.First + first + 2)))
        {
            return first + 3;
        }

        if (group.Is(first, 3, 3, 2, 2) && IsOneStyle(group, first))
        {
            return first + 4;
        }

        if (before == '+' || scan.WordText(group.First) is "00")
        {
            return International(group);
        }

        if (group.Is(first, 3, 7) || (group.Is(first, 6, 4) && group.Gap(first) is "-"))
        {
            return group.Gap(first) is ") " or ")" or "-" or ")-" ? first + 2 : 0;
        }

        if (group.Length(0) is 10 or 11 && group.Count >= 1)
        {
            return IsBareNanp(scan.WordText(group.First)) || HasLabel(scan, group.First, Labels) ? 1 : 0;
        }

        if (group.Count == 2 && group.Is(0, 3, 4) && group.Gap(0) is "-" or "." && HasLabel(scan, group.First, Labels))
        {
            return 2;
        }

        // "0700-1900" is a shift.
        if (group.Count == 2 && group.Is(0, 4, 4) && group.Gap(0) is "-" && IsClock(scan.WordText(group.First)) && IsClock(scan.WordText(group.First + 1)) && !HasLabel(scan, group.First, SureLabels))
        {
            return 0;
        }

        var parts = National(scan, group, before);
        return parts > 0 ? parts : Spoken(scan, group);
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
        if (scan.GapAfter(last) is " #" && scan.Words[last + 1].IsNumber && next.Length <= 6)
        {
            more = 1;
            return scan.Words[last + 1].End;
        }

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

    /// <summary>True for the number of a desk in a house: <c>x4431</c>, <c>ext. 3312</c>. "x1000" multiplies, "Ext: 5/5" is a limb.</summary>
    public static bool IsDesk(TextScan scan, int index)
    {
        var word = scan.Words[index];
        var text = scan.WordText(index);
        if (word.IsMixed)
        {
            return text[0] is 'x' or 'X' && !text[1..].ContainsAnyExceptInRange('0', '9') && text[^2..] is not "00" && scan.At(word.Start - 1) is '\0' or ' ' or '(' or '\n' or ',' or ':' or '\t' && scan.At(word.End) is not ('.' or '/' or '-' or ':') | scan.At(word.End + 1) is '\0' or ' ' or '\n';
        }

        return index > 0 && scan.GapAfter(index - 1) is " " or ". " or "." or " # " or " #" or ": " or ". #" && (scan.WordText(index - 1) is "ext" or "Ext" or "EXT" or "extn" or "extension" or "Extension" || (word.Length >= 4 && Desks.Contains(scan.WordText(index - 1))))
            && scan.At(word.End) is not ('/' or '%' or ':') && !(scan.At(word.End) == '.' && char.IsAsciiDigit(scan.At(word.End + 1)));
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
        // Eleven digits behind a single 0 are a mobile number in most of the world.
        if (digits.Length == 11)
        {
            return (digits[0] == '0' && digits[1] != '0') || (digits[0] == '1' && IsBareNanp(digits[1..]));
        }

        return digits[0] >= '2' && digits[3] >= '2' && digits[1..3] is not "11";
    }

    // "555 0132 office", "you can call 73 448 266": short and foreign numbers need a word that says so.
    private static int Spoken(TextScan scan, NumberGroup group)
    {
        var parts = group.Count;
        return parts is >= 2 and <= 5 && group.Length(0) <= 5 && group.Total(parts) is >= 6 and <= 13 && group.Length(parts - 1) is >= 2 and <= 8 && group.Length(1) >= 2
            && scan.At(group.End(parts)) is not (':' or '%') && scan.At(group.Start - 1) is not ('.' or '/' or ':' or '-') && (HasLabel(scan, group.First, SureLabels) || IsKind(scan, group))
            ? parts
            : 0;
    }

    // "42 078 638-office", "555 0132 mobile"
    private static bool IsKind(TextScan scan, NumberGroup group)
    {
        var next = group.First + group.Count;
        return next < scan.WordCount && scan.GapAfter(next - 1) is " " or "-" or " (" && Kinds.Contains(scan.WordText(next));
    }

    // "3994x1887": the last part with its extension in one word.
    private static bool IsGlued(TextScan scan, int index)
    {
        if (index >= scan.WordCount || scan.GapAfter(index - 1).Length > 3)
        {
            return false;
        }

        var word = scan.WordText(index);
        return word.Length is >= 6 and <= 10 && word[4] is 'x' or 'X' && !word[..4].ContainsAnyExceptInRange('0', '9') && !word[5..].ContainsAnyExceptInRange('0', '9');
    }

    // National Drug Codes: 4-4-2, 5-4-2, 5-3-2, 5-4-1.
    private static bool IsDrug(NumberGroup group) =>
        group.Count == 3 && group.Gap(0) is "-" && group.Gap(1) is "-" && (group.Is(0, 4, 4, 2) || group.Is(0, 5, 4, 2) || group.Is(0, 5, 3, 2) || group.Is(0, 5, 4, 1));

    // (96) 627-277, 0431 1234567, 020 7946 0958
    private static bool IsClock(ReadOnlySpan<char> digits) => int.Parse(digits) is var time && time < 2400 && time % 100 < 60;

    private static int National(TextScan scan, NumberGroup group, char before)
    {
        if (group.Count < 2 || IsDrug(group) || (before != '(' && scan.At(group.Start) != '0') || group.Length(0) is 1 or > 5)
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

    private static bool HasLabel(TextScan scan, int first, WordSet labels)
    {
        for (var i = first - 1; i >= Math.Max(0, first - 3); i--)
        {
            if (scan.GapAfter(i).ContainsAny('\n', ']'))
            {
                return false;
            }

            if (labels.Contains(scan.WordText(i)))
            {
                return true;
            }
        }

        return false;
    }
}
