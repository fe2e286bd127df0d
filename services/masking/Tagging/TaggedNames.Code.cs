using Chaperone.Masking.Detectors;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Tagging;

/// <content>What is written as programs are.</content>
internal sealed partial class TaggedNames
{
    // "Foo.Bar.Baz", "<param"
    private static bool IsCode(TextScan scan, int first, int last)
    {
        var start = scan.Words[first].Start;
        if (first == last && !scan.Words[first].IsCapital && (scan.At(start - 1) == '<' || (scan.At(start - 1) == '/' && scan.At(start - 2) == '<')))
        {
            return true;
        }

        // "SET @price = 3"
        if (scan.At(start - 1) == '@' && LoginDetector.IsVariable(scan, first, last))
        {
            return true;
        }

        // "http-nio-8080-exec-7"
        if (first == last && first > 0 && !scan.Words[first].IsCapital && scan.GapAfter(first - 1) is "-" && scan.GapAfter(first) is "-" && last + 1 < scan.WordCount && scan.Words[last + 1].HasDigit)
        {
            return true;
        }

        for (var i = first; i < last; i++)
        {
            if (scan.GapAfter(i) is "." && scan.Words[i].Length > 1 && !scan.Is(i, "st") && !NameReader.IsTitle(scan.WordText(i)))
            {
                return true;
            }
        }

        return false;
    }
}
