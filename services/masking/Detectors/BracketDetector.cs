using Chaperone.Masking.Tagging;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>
/// What the form of a line gives away: a number in brackets behind a name (<c>Barnaby Stopes (5519377)</c>), a name in brackets behind a bed
/// (<c>bed 7 (QUARTERMAINE)</c>), a given name that ends a message (<c>-- Aoife</c>), a name that is a line (<c>TALLENTIRE, OONA</c>), and the fictional exchange of telephones (<c>555-0144</c>).
/// </summary>
internal sealed class BracketDetector : ITextDetector
{
    private const int ShortestNumber = 5;
    private const int LongestNumber = 10;
    private const int ShortestCapitals = 4;
    private const int WordsOfQuery = 200;
    private const NameLists Plain = NameLists.Word | NameLists.Medical | NameLists.Region;

    private static readonly WordSet Beds = "rm room bed bay pod cube".Split(' ').ToWordSet();

    public void Find(TextScan scan, TextSpans spans)
    {
        for (var i = 0; i < scan.WordCount; i++)
        {
            var word = scan.Words[i];
            if (word.IsNumber)
            {
                if (word.Length is >= ShortestNumber and <= LongestNumber && i >= 2 && scan.At(word.Start - 1) == '(' && scan.At(word.End) == ')')
                {
                    Numbered(scan, spans, i);
                }
                else if (word.Length == 3 && i + 1 < scan.WordCount && scan.GapAfter(i) is "-" && scan.WordText(i) is "555" && scan.Words[i + 1] is { IsNumber: true, Length: 4 } && scan.At(scan.Words[i + 1].End) != '-')
                {
                    spans.Add(word.Start, scan.Words[i + 1].End, Identifier.Phone);
                }
            }
            else if (i > 0 && word is { IsCapital: true, IsUpper: false, IsAlpha: true, Length: > 2 })
            {
                Signed(scan, spans, i);
            }
            else if (word.IsUpper && word.IsAlpha)
            {
                if (word.Length >= ShortestCapitals && i >= 2 && scan.At(word.Start - 1) == '(' && scan.At(word.End) == ')')
                {
                    InBed(scan, spans, i);
                }
                else if (word.Length >= 2 && scan.At(word.Start - 1) is '\0' or '\n' && i + 1 < scan.WordCount)
                {
                    Line(scan, spans, i);
                }
            }
        }
    }

    private static void Numbered(TextScan scan, TextSpans spans, int index)
    {
        // "Graves Ophthalmopathy (12345678)"
        if (scan.GapAfter(index - 1) is not " (" || !MayBeName(scan, index - 1) || Eponyms.IsThing(scan.WordText(index - 1)) || IsMedical(scan, index - 1))
        {
            return;
        }

        var first = index - 1;
        var named = IsNamed(scan, first);
        while (first > 0 && first > index - 4 && (scan.GapAfter(first - 1) is " " or "-" or ", " ? MayBeName(scan, first - 1) || IsInitial(scan, first - 1) : scan.GapAfter(first - 1) is ". " && IsInitial(scan, first - 1)))
        {
            first--;
            named |= scan.Words[first].Length > 1 && IsNamed(scan, first);
        }

        if (first < index - 1 && named)
        {
            spans.Add(scan.Words[first].Start, scan.Words[index - 1].End, Identifier.Name);
            spans.Add(scan.Words[index].Start, scan.Words[index].End, Identifier.Mrn);
        }
    }

    // "J. Langford (5519377)"
    private static bool IsInitial(TextScan scan, int index) => scan.Words[index] is { IsCapital: true, IsAlpha: true, Length: 1 } && scan.At(scan.Words[index].Start - 1) is '\0' or ' ' or '\n';

    private static bool MayBeName(TextScan scan, int index)
    {
        var lists = NameModel.Shipped.Find(scan.WordText(index));
        return scan.Words[index] is { IsCapital: true, IsAlpha: true, Length: >= 2 } && ((lists & Plain) == 0 || (lists & (NameLists.Given | NameLists.Family)) != 0) && !CommonWords.Contains(scan.WordText(index)) && !TechnicalWords.IsCamel(scan.WordText(index));
    }

