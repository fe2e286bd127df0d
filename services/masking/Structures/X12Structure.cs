using System.Collections.Frozen;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Structures;

/// <summary>X12 interchanges (<c>ISA*</c>: 270, 271, 276, 277, 278, 834, 835, 837), walked by segment and element.</summary>
internal sealed class X12Structure : ITextStructure
{
    private const int ShortestHeader = 40;
    private const int LongestHeader = 160;
    private const int ElementsOfHeader = 16;

    // Which elements identify someone; "Q" says that the element before it names the kind of number. The rest is read as text, "-" is kept.
    private static readonly FrozenDictionary<string, FrozenDictionary<int, string>> Segments = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ISA"] = "1- 2Secret 3- 4Secret 5- 6- 7- 8- 9Date 10- 11- 12- 13- 14- 15- 16-",
        ["GS"] = "1- 2- 3- 4Date 5- 6- 7- 8-",
        ["ST"] = "1- 2- 3-",
        ["SE"] = "1- 2-",
        ["GE"] = "1- 2-",
        ["IEA"] = "1- 2-",
        ["BHT"] = "1- 2- 3Id 4Date 5- 6-",
        ["BGN"] = "1- 2Id 3Date 4-",
        ["BPR"] = "1- 2- 3- 4- 5- 6- 7Account 8- 9Account 10Id 11- 12- 13Account 14- 15Account 16Date",
        ["NM1"] = "1- 2- 3Name 4Name 5Name 6Name 7Name 8- 9Q 10- 11- 12Name",
        ["N1"] = "1- 2Name 3- 4Q",
        ["N2"] = "1Name 2Name",
        ["N3"] = "1Address 2Address",
        ["N4"] = "1City 2- 3Zip 4- 5- 6City 7-",
        ["DMG"] = "1- 2Date 3- 4- 5- 6- 7- 8- 9-",
        ["REF"] = "1- 2Q",
        ["PER"] = "1- 2Name 3- 4Phone 5- 6Phone 7- 8Phone 9Id",
        ["DTP"] = "1- 2- 3Date",
        ["DTM"] = "1- 2Date 3- 4- 5- 6Date",
        ["PAT"] = "1- 2- 3- 4- 5- 6Date 7- 8- 9-",
        ["SBR"] = "1- 2- 3Plan 4Plan 5- 6- 7- 8- 9-",
        ["CLM"] = "1Account 2- 3- 4- 5- 6- 7- 8- 9- 10- 11- 12-",
        ["CLP"] = "1Id 2- 3- 4- 5- 6- 7Id 8- 9- 10- 11- 12- 13-",
        ["TRN"] = "1- 2Id 3Id 4Id",
        ["INS"] = "1- 2- 3- 4- 5- 6- 7- 8- 9- 10- 11- 12Date",
        ["HI"] = "1- 2- 3- 4- 5- 6- 7- 8- 9- 10- 11- 12-",
        ["HL"] = "1- 2- 3- 4-",
        ["LX"] = "1-",
        ["SV1"] = "2- 3- 4- 5- 6- 7- 8-",
        ["SV2"] = "1- 3- 4- 5- 6-",
        ["SVC"] = "2- 3- 4- 5- 6- 7-",
        ["CAS"] = "1- 2- 3- 4- 5- 6- 7- 8- 9- 10- 11- 12- 13- 14- 15- 16- 17- 18- 19-",
        ["AMT"] = "1- 2- 3-",
        ["QTY"] = "1- 2- 3-",
        ["PLB"] = "1License 2Date 3- 4- 5- 6- 7- 8-",
        ["PRV"] = "1- 2- 3-",
        ["CUR"] = "1- 2- 3-",
        ["PWK"] = "1- 2- 3- 4- 5- 6Id 7-",
        ["LUI"] = "1- 2- 3- 4- 5-",
        ["EB"] = "1- 2- 3- 4- 6- 7- 8- 9- 10- 11- 12- 13-",
        ["MIA"] = "1- 2- 3- 4- 5- 6- 7- 8- 9- 10-",
        ["MOA"] = "1- 2- 3- 4- 5- 6- 7- 8- 9-",
        ["HD"] = "1- 2- 3- 4Plan 5-",
    }.ToFrozenDictionary(s => s.Key, s => s.Value.Split(' ').ToFrozenDictionary(e => int.Parse(e.AsSpan(0, e.IndexOfAnyExceptInRange('0', '9'))), e => e[e.IndexOfAnyExceptInRange('0', '9')..]), StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, FrozenDictionary<int, string>>.AlternateLookup<ReadOnlySpan<char>> Lookup = Segments.GetAlternateLookup<ReadOnlySpan<char>>();

    public bool TryMask(TextPart part, TextEdits edits, TextMasker masker, MaskRun run, bool twin)
    {
        var start = part.Length - part.Text.TrimStart().Length;
        var rest = part[start..];
        if (IsPiece(rest.Text) || IsPerson(rest.Text))
        {
            Walk(rest, '*', ':', '~', edits, masker, run);
            return true;
        }

        if (!rest.Text.StartsWith("ISA") || rest.Length < ShortestHeader || ComponentAt(rest.Text) is var last && (last < 0 || last + 1 >= rest.Length))
        {
            return false;
        }

        // What is no mark would cut the words of the segments, or none of them.
        var (element, component, terminator) = (rest[3], rest[last], rest[last + 1]);
        if (!IsMark(component) || !IsMark(terminator) && terminator is not ('\n' or '\r') || terminator == '-' || component == element || terminator == element)
        {
            return false;
        }

        Walk(rest, element, component, terminator, edits, masker, run);
        return true;
    }

    private static void Walk(TextPart rest, char element, char component, char terminator, TextEdits edits, TextMasker masker, MaskRun run)
    {
        while (!rest.IsEmpty)
        {
            var length = rest.Text.IndexOf(terminator);
            Segment((length < 0 ? rest : rest[..length]).Trim(), element, component, edits, masker, run);
            rest = length < 0 ? default : rest[(length + 1)..];
        }
    }

    // A part of one, as logs quote it, with the usual marks: two segments that are known.
    private static bool IsPiece(ReadOnlySpan<char> text) =>
        !text.StartsWith("ISA") && IsKnown(text) && text.IndexOf('~') is > 0 and var end && IsKnown(text[(end + 1)..].TrimStart());

    // "NM1*IL*1*DOE*JOHN****MI*00123~": one segment that names a person.
    private static bool IsPerson(ReadOnlySpan<char> text) =>
        text.StartsWith("NM1*") && !text.ContainsAny('\r', '\n') && text[4..].IndexOf('*') is var kind and (2 or 3) && text[(4 + kind)..].StartsWith("*1*");

    private static bool IsKnown(ReadOnlySpan<char> text)
    {
        var length = text.IndexOf('*');
        return length is 2 or 3 && Lookup.ContainsKey(text[..length]);
    }

    // Behind the sixteenth element separator: writers do not always keep to the fixed width of 106.
    private static int ComponentAt(ReadOnlySpan<char> text)
    {
        var elements = 0;
        for (var i = 3; i < Math.Min(text.Length, LongestHeader); i++)
        {
            elements += text[i] == text[3] ? 1 : 0;
            if (elements == ElementsOfHeader)
            {
                return i + 1;
            }
        }

        return -1;
    }

    private static bool IsMark(char c) => !char.IsLetterOrDigit(c) && !char.IsWhiteSpace(c);

    private static void Segment(TextPart segment, char element, char component, TextEdits edits, TextMasker masker, MaskRun run)
    {
        run.Tick();
        var first = segment.Text.IndexOf(element);
        if (!IsId(first < 0 ? segment.Text : segment.Text[..first]))
        {
            masker.MaskPlain(segment, edits, run);
            return;
        }

        if (first < 0 || !Lookup.TryGetValue(segment.Text[..first], out var elements))
        {
            elements = FrozenDictionary<int, string>.Empty;
        }

        var number = 0;
        var before = ReadOnlySpan<char>.Empty;
        foreach (var range in segment.Text.Split(element))
        {
            var value = segment[range];
            if (number > 0 && !value.IsEmpty)
            {
                Element(value, elements.GetValueOrDefault(number, ""), before, component, edits, masker, run);
            }

            before = value.Text;
            number++;
        }
    }

    // What stands between segments, or behind the last, has no elements.
    private static bool IsId(ReadOnlySpan<char> word)
    {
        var upper = 0;
        foreach (var c in word)
        {
            upper += char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) ? 1 : 0;
        }

        return word.Length is 2 or 3 && upper == word.Length && char.IsAsciiLetterUpper(word[0]);
    }

    private static void Element(TextPart value, string kind, ReadOnlySpan<char> qualifier, char component, TextEdits edits, TextMasker masker, MaskRun run)
    {
        switch (kind)
        {
            case "-" when !value.Trim().Text.ContainsAny(' ', '\n', '\r'):
                return;
            case "-" or "":
                masker.MaskPlain(value, edits, run, bare: true);
                return;
            case "Date" when value.Text.IndexOf('-') is > 0 and var dash:
                masker.MaskCell(value[..dash], Identifier.Date, edits, run);
                masker.MaskCell(value[(dash + 1)..], Identifier.Date, edits, run);
                return;
            case "Q":
                Cells(value, Qualified(qualifier), component, edits, masker, run);
                return;
            default:
                Cells(value.Trim(), Enum.Parse<Identifier>(kind), component, edits, masker, run);
                return;
        }
    }

    private static void Cells(TextPart value, Identifier identifier, char component, TextEdits edits, TextMasker masker, MaskRun run)
    {
        foreach (var range in value.Text.Split(component))
        {
            if (!value[range].IsEmpty)
            {
                masker.MaskCell(value[range], identifier, edits, run);
            }
        }
    }

    // Code lists 66 and 128: what kind of number follows.
    private static Identifier Qualified(ReadOnlySpan<char> qualifier) => qualifier switch
    {
        "34" or "SY" or "24" or "FI" or "EI" or "TJ" => Identifier.Ssn,
        "MI" or "II" or "1L" or "IG" or "6P" or "0F" or "18" or "N6" or "HPN" => Identifier.Plan,
        "XX" or "0B" or "1G" or "G2" or "LU" or "1C" or "1D" => Identifier.License,
        "EA" => Identifier.Mrn,
        "EJ" or "BLT" => Identifier.Account,
        _ => Identifier.Id,
    };
}
