using Chaperone.Masking.Tagging;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>Family names that stand by themselves, where what is beside them says whose they are: <c>Turner 54F with CHF</c>, <c>4E-12 Okwuosa 77M</c>, <c>Kowalczyk RN aware</c>, <c>the Brandvold family</c>, <c>Re: Okwuosa</c>.</summary>
internal static class LoneNames
{
    private const int LeastAge = 18;
    private const int LongestBed = 4;
    private const int ShortestUnknown = 4;
    private const NameLists Plain = NameLists.Word | NameLists.Medical | NameLists.Region;

    // Their sizes are written like the age of a woman.
    private static readonly WordSet Catheters = "foley french hickman robinson nelaton tiemann groshong malecot pezzer yates jackson pratt blake ward hall post".Split(' ').ToWordSet();

    private static readonly WordSet Subjects = "re fw fwd".Split(' ').ToWordSet();

    /// <summary>Adds the name before the age and sex at word <paramref name="index"/>, at the start of a line or behind a bed.</summary>
    public static void Heading(TextScan scan, TextSpans spans, int index)
    {
        if (index == 0 || scan.GapAfter(index - 1) is not " " || !AgeDetector.IsAge(scan, index, out var age) || age < LeastAge || scan.Words[index - 1] is not { IsUpper: false, IsAlpha: true, Length: >= 3 } name || !Begins(scan, index - 1))
        {
            return;
        }

        var lists = NameModel.Shipped.Find(scan.WordText(index - 1));
        var family = (lists & NameLists.CommonFamily) != 0 && name.IsCapital ? (lists & NameLists.Region) == 0 : (lists & (NameLists.Family | Plain)) == NameLists.Family;
        family |= name.IsCapital && ((Eponyms.IsPerson(scan.WordText(index - 1)) && (lists & NameLists.Word) == 0) || IsUnknown(scan, index - 1, lists));
        if (family && !CommonWords.Contains(scan.WordText(index - 1)) && !Catheters.Contains(scan.WordText(index - 1)))
        {
            spans.Add(name.Start, name.End, Identifier.Name);
        }
    }

    /// <summary>Adds the word with a capital at <paramref name="index"/> where the word behind it or the mark before it tells.</summary>
    public static void Find(TextScan scan, TextSpans spans, int index)
    {
        var told = index + 1 < scan.WordCount && scan.GapAfter(index) is " " && scan.WordText(index + 1) switch
        {
            "RN" or "LPN" or "CNA" => true,
            "family" => index > 0 && scan.GapAfter(index - 1) is " " && scan.WordText(index - 1) is "the" or "The",
            _ => false,
        };
        told |= index > 0 && scan.GapAfter(index - 1) is ": " && Subjects.Contains(scan.WordText(index - 1)) && scan.GapAfter(index) is "" or ['\n' or '\r' or ',' or ';', ..] or [' ', '-' or '(', ..];
        if (!told || scan.Words[index] is not { IsCapital: true, IsUpper: false, IsAlpha: true, Length: >= 3 } || CommonWords.Contains(scan.WordText(index)))
        {
            return;
        }

        var lists = NameModel.Shipped.Find(scan.WordText(index));
        if ((lists & (NameLists.Family | Plain)) == NameLists.Family || ((lists & NameLists.CommonFamily) != 0 && (lists & Plain) == 0) || IsUnknown(scan, index, lists))
        {
            spans.Add(scan.Words[index].Start, scan.Words[WithGiven(scan, index)].End, Identifier.Name);
        }
    }

    // "RE: Galloway, Fern (MRN 220918)"
    private static int WithGiven(TextScan scan, int index) =>
        index + 1 < scan.WordCount && scan.GapAfter(index) is ", " && scan.Words[index + 1] is { IsCapital: true, IsAlpha: true, Length: >= 2 } && !CommonWords.Contains(scan.WordText(index + 1))
            && scan.GapAfter(index + 1) is "" or ['\n' or '\r', ..] or [' ', '-' or '(', ..] ? index + 1 : index;

    // At the start of a line or a part of it, or behind the number of a bed.
    private static bool Begins(TextScan scan, int index)
    {
        if (index == 0 || scan.At(scan.Words[index].Start - 1) is '\0' or '\n')
        {
            return true;
        }

        var gap = scan.GapAfter(index - 1);
        return gap is "; " or ": " or " - " or "\n- " or ". " || (gap is " " && scan.Words[index - 1] is { HasDigit: true, Length: <= LongestBed });
    }

    private static bool IsUnknown(TextScan scan, int index, NameLists lists) =>
        lists == NameLists.None && scan.Words[index].Length >= ShortestUnknown && !TechnicalWords.IsCamel(scan.WordText(index)) && !Eponyms.IsThing(scan.WordText(index));
}
