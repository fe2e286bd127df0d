using Chaperone.Masking.Tagging;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>Names (A) that their surroundings give away: honorifics, roles and kinship before them, degrees and ages behind them, initials, Synthea's numbered names. A tagger comes beside it.</summary>
internal sealed class NameDetector : ITextDetector
{
    // One capitalised word behind these is enough.
    private static readonly WordSet StrongCues = Set("named nicknamed nickname aka mum spouse wife husband son daughter mother father brother sister aunt uncle niece nephew grandmother grandfather guardian caregiver dear partner mom dad grandson granddaughter fiance fiancee girlfriend boyfriend neighbor neighbour sincerely regards dtr hubby fob bf gf sib stepmom stepdad roommate landlord grandma grandpa");

    // And a list may follow.
    private static readonly WordSet SeveralCues = Set("siblings children kids sons daughters brothers sisters parents grandparents grandchildren twins cousins nieces nephews");

    // Abbreviations and kinds of work before a name without a title.
    private static readonly WordSet Roles = Set("pcp gp attending hospitalist surgeon anesthesiologist anesth anesthetist cardiologist neurologist oncologist pharmacist pediatrician obgyn radiologist pathologist psychiatrist midwife doula rn lpn np crna coordinator interpreter paramedic mgm mgf pgm pgf dtr grandma grandpa stepdad stepmom stepfather stepmother stepson stepdaughter fellow intern extern dermatologist nephrologist urologist gastroenterologist pulmonologist endocrinologist rheumatologist ophthalmologist podiatrist dentist technologist phlebotomist dietitian sonographer scribe chaplain pastor sponsor attorney adjuster cytotech rt slp emt cna lvn aprn fnp");

    // Behind these it takes two; behind the others a name in quotes may stand ("Patient 'Mireille Joubert' not found").
    private static readonly WordSet WeakCues = Set("patient pt paciente patientin student by attending surgeon physician provider nurse therapist client employee member resident contact with subject customer user kin from for to is am about like");
    private static readonly WordSet Quoted = Set("patient client member resident customer employee student subscriber paciente");

    // What goes on about a person whose name stood between commas.
    private static readonly WordSet Followers = Set("who whose seen admitted last currently diagnosed recently given a an with aged was is presenting dx presented treated referred born");
    private static readonly WordSet NoInitial = Set("vitamin hepatitis type group grade stage factor class phase category schedule part section level appendix plan schedule omega vit hep titer protein complement influenza strep exhibit figure table room apt suite unit ward building");

    private const int LongestAddress = 96;

