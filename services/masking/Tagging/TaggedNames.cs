using Chaperone.Masking.Detectors;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Tagging;

/// <summary>Names (A) and places below a state (B) as the tagger reads them. A short field by itself must look like a whole name.</summary>
internal sealed partial class TaggedNames(NameModel model)
{
    /// <summary>How sure a find of the tagger is.</summary>
    public const float Score = 0.8f;

    // A field with fewer words, or with most of them apart, is no sentence: "Blood Culture", "eng^English-us^HL70296".
    private const int SentenceWords = 5;

    private const int MostStrangers = 2;
    private const int LongestSyllable = 5;
    private const int ShortestGiven = 4;

    // Each find changes how the rest reads: seldom more than twice.
    private const int MostPasses = 4;

    // Weight that is taken from "outside": a name that is missed costs more than a word that is masked.
    private const int Caution = -800;

    // 45 CFR 164.514(b)(2)(i)(B) lets states and the country stay.
    private static readonly WordSet Staying = """
        us usa america americas united states alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana iowa kansas kentucky louisiana
        maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada hampshire jersey mexico north south carolina dakota ohio oklahoma oregon pennsylvania
        rhode island tennessee texas utah vermont virginia west washington wisconsin wyoming new of the
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToWordSet();

    // What people speak, believe and descend from is no place.
    private static readonly WordSet Peoples = """
        spanish french german english vietnamese tagalog mandarin cantonese chinese japanese korean arabic russian polish portuguese italian hindi urdu punjabi bengali gujarati tamil telugu malayalam marathi farsi persian hebrew yiddish greek turkish
        ukrainian romanian somali amharic tigrinya swahili hmong khmer lao thai burmese nepali haitian creole kreyol navajo ilocano cebuano albanian serbian croatian bosnian bulgarian czech slovak hungarian finnish swedish norwegian danish dutch
        american canadian british mexican cuban dominican rican jewish muslim hindu buddhist catholic protestant christian baptist methodist lutheran mormon ashkenazi sephardic hispanic latina latino latinx asian african caucasian european indian
        filipino mixtec quechua nahuatl mam kiche karen dari pashto kurdish igbo yoruba hausa twi wolof oromo samoan tongan marshallese chuukese armenian georgian
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToWordSet();

    [ThreadStatic]
    private static TextUnits? _units;

    private readonly NameTagger _tagger = new(model, Caution);

    /// <summary>The lists and weights it works with.</summary>
    public NameModel Model => model;

    /// <summary>Adds names and places to what the detectors found. True where it finds nothing more as long as the spans cover the same characters.</summary>
    public bool Find(TextScan scan, TextSpans spans)
    {
        if (scan.WordCount == 0 || (IsBare(scan) && !MayBeWholeName(scan)))
        {
            return scan.WordCount == 0 || !SmallField(scan, spans);
        }

        var units = _units ??= new TextUnits(model);
        var settled = Tag(scan, spans, units);
        units.Trim();
        var before = spans.Count;
        if (!IsBare(scan))
        {
            Given(scan, spans);
            SmallPairs(scan, _units!, spans);
        }

        return settled && spans.Count == before;
    }

    // True where the last pass found nothing.
    private bool Tag(TextScan scan, TextSpans spans, TextUnits units)
    {
        for (var pass = 0; pass < MostPasses; pass++)
        {
            units.Load(scan, spans);
            var before = spans.Count;
            if (!_tagger.Tag(scan, units, units.Tags) || !Add(scan, units, spans) || spans.Count == before)
            {
                return true;
            }
        }

        return false;
    }

    // "Thanks Josh!": what many people are called and the language has no other use for is a name wherever it stands.
    private void Given(TextScan scan, TextSpans spans)
    {
        const NameLists Others = NameLists.Word | NameLists.Medical | NameLists.Region;
        for (var i = 0; scan.HasCapital && i < scan.WordCount; i++)
        {
            var word = scan.Words[i];
            if (word.IsCapital && word.IsAlpha && word.Length >= ShortestGiven && (model.Find(scan.WordText(i)) & (NameLists.CommonGiven | Others)) == NameLists.CommonGiven
                && !word.IsUpper && !spans.Covers(word.Start) && !Eponyms.Names(scan, i, i) && !CommonWords.Contains(scan.WordText(i)))
            {
                Person(scan, spans, i, i);
            }
        }
    }

