using System.Net;
using Chaperone.Masking.Masks;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>IP addresses (O) with prefix, port or zone, and MAC addresses (M); no versions and no OIDs.</summary>
internal sealed class NetworkDetector : ITextDetector
{
    public void Find(TextScan scan, TextSpans spans)
    {
        if (!scan.HasDigit && !scan.Text.ContainsAny(":-."))
        {
            return;
        }

        for (var i = 0; i < scan.WordCount;)
        {
            // Nothing but these joins the parts of an address.
            var word = scan.Words[i];
            i = scan.At(word.End) is '.' or ':' or '-' || scan.At(word.Start - 1) == ':' ? FromWord(scan, spans, i) : i + 1;
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

        // "::1" has one word; "was:2001:db8::1" is an address behind a label.
        var start = words[index].Start;
        if (scan.At(start - 1) == ':' && scan.At(start - 2) == ':')
        {
            start -= 2;
            colons += 2;
        }

        colons += scan.At(words[last].End) == ':' && scan.At(words[last].End + 1) == ':' ? 2 : 0;
        if (dots + colons + dashes < 2)
        {
            return index + 1;
        }

        return TryMac(scan, spans, index) ?? TryDottedMac(scan, spans, index) ?? TryFour(scan, spans, index, last) ?? TrySix(scan, spans, start, index, last) ?? index + 1;
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

    private static int? TryDottedMac(TextScan scan, TextSpans spans, int index)
    {
        if (index + 2 >= scan.WordCount || scan.At(scan.Words[index].Start - 1) is '.' || scan.At(scan.Words[index + 2].End) is '.' && char.IsLetterOrDigit(scan.At(scan.Words[index + 2].End + 1))
            || !Shapes.IsDottedMac(scan.Text[scan.Words[index].Start..scan.Words[index + 2].End]))
        {
            return null;
        }

        spans.Add(scan.Words[index].Start, scan.Words[index + 2].End, Identifier.Device);
        return index + 3;
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
        // Object identifiers begin with 0, 1 or 2, versions seldom have more than four parts, and enzymes have exactly four.
        var chained = scan.At(end) == '.' && char.IsAsciiDigit(scan.At(end + 1)) && (scan.Words[index].Length == 1 || index + 5 < last);
        var versioned = index > 0 && (scan.Is(index - 1, "version") || scan.Is(index - 1, "v") || scan.Is(index - 1, "ver") || scan.Is(index - 1, "release") || scan.Is(index - 1, "EC"));
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
        for (var end = last; end >= index; end--)
        {
            // "2001:db8::/32" ends in its colons.
            var tail = scan.Words[end].End;
            tail += scan.At(tail) == ':' && scan.At(tail + 1) == ':' && !char.IsLetterOrDigit(scan.At(tail + 2)) ? 2 : 0;
            var text = scan.Text[start..tail];
            if (text.Count(':') >= 2 && text.Length <= 45 && text.ContainsAnyInRange('0', '9') && (text.Contains("::", StringComparison.Ordinal) || text.Count(':') == 7 || text.Contains('.'))
                && IPAddress.TryParse(text, out var address) && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6)
            {
                var stop = tail;
                if (scan.At(stop) is '%' or '/' && end + 1 < scan.WordCount && scan.Words[end + 1].Start == stop + 1 && (scan.At(stop) == '%' || scan.Words[end + 1].Length <= 3))
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