    // One of the words has to be a name before it is anything else.
    private static bool IsNamed(TextScan scan, int index) =>
        NameModel.Shipped.Find(scan.WordText(index)) is var lists && (lists & (NameLists.Given | NameLists.Family)) != 0 && ((lists & Plain) == 0 || (lists & (NameLists.CommonGiven | NameLists.CommonFamily)) != 0);

    private static bool IsMedical(TextScan scan, int index) =>
        (NameModel.Shipped.Find(scan.WordText(index)) & (NameLists.Medical | NameLists.Given | NameLists.Family)) == NameLists.Medical;

    // "thx -- Aoife", the end of a message, and neither one of a list nor a comment in SQL.
    private static void Signed(TextScan scan, TextSpans spans, int index)
    {
        var lists = NameModel.Shipped.Find(scan.WordText(index));
        var end = scan.Words[index].End;
        if ((lists & NameLists.Given) == 0 || (lists & Plain) != 0 || scan.At(end) is not ('\0' or '\n' or '\r'))
        {
            return;
        }

        var gap = scan.GapAfter(index - 1);
        var dashes = gap.EndsWith("-- ") || gap.EndsWith("--\n") || gap.EndsWith("-- \n");
        if ((dashes || (gap.EndsWith("\n- ") && scan.Text[end..].IsWhiteSpace() && !IsListed(scan, index))) && !IsComment(scan, index))
        {
            spans.Add(scan.Words[index].Start, end, Identifier.Name);
        }
    }

    private static bool IsListed(TextScan scan, int index) =>
        scan.Text.StartsWith("- ") || scan.Text[..scan.Words[index - 1].End].Contains("\n- ", StringComparison.Ordinal);

    private static bool IsComment(TextScan scan, int index)
    {
        var before = scan.Text[..scan.Words[index].Start];
        if (before.Contains(";\n", StringComparison.Ordinal) || before.Contains("; --", StringComparison.Ordinal))
        {
            return true;
        }

        for (var i = Math.Max(0, index - WordsOfQuery); i < index; i++)
        {
            if (scan.WordText(i) is "SELECT" or "INSERT" or "UPDATE" or "DELETE" or "CREATE" or "FROM" or "WHERE" or "JOIN" or "VALUES")
            {
                return true;
            }
        }

        return false;
    }

    private static void InBed(TextScan scan, TextSpans spans, int index)
    {
        if (scan.Words[index - 1].HasDigit && Beds.Contains(scan.WordText(index - 2)) && scan.GapAfter(index - 1) is " (" && (NameModel.Shipped.Find(scan.WordText(index)) & Plain) == 0 && !Acronyms.Is(scan, index))
        {
            spans.Add(scan.Words[index].Start, scan.Words[index].End, Identifier.Name);
        }
    }

    // Nothing else on it, and neither a word of the language nor of medicine: "CHEST, PORTABLE" is none.
    private static void Line(TextScan scan, TextSpans spans, int index)
    {
        var last = index;
        var comma = -1;
        while (last + 1 < scan.WordCount && last < index + 4 && scan.Words[last + 1] is { IsUpper: true, IsAlpha: true } && (scan.GapAfter(last) is "-" or "'" or " " || (comma < 0 && scan.GapAfter(last) is ", " or ",")))
        {
            comma = scan.GapAfter(last)[0] == ',' ? last : comma;
            last++;
        }

        var end = scan.Words[last].End;
        end += scan.At(end) == '.' && scan.Words[last].Length == 1 ? 1 : 0;
        if (comma < 0 || scan.Words[comma + 1].Length < 2 || scan.At(end) is not ('\0' or '\n' or '\r'))
        {
            return;
        }

        var given = NameModel.Shipped.Find(scan.WordText(comma + 1));
        var known = (given & NameLists.CommonGiven) != 0;
        var listed = known;
        for (var i = index; i <= last; i++)
        {
            listed |= (NameModel.Shipped.Find(scan.WordText(i)) & (NameLists.Given | NameLists.Family)) != 0;
            if (CommonWords.Contains(scan.WordText(i)) || IsMedical(scan, i) || (!known && (NameModel.Shipped.Find(scan.WordText(i)) & Plain) != 0))
            {
                return;
            }
        }

        if (listed)
        {
            spans.Add(scan.Words[index].Start, end, Identifier.Name);
        }
    }
}
