using System.Net;
using Chaperone.Masking.Masks;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>IP addresses (O) with prefix, port or zone, and MAC addresses (M); no versions and no OIDs.</summary>
internal sealed class NetworkDetector : ITextDetector
{
    public void Find(TextScan scan, TextSpans spans)
    {
        if (!scan.HasDigit && !scan.Text.Contains(':'))
        {
            return;
        }

        for (var i = 0; i < scan.WordCount;)
        {
            i = FromWord(scan, spans, i);
        }
    }

    private static int FromWord(TextScan scan, TextSpans spans, int index)
    {
        var words = scan.Words;
        var last = index;
        var dots = 0;
        var colons = 0;
        var dashes = 0;
        while (last + 1 < words.Length && last < index + 12)
        {
            var gap = scan.GapAfter(last);
            if (gap is ".")
            {
                dots++;
            }
            else if (gap is ":" or "::")
            {
                colons += gap.Length;
            }
            else if (gap is "-" && words[last].Length == 2)
            {
                dashes++;
            }
            else
            {
                break;
            }

            last++;
        }

        if (dots + colons + dashes < 2)
        {
            return index + 1;
        }

        var start = words[index].Start;
        while (start > 0 && scan.At(start - 1) == ':')
        {
            start--;
        }

        return TryMac(scan, spans, index) ?? TryFour(scan, spans, index, last) ?? TrySix(scan, spans, start, index, last) ?? index + 1;
    }

    private static int? TryMac(TextScan scan, TextSpans spans, int index)
    {
        if (index + 5 >= scan.WordCount || !Shapes.IsMac(scan.Text[scan.Words[index].Start..scan.Words[index + 5].End]))
        {
            return null;
        }

        spans.Add(scan.Words[index].Start, scan.Words[index + 5].End, Identifier.Device);
        return index + 6;
    }

    private static int? TryFour(TextScan scan, TextSpans spans, int index, int last)
    {
        if (index + 3 > last || scan.At(scan.Words[index].Start - 1) is '.')
        {
            return null;
        }

        for (var i = index; i < index + 4; i++)
        {
            if (!scan.Words[i].IsNumber || scan.Words[i].Length > 3 || (i < index + 3 && scan.GapAfter(i) is not "."))
            {
                return null;
            }
        }

        var end = scan.Words[index + 3].End;
        var chained = scan.At(end) == '.' && char.IsAsciiDigit(scan.At(end + 1));
        var versioned = index > 0 && (scan.Is(index - 1, "version") || scan.Is(index - 1, "v") || scan.Is(index - 1, "ver") || scan.Is(index - 1, "release"));
        if (chained || versioned || !IPAddress.TryParse(scan.Text[scan.Words[index].Start..end], out _))
        {
            return null;
        }

        var next = index + 4;
        if (scan.Text[scan.Words[index].Start..end] is "0.0.0.0")
        {
            return next;
        }

        if (scan.At(end) is '/' or ':' && next < scan.WordCount && scan.Words[next].IsNumber && scan.Words[next].Start == end + 1)
        {
            end = scan.Words[next].End;
            next++;
        }

        spans.Add(scan.Words[index].Start, end, Identifier.Ip);
        return next;
    }

    private static int? TrySix(TextScan scan, TextSpans spans, int start, int index, int last)
    {
        for (var end = last; end > index; end--)
        {
            var text = scan.Text[start..scan.Words[end].End];
            if (text.Count(':') >= 2 && text.Length <= 45 && (text.Contains("::", StringComparison.Ordinal) || text.Count(':') == 7 || text.Contains('.'))
                && IPAddress.TryParse(text, out var address) && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6)
            {
                var stop = scan.Words[end].End;
                if (scan.At(stop) == '%' && end + 1 < scan.WordCount)
                {
                    end++;
                    stop = scan.Words[end].End;
                }

                spans.Add(start, stop, Identifier.Ip);
                return end + 1;
            }
        }

        return null;
    }
}
