using Chaperone.Masking.Tagging;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>Names (A) that their surroundings give away: honorifics, roles and kinship before them, degrees and ages behind them, initials, Synthea's numbered names. A tagger comes beside it.</summary>
internal sealed class NameDetector : ITextDetector
{
    // One capitalised word behind these is enough.
    private static readonly WordSet StrongCues = Set("named spouse wife husband son daughter mother father brother sister aunt uncle niece nephew grandmother grandfather guardian caregiver dear partner mom dad grandson granddaughter fiance fiancee girlfriend boyfriend neighbor sincerely regards");

    // Behind these it takes two.
    private static readonly WordSet WeakCues = Set("patient pt by attending surgeon physician provider nurse therapist client employee member resident contact with subject customer user kin from for to is am about like");

    // What goes on about a person whose name stood between commas.
    private static readonly WordSet Followers = Set("who whose seen admitted last currently diagnosed recently given a an with aged was is presenting dx presented treated referred born");

    private static readonly WordSet NoInitial = Set("vitamin hepatitis type group grade stage factor class phase category schedule part section level appendix plan schedule omega vit hep titer protein complement influenza strep exhibit figure table room apt suite unit ward building");

    private const int LongestAddress = 96;

    public void Find(TextScan scan, TextSpans spans)
    {
        if (!scan.HasCapital)
        {
            return;
        }

        for (var i = 0; i < scan.WordCount; i++)
        {
            var word = scan.Words[i];
            if (word.IsMixed && NameReader.IsNumbered(scan.WordText(i)) && scan.WordText(i)[^2..].ContainsAnyInRange('0', '9'))
            {
                Numbered(scan, spans, i);
            }
            else if (word.IsAlpha)
            {
                Alpha(scan, spans, i, word.IsCapital);
            }
            else if (word.IsNumber && word.Length <= 3)
            {
                Aged(scan, spans, i);
            }
        }
    }

    // Most words are small and followed by small ones: they give nothing away.
    private static void Alpha(TextScan scan, TextSpans spans, int index, bool capital)
    {
        var before = index + 1 < scan.WordCount && scan.Words[index + 1].IsCapital;
        if (capital)
        {
            Honorific(scan, spans, index);
        }

        if (before || (index + 2 < scan.WordCount && scan.Words[index + 2].IsCapital))
        {
            Cue(scan, spans, index);
        }

        if (before && !capital)
        {
            Apposition(scan, spans, index);
        }

        if (capital)
        {
            Initial(scan, spans, index);
            Credential(scan, spans, index);
        }
    }

    // "Ann Lee <ann@clinic.org>"
    private static void Sender(TextScan scan, TextSpans spans, int index)
    {
        if (!scan.HasAt || scan.GapAfter(index) is not (" <" or "\" <" or " &lt;") || !scan.Words[index].IsCapital)
        {
            return;
        }

        var rest = scan.Text[scan.Words[index].End..];
        rest = rest[..Math.Min(rest.Length, LongestAddress)];
        var first = index;
        while (first > 0 && index - first < 3 && scan.GapAfter(first - 1) is " " or ". " or ", " && scan.Words[first - 1].IsCapital && scan.Words[first - 1].IsAlpha && !CommonWords.Contains(scan.WordText(first - 1)))
        {
            first--;
        }

        if (rest.Contains('@') && !CommonWords.Contains(scan.WordText(index)))
        {
            Add(scan, spans, first, index);
        }
    }

    private static void Honorific(TextScan scan, TextSpans spans, int index)
    {
        if (!scan.Words[index].IsCapital || scan.GapAfter(index) is not (" " or ". " or ".") || !NameReader.IsTitle(scan.WordText(index)))
        {
            return;
        }

        var last = NameReader.Read(scan, index + 1, labelled: false);
        if (last > index && !(scan.Words[index].IsUpper && scan.Words[index].Length > 2 && scan.Words[last].IsUpper))
        {
            Add(scan, spans, index + 1, last);
        }
    }

    private static void Cue(TextScan scan, TextSpans spans, int index)
    {
        // A name starts with a capital, at least behind a particle.
        if (index + 1 >= scan.WordCount || !(scan.Words[index + 1].IsCapital || (index + 2 < scan.WordCount && scan.Words[index + 2].IsCapital)))
        {
            return;
        }

        var text = scan.WordText(index);
        var strong = StrongCues.Contains(text);
        if (!strong && !WeakCues.Contains(text))
        {
            return;
        }

        var gap = scan.GapAfter(index);
        if (gap is not (" " or ", " or " (" or ",\n" or ",\n\n" or ",\r\n") || (gap is not " " && !strong))
        {
            return;
        }

        var last = NameReader.Read(scan, index + 1, labelled: false);
        var least = strong ? index + 1 : index + 2;
        if (last < least || (!strong && IsPhrase(scan, last)) || scan.Words[index].IsUpper || scan.Words[index + 1].IsUpper && scan.Words[index + 1].Length > 1)
        {
            return;
        }

        Add(scan, spans, index + 1, last);
    }

