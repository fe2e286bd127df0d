using Chaperone.Masking.Words;

namespace Chaperone.Masking.Tagging;

/// <content>Names of people who type without capitals: "pt john smith", "maria lopez".</content>
internal sealed partial class TaggedNames
{
    private const NameLists Common = NameLists.CommonGiven | NameLists.CommonFamily;
    private const NameLists Listed = NameLists.Given | NameLists.Family | Common;
    private const NameLists Plain = NameLists.Word | NameLists.Medical | NameLists.Region;
    private const int LongestSmallName = 3;
    private const int ShortestLogin = 6;

    // Behind them a given name is one though the language has another use for it.
    private static readonly WordSet SmallCues = "pt patient client resident member mr mister named".Split(' ').ToWordSet();

    // Given names that are verbs first.
    private static readonly WordSet Verbs = "will may mark grant chase drew sue bill rob rose pat dawn hope chance grace faith joy rich art gene ray guy major precious princess son reason case".Split(' ').ToWordSet();

    // Two small words of which one is a common given name and the other a family name.
    private static void SmallPairs(TextScan scan, TextUnits units, TextSpans spans)
    {
        for (var i = 0; i < units.Count; i++)
        {
            var first = units.WordOf(i);
            var second = first + 1;
            if (first >= 0 && IsSmall(scan, first) && (units.ListsOf(i) & NameLists.CommonGiven) != 0 && IsIntroduced(scan, first))
            {
                spans.Add(scan.Words[first].Start, scan.Words[first].End, Identifier.Name, Score);
            }

            if (first >= 0 && scan.Words[first].Length >= ShortestLogin && IsSmall(scan, first) && units.ListsOf(i) == NameLists.None && IsLogin(scan, first))
            {
                spans.Add(scan.Words[first].Start, scan.Words[first].End, Identifier.Id, Score);
            }

            if (first < 0 || second >= scan.WordCount || !IsSmall(scan, first) || (units.ListsOf(i) & NameLists.CommonGiven) == 0 || !IsSmall(scan, second) || scan.GapAfter(first) is not " ")
            {
                continue;
            }

            var (given, family) = (units.ListsOf(i), NameModel.Shipped.Find(scan.WordText(second)));
            var cued = first > 0 && scan.GapAfter(first - 1) is " " or ". " && SmallCues.Contains(scan.WordText(first - 1)) && !Verbs.Contains(scan.WordText(first));
            var named = (family & NameLists.CommonFamily) != 0 || (family & (NameLists.Family | Plain)) == NameLists.Family;
            var sure = (given & Plain) == 0 || ((family & (NameLists.CommonFamily | Plain)) == NameLists.CommonFamily && !Verbs.Contains(scan.WordText(first)));
            if (named && !CommonWords.Contains(scan.WordText(second)) && (cued || sure))
            {
                spans.Add(scan.Words[first].Start, scan.Words[second].End, Identifier.Name, Score);
            }
            else if (cued && (given & Plain) == 0)
            {
                spans.Add(scan.Words[first].Start, scan.Words[first].End, Identifier.Name, Score);
            }
        }
    }

    // "tnguyen": an initial before a family name that many people have, in a word that is none.
    private static bool IsLogin(TextScan scan, int index)
    {
        var word = scan.Words[index];
        return scan.At(word.Start - 1) is not ('-' or '_' or '/' or '.' or '$' or '<' or '#' or '\'') && scan.At(word.End) is not ('_' or '(' or '-' or '/' or '=' or '\'') && !(scan.At(word.End) == '.' && char.IsLetter(scan.At(word.End + 1)))
            && (NameModel.Shipped.Find(scan.WordText(index)[1..]) & (NameLists.CommonFamily | NameLists.Word | NameLists.Medical)) == NameLists.CommonFamily;
    }

    // "hey its tanner, pt in 3", "this is devin from", "my name is olga"
    private static bool IsIntroduced(TextScan scan, int index)
    {
        var named = scan.Is(index - 1, "is") && scan.Is(index - 2, "name");
        if (index < 1 || scan.GapAfter(index - 1) is not " " || !(named || scan.Is(index - 1, "its") || (scan.Is(index - 1, "s") && scan.Is(index - 2, "it")) || (scan.Is(index - 1, "is") && scan.Is(index - 2, "this"))))
        {
            return false;
        }

        return !Verbs.Contains(scan.WordText(index)) && (named || index + 1 >= scan.WordCount || scan.GapAfter(index) is not " " || scan.WordText(index + 1) is "from" or "at" or "again" or "calling" or "here" or "with" or "in" or "on");
    }

    // A field that is nothing but two or three small words, all of them names: what somebody searched for.
    private bool SmallField(TextScan scan, TextSpans spans)
    {
        if (scan.WordCount is < 2 or > LongestSmallName || scan.HasCapital || scan.Words[0].Start != 0 || scan.Words[^1].End != scan.Length)
        {
            return false;
        }

        var common = false;
        var plain = 0;
        for (var i = 0; i < scan.WordCount; i++)
        {
            // "maria gonzalez": one may be a word too, if many people have it.
            var lists = IsSmall(scan, i) ? model.Find(scan.WordText(i)) : NameLists.None;
            plain += (lists & Plain) == NameLists.Word && (lists & NameLists.CommonGiven) != 0 && !Verbs.Contains(scan.WordText(i)) ? 1 : (lists & Plain) != 0 ? LongestSmallName : 0;
            common |= (lists & Common) != 0 && (lists & Plain) == 0;
            if ((lists & Listed) == 0 || plain > 1 || (i + 1 < scan.WordCount && scan.GapAfter(i) is not (" " or ", ")))
            {
                return false;
            }
        }

        if (common)
        {
            spans.Add(0, scan.Length, Identifier.Name, Score);
        }

        return common;
    }

    private static bool IsSmall(TextScan scan, int index) => scan.Words[index] is { IsAlpha: true, IsCapital: false, Length: >= 3 };
}
