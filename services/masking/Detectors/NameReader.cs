using Chaperone.Masking.Tagging;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>Reads a person's name that starts at a word, where a label or cue says that one does.</summary>
internal static class NameReader
{
    private const int MostWords = 5;

    private static readonly WordSet Particles = Set("de la las los del der den van von bin ibn al el da di dos das du le ter ten st o y e san abu ben bat mac");
    private static readonly WordSet Titles = Set("mr mrs ms miss mx dr prof professor doctor rev fr sir madam dame lord lady hon sister brother nurse pastor rabbi imam sgt capt herr frau madame mme mlle sra srta señor señora senor senora signor signora sig dott dra doña dona mevr mevrouw meneer dhr smt shri");

    /// <summary>Honorific before a name.</summary>
    public static bool IsTitle(ReadOnlySpan<char> word) => Titles.Contains(word);

    /// <summary>First word of a name together with particles and honorifics before it: "Dr. Lee" says more than "Lee".</summary>
    public static int WithTitle(TextScan scan, int first)
    {
        while (first > 0 && scan.GapAfter(first - 1) is " " && IsParticle(scan, first - 1) && scan.WordText(first - 1).Length > 1)
        {
            first--;
        }

        while (first > 0 && IsTitle(scan.WordText(first - 1)) && (scan.Words[first - 1].IsCapital || !scan.Words[first].IsCapital) && scan.GapAfter(first - 1) is " " or ". " or ".")
        {
            first--;
        }

        return first;
    }

    /// <summary>
    /// Index of the last word of the name that starts at <paramref name="first"/>, or -1. <paramref name="labelled"/>: a
    /// label says that it is a name, so "Last, First" and small letters are accepted too; <paramref name="sure"/>: the label is one of people alone,
    /// so a small word of the language is accepted too.
    /// </summary>
    public static int Read(TextScan scan, int first, bool labelled, bool sure = false)
    {
        while (first < scan.WordCount && IsTitle(scan.WordText(first)) && scan.GapAfter(first) is ". " or " " or ".")
        {
            first++;
        }

        var last = -1;
        var commas = 0;
        for (var i = first; i < scan.WordCount && i < first + MostWords; i++)
        {
            if (i > first && !Joins(scan, i, labelled, ref commas))
            {
                break;
            }

            if (!IsNameWord(scan, i, i > first))
            {
                break;
            }

            if (!IsParticle(scan, i))
            {
                last = i;
            }
        }

        if (last >= first && IsLabel(scan, last))
        {
            last--;
        }

        return last < first ? (labelled ? ReadSmall(scan, first, sure) : -1) : last;
    }

