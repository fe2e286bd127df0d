using System.Buffers;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>E-mail addresses (F), also with <c>%40</c> or <c>(at)</c>, and handles such as <c>@jsmith42</c> (R).</summary>
internal sealed class EmailDetector : ITextDetector
{
    private static readonly SearchValues<char> LocalMarks = SearchValues.Create(".!#$%&'*+-/=?^_`{|}~");
    private static readonly string[] SpeltDots = ["(dot)", "[dot]", "[.]", "(.)", " dot "];
    private static readonly string[] Signs = ["@", "%40", "(at)", "[at]", " at ", "(AT)", "[AT]", " AT ", "(At)", "[At]", " At "];

    public void Find(TextScan scan, TextSpans spans)
    {
        // One sign after another: each is found faster than all together.
        var text = scan.Text;
        foreach (var sign in Signs)
        {
            if (!scan.HasMark(sign[0]))
            {
                continue;
            }

            for (var at = 0; at < text.Length;)
            {
                var found = text[at..].IndexOf(sign);
                if (found < 0)
                {
                    break;
                }

                Around(text, at + found, sign, spans);
                at += found + sign.Length;
            }
        }
    }

    private static void Around(ReadOnlySpan<char> text, int found, string sign, TextSpans spans)
    {
        var after = found + sign.Length;
        var loose = sign.Length > 1 && sign != "%40";
        var before = found;
        while (loose && !sign.StartsWith(' ') && before > 0 && text[before - 1] == ' ')
        {
            before--;
        }

        while (loose && !sign.StartsWith(' ') && after < text.Length && text[after] == ' ')
        {
            after++;
        }

        var start = before;
        if (sign == "@" && start > 2 && text[start - 1] == '"' && text[..(start - 1)].LastIndexOf('"') is var quote and >= 0 && start - quote <= 66)
        {
            start = quote;
        }

        while (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || LocalMarks.Contains(text[start - 1])))
        {
            start--;
        }

        while (start < before && text[start] is '\'' or '=' or '/' or '.' or '-' or '?' or '&' or '*' or '|' or '{' or '`')
        {
            start++;
        }

        var end = after;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '.' or '-'))
        {
            end++;
        }

        end = loose ? Dots(text, end) : end;
        while (end > after && text[end - 1] is '.' or '-')
        {
            end--;
        }

        // 'app_12'@'10.0.0.1' is an account of a database.
        if (sign == "@" && found > 2 && text[found - 1] is '\'' or '`' && after < text.Length && text[after] == text[found - 1])
        {
            var open = text[..(found - 1)].LastIndexOf(text[found - 1]);
            if (open >= 0 && found - 1 - open is > 2 and <= 64)
            {
                spans.Add(open + 1, found - 1, Identifier.Id);
            }

            return;
        }

        // "node_modules/@scope/package" is a path: what is sent to an address without a dot has no slash.
        var domain = text[after..end];
        if (sign == "@" && !domain.Contains('.') && text[start..before].Contains('/'))
        {
            return;
        }

        // "fails at com.clinic.Router.route(Router.java:218)" calls something.
        if (loose && end < text.Length && text[end] == '(' && !domain.ContainsAny("[( "))
        {
            return;
        }

        if (start < before && end > after && (loose ? EndsInLetters(domain) || domain.ContainsAny("[( ") : !IsVersion(domain)) && !IsInvalidDomain(domain))
        {
            spans.Add(start, end, Identifier.Email);
        }
        else if (sign == "@" && start == before && end > after && char.IsLetter(text[after]) && domain.ContainsAnyInRange('0', '9'))
        {
            spans.Add(found, end, Identifier.Id);
        }
    }

    // End of "clinic (dot) org", "clinic[dot]org", "clinic dot org"; `end` if no dot is spelt.
    private static int Dots(ReadOnlySpan<char> text, int end)
    {
        foreach (var dot in SpeltDots)
        {
            for (var next = end; ;)
            {
                next += next < text.Length && text[next] == ' ' && dot[0] != ' ' ? 1 : 0;
                if (!text[next..].StartsWith(dot, StringComparison.OrdinalIgnoreCase))
                {
                    break;
                }

                next += dot.Length;
                next += next < text.Length && text[next] == ' ' ? 1 : 0;
                var letters = next;
                while (letters < text.Length && char.IsLetterOrDigit(text[letters]))
                {
                    letters++;
                }

                if (letters == next)
                {
                    break;
                }

                next = end = letters;
            }
        }

        return end;
    }

    // "uuid@3.4.0" is a package; "root@10.0.0.1" is a person's account.
    private static bool IsVersion(ReadOnlySpan<char> domain) =>
        char.IsAsciiDigit(domain[0]) && domain.IndexOfAnyInRange('a', 'z') < 0 && domain.Count('.') != 3;

    // "elevated at 8.1" is no address.
    private static bool EndsInLetters(ReadOnlySpan<char> domain) =>
        domain.LastIndexOf('.') is var dot and > 0 && domain[(dot + 1)..].Length >= 2 && !domain[(dot + 1)..].ContainsAnyInRange('0', '9') && domain.ContainsAnyInRange('a', 'z');

    // RFC 2606: no one's, and what our own masks look like.
    private static bool IsInvalidDomain(ReadOnlySpan<char> domain) => domain.Equals("example.invalid", StringComparison.OrdinalIgnoreCase);
}
