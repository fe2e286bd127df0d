using System.Buffers;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>URLs (N); those of public terminologies stay.</summary>
internal sealed class UrlDetector(PublicHosts hosts) : ITextDetector
{
    private static readonly SearchValues<string> Starts = SearchValues.Create(["://", "www."], StringComparison.OrdinalIgnoreCase);
    private static readonly WordSet Domains = new[] { "com", "org", "net", "edu", "gov", "io", "health", "care", "clinic", "hospital", "us", "uk", "info", "biz", "example" }.ToWordSet();

    private static readonly SearchValues<char> Ends = SearchValues.Create(" \t\r\n\"<>|\\^`{}");

    public void Find(TextScan scan, TextSpans spans)
    {
        var text = scan.Text;
        for (var at = 0; at < text.Length;)
        {
            var next = text[at..].IndexOfAny(Starts);
            if (next < 0)
            {
                break;
            }

            at += next;
            var start = at;
            if (text[at] == ':')
            {
                while (start > 0 && (char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] is '+' or '-' or '.'))
                {
                    start--;
                }

                at += 3;
            }
            else
            {
                at += 4;
            }

            if (start > 0 && char.IsLetterOrDigit(text[start - 1]))
            {
                continue;
            }

            var length = text[at..].IndexOfAny(Ends);
            var end = length < 0 ? text.Length : at + length;
            end = start + text[start..end].TrimEnd(".,;:!?)]'*_").Length;
            if (end > at && hosts.Contains(text[start..end]))
            {
                spans.Shield(start, end);
            }
            else if (end > at)
            {
                spans.Add(start, end, Identifier.Url);
            }

            at = Math.Max(at, end);
        }

        Bare(text, spans);
    }

    // "portal.clinic.org/p/123": a host of a common domain with a path.
    private void Bare(ReadOnlySpan<char> text, TextSpans spans)
    {
        for (var at = 0; at < text.Length;)
        {
            var slash = text[at..].IndexOf('/');
            if (slash < 0)
            {
                return;
            }

            slash += at;
            at = slash + 1;
            var start = slash;
            while (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '.' or '-'))
            {
                start--;
            }

            var host = text[start..slash];
            if (host.Length < 4 || (start > 0 && text[start - 1] is '/' or '@' or ':') || host.LastIndexOf('.') is not (var dot and > 0) || !Domains.Contains(host[(dot + 1)..]))
            {
                continue;
            }

            var length = text[slash..].IndexOfAny(Ends);
            var end = start + text[start..(length < 0 ? text.Length : slash + length)].TrimEnd(".,;:!?)]'*_").Length;
            if (end > slash + 1 && !hosts.Contains($"https://{text[start..end]}"))
            {
                spans.Add(start, end, Identifier.Url);
                at = end;
            }
        }
    }
}