    // "Customer Success Manager"
    private static bool IsPhrase(TextScan scan, int last) =>
        (NameModel.Shipped.Find(scan.WordText(last)) & (NameLists.Given | NameLists.Family | NameLists.Town | NameLists.Word)) == NameLists.Word;

    // "a 60-year-old male with cancer, John Smith, who was ..."
    private static void Apposition(TextScan scan, TextSpans spans, int index)
    {
        if (index + 2 >= scan.WordCount || scan.GapAfter(index) is not ", " || scan.Words[index].IsCapital || !scan.Words[index + 1].IsCapital)
        {
            return;
        }

        var last = NameReader.Read(scan, index + 1, labelled: false);
        var gap = last < index + 2 ? [] : scan.GapAfter(last);
        if (gap is " (" || (gap is ", " && last + 1 < scan.WordCount && Followers.Contains(scan.WordText(last + 1))))
        {
            Add(scan, spans, index + 1, last);
        }
    }

    // "David S." and "Maria J. Lopez"
    private static void Initial(TextScan scan, TextSpans spans, int index)
    {
        var word = scan.Words[index];
        if (!word.IsCapital || word.Length < 2 || !char.IsUpper(scan.At(word.Start)) || index + 1 >= scan.WordCount || scan.GapAfter(index) is not " ")
        {
            return;
        }

        var initial = scan.Words[index + 1];
        var text = scan.WordText(index);
        if (initial.Length != 1 || !initial.IsCapital || scan.At(initial.End) != '.' || NoInitial.Contains(text) || CommonWords.Contains(text))
        {
            return;
        }

        var last = index + 1;
        if (last + 1 < scan.WordCount && scan.GapAfter(last) is ". " && scan.Words[last + 1].IsCapital && scan.Words[last + 1].Length > 1 && !CommonWords.Contains(scan.WordText(last + 1)))
        {
            last = Math.Max(last, NameReader.Read(scan, last + 1, labelled: false));
        }

        spans.Add(word.Start, scan.Words[last].End + (last == index + 1 ? 1 : 0), Identifier.Name);
    }

    // "Evelyn Morris, MD"
    private static void Credential(TextScan scan, TextSpans spans, int index)
    {
        if (!scan.Words[index].IsCapital || !NameReader.IsCredential(scan.WordText(index)) || index == 0 || scan.GapAfter(index - 1) is not (", " or " " or ","))
        {
            return;
        }

        Backwards(scan, spans, index - 1, least: scan.GapAfter(index - 1) is " " ? 2 : 1);
    }

    // "Evelyn Morris is a 56-year-old", "Evelyn, 56 yo"
    private static void Aged(TextScan scan, TextSpans spans, int index)
    {
        if (index == 0 || !AgeDetector.IsAge(scan, index, out _))
        {
            return;
        }

        var before = index - 1;
        if (scan.Is(before, "a") || scan.Is(before, "an"))
        {
            before--;
            before -= scan.Is(before, "is") || scan.Is(before, "was") ? 1 : 0;
        }
        else if (scan.GapAfter(before) is not (", " or " ("))
        {
            return;
        }

        if (before >= 0 && !scan.Is(before, "a"))
        {
            Backwards(scan, spans, before, least: 1);
        }
    }

    private static void Backwards(TextScan scan, TextSpans spans, int last, int least)
    {
        var first = last + 1;
        while (first > 0 && last - first < 3)
        {
            var word = scan.Words[first - 1];
            var text = scan.WordText(first - 1);
            var gap = scan.GapAfter(first - 1);
            if (!word.IsCapital || word.HasDigit || (CommonWords.Contains(text) && text.Length > 1) || (first <= last && gap is not (" " or ". " or "-" or "'")))
            {
                break;
            }

            first--;
        }

        if (last - first + 1 >= least && first <= last)
        {
            Add(scan, spans, first, last);
        }
    }

    private static void Numbered(TextScan scan, TextSpans spans, int index)
    {
        var last = index;
        while (last + 1 < scan.WordCount && scan.GapAfter(last) is " " or "." && NameReader.IsNumbered(scan.WordText(last + 1)))
        {
            last++;
        }

        Add(scan, spans, index, last);
    }

    private static void Add(TextScan scan, TextSpans spans, int first, int last) =>
        spans.Add(scan.Words[NameReader.WithTitle(scan, first)].Start, scan.Words[NameReader.WithCredentials(scan, last)].End, Identifier.Name);

    private static WordSet Set(string words) => words.Split(' ').ToWordSet();
}