    /// <summary>True where the text as a whole could be a person's name and nothing else.</summary>
    public static bool IsWhole(TextScan scan)
    {
        if (scan.WordCount is < 2 or > MostWords || scan.Length > 60 || scan.Words[0].Start > 1)
        {
            return false;
        }

        for (var i = 0; i < scan.WordCount; i++)
        {
            var gap = scan.GapAfter(i);
            if (gap.Length > 2 || gap.ContainsAnyExcept(" .,'-") || !IsNameWord(scan, i, i > 0))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True where a value under <c>user_last</c> may be a name: it starts with none of the digits, has a letter, and is no answer and no address.</summary>
    public static bool MayBePart(ReadOnlySpan<char> value)
    {
        value = value.Trim();
        foreach (var c in value)
        {
            if (char.IsLetter(c))
            {
                return !char.IsAsciiDigit(value[0]) && value is not ("yes" or "no" or "true" or "false" or "Yes" or "No" or "True" or "False") && !value.Contains("://", StringComparison.Ordinal);
            }
        }

        return false;
    }

    /// <summary>True where the words are of the language, and the last of them nobody's name: "Blue Widget", "Glucose", "ICU West".</summary>
    public static bool IsPhrase(TextScan scan, int first, int last)
    {
        const NameLists Names = NameLists.Given | NameLists.Family | NameLists.Town | NameLists.Region;
        var model = NameModel.Shipped;
        var ward = last > first && scan.Words[first].IsUpper && !scan.Words[last].IsUpper && scan.Words[first].Length is 3 or 4 && (model.Find(scan.WordText(first)) & Names) == 0;
        if (!ward && (model.Find(scan.WordText(last)) & (Names | NameLists.Word)) != NameLists.Word)
        {
            return false;
        }

        for (var i = first; i < last && !ward; i++)
        {
            if ((model.Find(scan.WordText(i)) & NameLists.Word) == 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True where what stands behind "name" is a thing's: of the language, of medicine, or written as programs are: "fhir-gateway".</summary>
    public static bool IsThing(TextScan scan, int first, int last) =>
        IsPhrase(scan, first, last) || IsOfMedicine(scan, first, last) || Eponyms.Names(scan, first, last) || IsOfProgram(scan, first, last);

    private static bool IsOfProgram(TextScan scan, int first, int last)
    {
        for (var i = first; i <= last; i++)
        {
            if (scan.Words[i].IsCapital || (i < last && scan.GapAfter(i) is not "-") || (NameModel.Shipped.Find(scan.WordText(i)) & (NameLists.Given | NameLists.Family)) != 0)
            {
                return false;
            }
        }

        return last > first;
    }

    /// <summary>"levothyroxine": medicine's words, and nobody's name.</summary>
    public static bool IsOfMedicine(TextScan scan, int first, int last)
    {
        for (var i = first; i <= last; i++)
        {
            if ((NameModel.Shipped.Find(scan.WordText(i)) & (NameLists.Medical | NameLists.Given | NameLists.Family | NameLists.CommonGiven | NameLists.CommonFamily)) != NameLists.Medical)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True where one word is a name, or none that any list knows, and no word of the language or of medicine: "Rao", "Okwuosa".</summary>
    public static bool IsLone(TextScan scan) =>
        scan.WordCount == 1 && scan.Words[0] is { IsCapital: true, IsAlpha: true, Length: >= 3 } && scan.Words[0].Length == scan.Length && !CommonWords.Contains(scan.WordText(0))
        && (NameModel.Shipped.Find(scan.WordText(0)) is var lists && (lists & (NameLists.Word | NameLists.Medical | NameLists.Region)) == 0
            && ((lists & (NameLists.Given | NameLists.Family)) != 0 || (lists == NameLists.None && scan.Words[0].Length > 3 && !scan.Words[0].IsUpper && !TechnicalWords.IsCamel(scan.WordText(0)) && !TaggedNames.IsOfProgram(scan.WordText(0)))));

    /// <summary>A small word inside a name: "van", "de la".</summary>
    public static bool IsParticle(TextScan scan, int index) =>
        !scan.Words[index].IsCapital && Particles.Contains(scan.WordText(index));

    private static bool IsNameWord(TextScan scan, int index, bool inside)
    {
        var word = scan.Words[index];
        var text = scan.WordText(index);
        if (word.HasDigit)
        {
            return IsNumbered(text);
        }

        if (!word.IsCapital || !char.IsLetter(text[0]))
        {
            return (Particles.Contains(text) && index + 1 < scan.WordCount && scan.Words[index + 1].IsCapital && scan.GapAfter(index).Length <= 1)
                || (inside && text.Length == 2 && scan.GapAfter(index - 1) is "'")
                || (inside && scan.GapAfter(index - 1) is "-" && text.Length >= 3);
        }

        if (inside && text is "S" && scan.GapAfter(index - 1) is "'")
        {
            return false;
        }

        return inside && text.Length == 1 || !CommonWords.Contains(text) || (inside && text is "Jr" or "Sr" or "II" or "III" or "IV");
    }

    /// <summary>Synthea's way: <c>Antonia30</c>.</summary>
    public static bool IsNumbered(ReadOnlySpan<char> text)
    {
        var letters = text.IndexOfAnyInRange('0', '9');
        return letters >= 3 && text.Length - letters is >= 1 and <= 3 && char.IsUpper(text[0]) && !text[letters..].ContainsAnyExceptInRange('0', '9')
            && char.IsLower(text[1]) && !TechnicalWords.IsCamel(text) && !CommonWords.Contains(text[..letters]);
    }

    private static bool Joins(TextScan scan, int index, bool labelled, ref int commas)
    {
        var gap = scan.GapAfter(index - 1);
        var before = scan.Words[index - 1];
        switch (gap)
        {
            case " " or "-" or "'" or "^" or "\u00A0":
                return true;
            case ". " or ".":
                return before.Length == 1 || (before.Length <= 3 && CommonWords.Contains(scan.WordText(index - 1)));
            case ", " or ",":
                return labelled && ++commas == 1 && !IsCredential(scan.WordText(index)) && !IsLabel(scan, index);
            default:
                return false;
        }
    }

    // "Name: john smith" on a line of its own.
    private static int ReadSmall(TextScan scan, int first, bool sure)
    {
        var last = first;
        for (; last < scan.WordCount && last < first + 4; last++)
        {
            if (!scan.Words[last].IsAlpha || CommonWords.Contains(scan.WordText(last)))
            {
                return -1;
            }

            var gap = scan.GapAfter(last);
            if (gap.IsEmpty || gap[0] is '\n' or '\r' or ',' or ';' or '|' or '"' or '\'' or ')')
            {
                return last == first && !sure && IsPlain(scan, first) ? -1 : last;
            }

            if (gap is not (" " or "-" or "'"))
            {
                return -1;
            }
        }

        return -1;
    }

    // "name: gateway": one small word of the language that hardly anybody is called.
    private static bool IsPlain(TextScan scan, int index) =>
        (NameModel.Shipped.Find(scan.WordText(index)) & (NameLists.Word | NameLists.CommonGiven | NameLists.CommonFamily)) == NameLists.Word;

    private static bool IsLabel(TextScan scan, int index)
    {
        var gap = scan.GapAfter(index).TrimStart(' ');
        return gap.Length > 0 && gap[0] is ':' or '=';
    }

    /// <summary>Last word of a name together with the degrees behind it.</summary>
    public static int WithCredentials(TextScan scan, int last)
    {
        while (last + 1 < scan.WordCount && scan.GapAfter(last) is " " && (IsCredential(scan.WordText(last + 1)) || scan.WordText(last + 1) is "md" or "phd" or "dds" or "dvm" or "DVM" or "Jr" or "Sr"))
        {
            last++;
        }

        return last;
    }

    /// <summary>Degree or licence behind a name.</summary>
    public static bool IsCredential(ReadOnlySpan<char> word) =>
        word is "MD" or "DO" or "RN" or "NP" or "PA" or "PhD" or "DDS" or "DMD" or "LPN" or "APRN" or "FNP" or "PharmD" or "DPM" or "CNM" or "LCSW" or "LMFT" or "CRNA" or "BSN" or "MSN" or "PsyD" or "DVM" or "RPh" or "LVN" or "CNA" or "MBBS" or "FACP" or "FACS";

    private static WordSet Set(string words) => words.Split(' ').ToWordSet();
}
