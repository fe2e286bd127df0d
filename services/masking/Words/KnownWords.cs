using Chaperone.Masking.Tagging;

namespace Chaperone.Masking.Words;

/// <summary>Finds what is already known of the payload (<see cref="KnownValues"/>) wherever it stands again.</summary>
internal static class KnownWords
{
    private const int MostParts = 6;

    /// <summary>Adds what is known; of a coded element, whose numbers are codes, names alone.</summary>
    public static void Find(TextScan scan, TextSpans spans, KnownValues known, bool coded)
    {
        if (known.Count == 0)
        {
            return;
        }

        var words = scan.Words;
        for (var i = 0; i < words.Length; i++)
        {
            if (!known.MayStart(scan.At(words[i].Start), scan.At(words[i].Start + 1)))
            {
                continue;
            }

            if ((!coded && FindId(scan, spans, known, i)) || !words[i].IsAlpha && !words[i].IsMixed)
            {
                continue;
            }

            var end = NameEnd(scan, known, i);
            if (end < 0)
            {
                continue;
            }

            if (Eponyms.Names(scan, i, end))
            {
                i = end;
                continue;
            }

            // A small word is a name only beside another word of a name: "john smith", but not "a smith".
            if (words[i].IsCapital || end > i || (i > 0 && NameEnd(scan, known, i - 1) == i - 1 && scan.GapAfter(i - 1) is " "))
            {
                end = WithGiven(scan, end);
                spans.Add(words[i].Start, words[end].End, Identifier.Name);
            }

            i = end;
        }
    }

    /// <summary>True where a word, or several that are joined, have become known after the first <paramref name="since"/>.</summary>
    public static bool Any(TextScan scan, KnownValues known, int since)
    {
        for (var i = 0; i < scan.WordCount; i++)
        {
            if (!known.MayStart(scan.At(scan.Words[i].Start), scan.At(scan.Words[i].Start + 1)))
            {
                continue;
            }

            for (var end = i; end < scan.WordCount && end <= i + MostParts && (end == i || scan.GapAfter(end - 1) is "-" or "_" or "/" or "." or ":" or "'"); end++)
            {
                if (known.TryFind(scan.Text[scan.Words[i].Start..scan.Words[end].End], out var entry) && entry.Order >= since)
                {
                    return true;
                }
            }
        }

        return false;
    }

    // Index of the last word of the known name that starts here; -1 if none does.
    private static int NameEnd(TextScan scan, KnownValues known, int index)
    {
        if (!Knows(scan, known, index, out var end))
        {
            return -1;
        }

        while (end + 1 < scan.WordCount && Joins(scan.GapAfter(end)) && Knows(scan, known, end + 1, out var next))
        {
            end = next;
        }

        return end;
    }

    // "Hale, Lionel": the given name behind a family name that is known.
    private static int WithGiven(TextScan scan, int end)
    {
        var lists = end + 1 < scan.WordCount && scan.GapAfter(end) is ", " && scan.Words[end + 1] is { IsCapital: true, IsAlpha: true, Length: >= 3 } ? NameModel.Shipped.Find(scan.WordText(end + 1)) : NameLists.None;
        return (lists & (NameLists.Given | NameLists.Word | NameLists.Medical | NameLists.Region)) == NameLists.Given && !CommonWords.Contains(scan.WordText(end + 1)) ? end + 1 : end;
    }

    private static bool Knows(TextScan scan, KnownValues known, int index, out int end)
    {
        end = index;
        while (end + 1 < scan.WordCount && end < index + 3 && scan.GapAfter(end) is "'" or "-")
        {
            end++;
        }

        for (; end >= index; end--)
        {
            var text = scan.Text[scan.Words[index].Start..scan.Words[end].End];
            if (known.TryFind(text, out var entry) && entry.IsName)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Joins(ReadOnlySpan<char> gap) => gap is " " or ", " or "," or "  " or "_" or "." or "^" or "-" or "\u00A0";

    private static bool FindId(TextScan scan, TextSpans spans, KnownValues known, int index)
    {
        if (!scan.Words[index].HasDigit && (index + 1 >= scan.WordCount || scan.GapAfter(index) is not ("-" or "_" or "/" or ".")))
        {
            return false;
        }

        var end = index;
        while (end + 1 < scan.WordCount && end < index + 6 && scan.GapAfter(end) is "-" or "_" or "/" or "." or ":")
        {
            end++;
        }

        for (; end >= index; end--)
        {
            var text = scan.Text[scan.Words[index].Start..scan.Words[end].End];
            if (known.TryFind(text, out var entry) && !entry.IsName)
            {
                spans.Add(scan.Words[index].Start, scan.Words[end].End, entry.Identifier);
                return true;
            }
        }

        return false;
    }
}