    private bool Add(TextScan scan, TextUnits units, TextSpans spans)
    {
        var tags = units.Tags;
        var field = IsBare(scan);
        for (var i = 0; i < units.Count; i++)
        {
            if (tags[i] is not (NameTag.Person or NameTag.Place or NameTag.Organisation))
            {
                continue;
            }

            var last = i;
            while (last + 1 < units.Count && tags[last + 1] == tags[i] + 1)
            {
                last++;
            }

            if (tags[i] == NameTag.Person)
            {
                Person(scan, spans, units.WordOf(i), units.WordOf(last));
            }
            else if (tags[i] == NameTag.Organisation)
            {
                Namesake(scan, spans, units.WordOf(i), units.WordOf(last));
            }
            else if (!field)
            {
                Place(scan, spans, units.WordOf(i), units.WordOf(last));
            }

            i = last;
        }

        return true;
    }

    private void Person(TextScan scan, TextSpans spans, int first, int last)
    {
        // "Major Depressive Disorder. Matthew Martinez" are two sentences.
        for (var i = first; i < last; i++)
        {
            if (scan.GapAfter(i) is ". " && !NameReader.IsTitle(scan.WordText(i)) && scan.Words[i].Length > 2 && !scan.Is(i, "jr"))
            {
                Person(scan, spans, first, i);
                first = i + 1;
            }
        }

        // "Foley 18F placed": the size is no part of it.
        last = WithoutTail(scan, first, last);
        if (!WithJoined(scan, ref first, ref last))
        {
            return;
        }

        last = WithoutTail(scan, first, last);

        // A given name and another word are a person in code too.
        var code = !(last > first && (model.Find(scan.WordText(first)) & NameLists.CommonGiven) != 0) && CodeLines.Hold(scan, scan.Words[first].Start, scan.Words[last].End);
        if (code || IsCode(scan, first, last) || (NameReader.WithTitle(scan, first) == first && (last = WithoutWords(scan, first, last)) < first))
        {
            return;
        }

        // "max 2 g/dose", "her mo. called"
        if (AreKeywords(scan, first, last) || (first == last && (IsOfVariable(scan, first, place: false) || scan.WordText(first) is "max" or "mo" or "cal" || (Peoples.Contains(scan.WordText(first)) && !scan.Words[first].IsUpper && (model.Find(scan.WordText(first)) & Common) == 0))))
        {
            return;
        }

        // "Wrong chart", "Done": words of the language that hardly anybody is called.
        if (first == last && NameReader.WithTitle(scan, first) == first && (model.Find(scan.WordText(first)) & (NameLists.Word | NameLists.CommonGiven | NameLists.CommonFamily)) == NameLists.Word)
        {
            return;
        }

        if (first == last && (scan.Words[first].Length < 2 || CommonWords.Contains(scan.WordText(first)) || Acronyms.Is(scan, first)))
        {
            return;
        }

        // "diagnosed with Alzheimer's" tells of nobody; a title before it does.
        var titled = NameReader.WithTitle(scan, first);
        if (titled == first && (Eponyms.Names(scan, first, last) || (first == last && (model.Find(scan.WordText(first)) & (NameLists.Medical | NameLists.CommonGiven | NameLists.CommonFamily)) == NameLists.Medical)))
        {
            return;
        }

        if (titled == first && MedicalLists.Hold(scan, first, last, model))
        {
            return;
        }

        // "PENICILLIN, ORAL": nobody has medicine's word for a family name.
        if (titled == first && last > first && scan.GapAfter(first) is ", " && (model.Find(scan.WordText(first)) & (NameLists.Medical | NameLists.Given | NameLists.Family)) == NameLists.Medical)
        {
            return;
        }

        first = titled == first ? WithStrangers(scan, first, -1) : titled;
        last = NameReader.WithCredentials(scan, WithStrangers(scan, WithSyllable(scan, first, last), 1));
        var initial = scan.Words[last].Length == 1 && scan.At(scan.Words[last].End) == '.' ? 1 : 0;
        spans.Add(scan.Words[first].Start, scan.Words[last].End + initial, Identifier.Name, Score);
    }

