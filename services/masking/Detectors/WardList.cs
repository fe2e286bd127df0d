using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>The list of a ward, with whose bed it is before sex and age: <c>Rm 512 Delacroix M 58</c>, <c>Bed 2 Marchetti, 67M</c>.</summary>
internal static class WardList
{
    private static readonly WordSet Beds = "rm room bed bay pod cube".Split(' ').ToWordSet();

    /// <summary>Adds the name that starts at word <paramref name="index"/>.</summary>
    public static void Find(TextScan scan, TextSpans spans, int index)
    {
        if (index < 2 || scan.Words[index].Length < 3 || !scan.Words[index - 1].HasDigit || scan.GapAfter(index - 1) is not (" " or ": " or ", " or " - ") || !Beds.Contains(scan.WordText(index - 2)) || CommonWords.Contains(scan.WordText(index)))
        {
            return;
        }

        var last = index;
        while (last + 1 < scan.WordCount && last < index + 2 && scan.GapAfter(last) is " " or ", " or "-" or "'" && scan.Words[last + 1] is { IsCapital: true, IsAlpha: true, Length: >= 2 } && !CommonWords.Contains(scan.WordText(last + 1)))
        {
            last++;
        }

        var next = last + 1;
        if (next >= scan.WordCount || scan.GapAfter(last) is not (" " or ", "))
        {
            return;
        }

        var text = scan.WordText(next);
        var sexed = text is "M" or "F" && next + 1 < scan.WordCount && scan.GapAfter(next) is " " or "/" && scan.Words[next + 1] is { IsNumber: true, Length: <= 3 };
        if (sexed || (scan.Words[next].HasDigit && AgeDetector.IsAge(scan, next, out _)))
        {
            spans.Add(scan.Words[index].Start, scan.Words[last].End, Identifier.Name);
        }
    }
}
