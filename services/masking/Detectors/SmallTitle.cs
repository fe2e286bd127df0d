using Chaperone.Masking.Tagging;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>Names behind a title where people type without capitals: <c>dr petrov</c>, <c>dr adebayo ogunlesi</c>.</summary>
internal static class SmallTitle
{
    // True where nothing but a name follows; "mr" is also an image, "ms" a time.
    private static readonly WordMap<bool> Titles = new(new Dictionary<string, bool> { ["dr"] = true, ["mrs"] = true, ["mr"] = false, ["ms"] = false, ["miss"] = false, ["mister"] = false, ["missus"] = false, ["doctor"] = false, ["professor"] = false, ["nurse"] = false });

    /// <summary>Adds the name behind the title at word <paramref name="index"/>.</summary>
    public static void Find(TextScan scan, TextSpans spans, int index)
    {
        const NameLists Names = NameLists.Given | NameLists.Family;
        var next = scan.Words[index + 1];
        if (!next.IsAlpha || next.Length < 3 || scan.GapAfter(index) is not (" " or ". ") || !Titles.TryGetValue(scan.WordText(index), out var sure) || CommonWords.Contains(scan.WordText(index + 1)))
        {
            return;
        }

        var lists = NameModel.Shipped.Find(scan.WordText(index + 1));
        var plain = (lists & (NameLists.Word | NameLists.Medical)) != 0;
        if (sure ? !plain || (lists & (NameLists.CommonGiven | NameLists.CommonFamily)) != 0 : !plain && ((lists & Names) != 0 || (next.Length >= 5 && scan.GapAfter(index + 1) is "'")))
        {
            spans.Add(scan.Words[index].Start, scan.Words[SmallFamily(scan, index + 1)].End, Identifier.Name);
        }
    }

    // "dr adebayo ogunlesi"
    private static int SmallFamily(TextScan scan, int index)
    {
        var next = index + 1;
        return next < scan.WordCount && scan.GapAfter(index) is " " && scan.Words[next] is { IsAlpha: true, IsCapital: false, Length: >= 4 } && !CommonWords.Contains(scan.WordText(next))
            && NameModel.Shipped.Find(scan.WordText(next)) is var lists && ((lists & NameLists.Family) != 0 || (lists == NameLists.None && scan.Words[next].Length > 5)) && (lists & (NameLists.Word | NameLists.Medical | NameLists.Region)) == 0 ? next : index;
    }
}