    // What is joined by a hyphen is one name, or one of medicine's: false where nothing is left without those.
    private static bool WithJoined(TextScan scan, ref int first, ref int last)
    {
        // "CHA2DS2-VASc", "Antonia30", "DAPA-CKD"
        if ((first == last && Acronyms.Is(scan, first)) || !scan.Words[first].IsAlpha || !scan.Words[last].IsAlpha)
        {
            return true;
        }

        first = Eponyms.JoinedFrom(scan, first);
        var end = Eponyms.JoinedTo(scan, first);
        if (NameReader.WithTitle(scan, first) == first && Eponyms.AreJoined(scan, first, end))
        {
            // "Child-Pugh B. Bell"
            first = end + 1;
            while (first <= last && scan.Words[first].Length == 1)
            {
                first++;
            }

            return first <= last && WithJoined(scan, ref first, ref last);
        }

        last = Math.Max(last, Eponyms.JoinedTo(scan, last));
        return true;
    }

    // "Park Ji-woo", "Dr. Eun-ji Pak": a small second syllable belongs to the name, "Ann Lee-led" has none.
    private int WithSyllable(TextScan scan, int first, int last)
    {
        if (last == first || last + 1 >= scan.WordCount || scan.GapAfter(last) is not "-" || scan.Words[last].Length > LongestSyllable || scan.Words[last + 1] is not { IsAlpha: true, IsCapital: false, Length: >= 2 and <= LongestSyllable })
        {
            return last;
        }

        var lists = model.Find(scan.WordText(last + 1));
        return (lists & (NameLists.Word | NameLists.Medical)) == 0 && !CommonWords.Contains(scan.WordText(last + 1)) ? last + 1 : last;
    }

    // "Quillon Lee": what stands beside a name with a capital, and is no word that any list knows, belongs to it.
    private int WithStrangers(TextScan scan, int index, int step)
    {
        for (var i = 0; i < MostStrangers; i++)
        {
            var next = index + step;
            if (next < 0 || next >= scan.WordCount || !(scan.GapAfter(Math.Min(index, next)) is " " or "-" or ", " or ","))
            {
                return index;
            }

            var word = scan.Words[next];
            if (!word.IsCapital || !word.IsAlpha || word.Length < 4 || (word.IsUpper && !scan.Words[index].IsUpper) || CommonWords.Contains(scan.WordText(next)) || TechnicalWords.IsCamel(scan.WordText(next))
                || (model.Find(scan.WordText(next)) & ~(NameLists.Given | NameLists.Family | NameLists.CommonGiven | NameLists.CommonFamily | (step > 0 && scan.GapAfter(index) is " " ? NameLists.Town : 0))) != 0)
            {
                return index;
            }

            index = next;
        }

        return index;
    }

    // "the Lindqvist novel": what is called by a person's name, and may be that person.
    private void Namesake(TextScan scan, TextSpans spans, int first, int last)
    {
        last = WithoutTail(scan, first, last);
        for (var i = first; i <= last; i++)
        {
            var lists = model.Find(scan.WordText(i));
            if ((lists & (NameLists.Given | NameLists.Family)) == 0 || (lists & (NameLists.Word | NameLists.Medical | NameLists.Region)) != 0 || scan.Words[i].Length < 3)
            {
                return;
            }
        }

        Person(scan, spans, first, last);
    }

    // A name that starts with a capital does not end in small words: "Smith's", "Miller story".
    private static int WithoutTail(TextScan scan, int first, int last, bool place = false)
    {
        while (last > first && ((scan.WordText(last) is "s" or "S" && scan.GapAfter(last - 1) is "'" && !place) || (scan.Words[first].IsCapital && !scan.Words[last].IsCapital && scan.GapAfter(last - 1) is not ("-" or "'"))))
        {
            last--;
        }

        return last;
    }

