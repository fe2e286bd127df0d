using Chaperone.Masking.Detectors;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Tagging;

/// <content>Fields of a record, whose words have no sentence around them.</content>
internal sealed partial class TaggedNames
{
    private static bool IsBare(TextScan scan)
    {
        if (!scan.IsField || scan.WordCount < SentenceWords)
        {
            return scan.IsField;
        }

        var blanks = 0;
        for (var i = 0; i + 1 < scan.WordCount; i++)
        {
            blanks += scan.GapAfter(i) is " " or ", " or ". " ? 1 : 0;
        }

        return blanks * 2 < scan.WordCount;
    }

    // Every word is somebody's name, and one is no word of the language.
    private bool MayBeWholeName(TextScan scan)
    {
        if (scan.WordCount < 2 || !NameReader.IsWhole(scan))
        {
            return false;
        }

        var telling = false;
        for (var i = 0; i < scan.WordCount; i++)
        {
            var lists = model.Find(scan.WordText(i));
            if ((lists & NameLists.Medical) != 0 || ((lists & (NameLists.Given | NameLists.Family)) == 0 && scan.Words[i].Length > 1))
            {
                return false;
            }

            telling |= (lists & (NameLists.CommonGiven | NameLists.CommonFamily)) != 0 && (lists & NameLists.Word) == 0;
        }

        return telling;
    }
}