    public void Find(TextScan scan, TextSpans spans)
    {
        var words = scan.Words;
        var text = scan.Text;
        for (var i = 0; i + 1 < words.Length; i++)
        {
            // Nearly all words are told apart by their first letter.
            if (text[words[i].Start] is 'd' or 'm' or 'n' or 'p' && words[i] is { IsCapital: false, IsAlpha: true, Length: >= 2 and <= 9 } && !words[i + 1].IsCapital)
            {
                SmallTitle.Find(scan, spans, i);
            }
        }

        if (!scan.HasCapital)
        {
            return;
        }

        for (var i = 0; i < words.Length; i++)
        {
            ref readonly var word = ref words[i];
            if (word.IsMixed && NameReader.IsNumbered(scan.WordText(i)) && scan.WordText(i)[^2..].ContainsAnyInRange('0', '9'))
            {
                Numbered(scan, spans, i);
            }
            else if (word.IsMixed && word.Length is 3 or 4)
            {
                LoneNames.Heading(scan, spans, i);
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

        if (before)
        {
            Role(scan, spans, index);
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
            WardList.Find(scan, spans, index);
            LoneNames.Find(scan, spans, index);
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

    // "PCP Hallworth", "surgeon BJORNSTAD K": whose work stands before the name, and nothing else.
    private static void Role(TextScan scan, TextSpans spans, int index)
    {
        const NameLists Plain = NameLists.Word | NameLists.Medical | NameLists.Region;
        var next = index + 1;
        if (next >= scan.WordCount || scan.GapAfter(index) is not (" " or ": ") || !Roles.Contains(scan.WordText(index)) || scan.Words[next] is not { IsCapital: true, IsAlpha: true, Length: >= 3 } || CommonWords.Contains(scan.WordText(next)))
        {
            return;
        }

        var lists = NameModel.Shipped.Find(scan.WordText(next));
        var upper = scan.Words[next].IsUpper && (scan.Words[next].Length < 5 || scan.Words[index].IsUpper && scan.Words[index].Length > 4);
        if (upper || ((lists & Plain) != 0 && (lists & (NameLists.CommonGiven | NameLists.CommonFamily)) == 0) || (lists & NameLists.Medical) != 0 || TechnicalWords.IsCamel(scan.WordText(next)) || Eponyms.Names(scan, next, next))
        {
            return;
        }

        var last = NameReader.Read(scan, next, labelled: false);
        if (last >= next && !NameReader.IsPhrase(scan, next, last))
        {
            Add(scan, spans, next, last);
        }
    }

    // "siblings Tobi, 9, and Sade, 6": the others of a list.
    private static void Others(TextScan scan, TextSpans spans, int last)
    {
        for (var next = last + 1; next < scan.WordCount; next = last + 1)
        {
            while (next < scan.WordCount && scan.GapAfter(next - 1) is ", " or " " or " (" or "), " or ") " && ((scan.Words[next].IsNumber && scan.Words[next].Length <= 2) || scan.Is(next, "and")))
            {
                next++;
            }

            if (next >= scan.WordCount || scan.GapAfter(next - 1) is not (", " or " & " or " " or "), " or ") ") || (next == last + 1 && scan.GapAfter(last) is " ") || !scan.Words[next].IsCapital)
            {
                return;
            }

            last = NameReader.Read(scan, next, labelled: false);
            if (last < next)
            {
                return;
            }

            Add(scan, spans, next, last);
        }
    }

    // "prefers to be called Zee", "goes by Bo"
    private static bool IsNicknamed(TextScan scan, int index) =>
        (scan.Is(index, "called") && (scan.Is(index - 1, "be") || scan.Is(index - 1, "being"))) || (scan.Is(index, "by") && (scan.Is(index - 1, "goes") || scan.Is(index - 1, "go") || scan.Is(index - 1, "going")));

    private static void Cue(TextScan scan, TextSpans spans, int index)
    {
        // A name starts with a capital, at least behind a particle.
        if (index + 1 >= scan.WordCount || !(scan.Words[index + 1].IsCapital || (index + 2 < scan.WordCount && scan.Words[index + 2].IsCapital)))
        {
            return;
        }

        var text = scan.WordText(index);
        var strong = StrongCues.Contains(text) || SeveralCues.Contains(text) || IsNicknamed(scan, index);
        if (!strong && !WeakCues.Contains(text))
        {
            return;
        }

        var gap = scan.GapAfter(index);
        var quoted = gap is " '" or " \"" && Quoted.Contains(text);
        if (!quoted && (gap is not (" " or ", " or " (" or ",\n" or ",\n\n" or ",\r\n") || (gap is not " " && !strong)))
        {
            return;
        }

        var last = NameReader.Read(scan, index + 1, labelled: false);
        var least = strong ? index + 1 : index + 2;
        if (last < least || (quoted && scan.At(scan.Words[last].End) != gap[1]) || (!strong && IsPhrase(scan, last)) || scan.Words[index].IsUpper || scan.Words[index + 1].IsUpper && scan.Words[index + 1].Length > 1)
        {
            return;
        }

        Add(scan, spans, index + 1, last);
        if (SeveralCues.Contains(text))
        {
            Others(scan, spans, last);
        }
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
        if (IsOfMedicine(scan, index, index) || initial.Length != 1 || !initial.IsCapital || scan.At(initial.End) != '.' || NoInitial.Contains(text) || CommonWords.Contains(text))
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

    // "by Sokolow-Lyon", "Child-Pugh B."
    private static bool IsOfMedicine(TextScan scan, int first, int last)
    {
        var from = Eponyms.JoinedFrom(scan, first);
        return from < Eponyms.JoinedTo(scan, last) && NameReader.WithTitle(scan, from) == from && Eponyms.AreJoined(scan, from, Eponyms.JoinedTo(scan, last));
    }

    private static void Add(TextScan scan, TextSpans spans, int first, int last)
    {
        if (!IsOfMedicine(scan, first, last))
        {
            AddPerson(scan, spans, first, last);
        }
    }

    private static void AddPerson(TextScan scan, TextSpans spans, int first, int last) =>
        spans.Add(scan.Words[NameReader.WithTitle(scan, first)].Start, scan.Words[NameReader.WithCredentials(scan, last)].End, Identifier.Name);

    private static WordSet Set(string words) => words.Split(' ').ToWordSet();
}