    private void Place(TextScan scan, TextSpans spans, int first, int last)
    {
        // "level T9. Hill-Sachs"
        for (var i = first; i < last; i++)
        {
            if (scan.GapAfter(i) is ". " && scan.Words[i].HasDigit)
            {
                first = i + 1;
            }
        }

        if (!WithJoined(scan, ref first, ref last) || Acronyms.AreJoined(scan, first, last, model))
        {
            return;
        }

        // "SLEDAI 6"
        if (first == last && scan.Words[first].IsUpper && last + 1 < scan.WordCount && scan.GapAfter(last) is " " && scan.Words[last + 1] is { IsNumber: true, Length: <= 3 } && (model.Find(scan.WordText(first)) & (NameLists.Town | NameLists.Region)) == 0)
        {
            return;
        }

        last = WithoutTail(scan, first, last, place: true);

        // "f/u Mon", "read by Ann Lee, M.D."
        if (first == last ? CommonWords.Contains(scan.WordText(first)) && (model.Find(scan.WordText(first)) & (NameLists.Town | NameLists.Given | NameLists.Family)) == 0 : scan.Text[scan.Words[first].Start..scan.Words[last].End] is "M.D" or "D.O" or "R.N" or "N.P")
        {
            return;
        }

        if (first == last && (model.Find(scan.WordText(first)) & (NameLists.Word | NameLists.Town | NameLists.Region)) == NameLists.Word)
        {
            return;
        }

        if (IsCode(scan, first, last) || CodeLines.Hold(scan, scan.Words[first].Start, scan.Words[last].End) || (first == last && Acronyms.Is(scan, first) && !(first > 0 && scan.GapAfter(first - 1) is " " && scan.WordText(first - 1) is "at" or "from" or "in" or "near" && !Acronyms.IsNoPlace(scan.WordText(first)))) || (first == last && (model.Find(scan.WordText(first)) & (NameLists.Medical | NameLists.Town | NameLists.Region)) == NameLists.Medical) || Eponyms.Names(scan, first, last))
        {
            return;
        }

        var stays = true;
        for (var i = first; i <= last; i++)
        {
            stays &= (last > first || !scan.Is(i, "mexico")) && Staying.Contains(scan.WordText(i));
        }

        stays |= AreKeywords(scan, first, last) || (first == last && IsOfVariable(scan, first, place: true));
        var people = !scan.Words[first].IsUpper;
        for (var i = first; i <= last; i++)
        {
            people &= Peoples.Contains(scan.WordText(i));
        }

        stays |= people;
        stays |= MedicalLists.Hold(scan, first, last, model);

        // "our San Francisco clinic"
        if (last + 1 < scan.WordCount && scan.GapAfter(last) is " " && scan.WordText(last + 1) is "clinic" or "hospital" or "campus")
        {
            last++;
            stays = false;
        }

        if (!stays && scan.Words[last].End - scan.Words[first].Start > 2)
        {
            spans.Add(scan.Words[first].Start, scan.Words[last].End, Identifier.Location, Score);
        }
    }

    // "Case Management", "Generalized Anxiety Disorder": a phrase that ends in words that are nobody's name. What stands before
    // them stays a name if one of its words is no word of the language; before the first word: nothing does.
    private int WithoutWords(TextScan scan, int first, int last)
    {
        const NameLists Names = NameLists.Given | NameLists.Family | NameLists.Town | NameLists.Region;
        var end = last;
        while (end >= first && (model.Find(scan.WordText(end)) & (Names | NameLists.Word)) == NameLists.Word)
        {
            end--;
        }

        if (end == last)
        {
            return last;
        }

        for (var i = first; i <= end; i++)
        {
            if ((model.Find(scan.WordText(i)) & NameLists.Word) == 0 && scan.Words[i].Length > 1)
            {
                return end;
            }
        }

        return first - 1;
    }
}
