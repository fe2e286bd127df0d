using System.Buffers;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>Device identifiers of HIBCC (<c>+A99912345/$$52001510X3</c>) and ICCBBA (<c>=/A9999XYZ100T0944=,000025</c>) (M); GS1's are read as numbers.</summary>
internal sealed class UdiShapes : ITextDetector
{
    private const int LeastLength = 9;
    private const int LeastDigits = 4;

    private static readonly SearchValues<char> Heads = SearchValues.Create("+=");
    private static readonly SearchValues<char> Marks = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/$+=,.-%&<>");

    public void Find(TextScan scan, TextSpans spans)
    {
        var text = scan.Text;
        for (var at = 0; scan.HasDigit && (scan.HasMark('+') || scan.HasMark('=')) && at < text.Length;)
        {
            var found = text[at..].IndexOfAny(Heads);
            if (found < 0)
            {
                return;
            }

            found += at;
            at = found + 1;
            if (found > 0 && (char.IsLetterOrDigit(text[found - 1]) || text[found - 1] is '=' or '+' or '/') || !IsHead(text, found))
            {
                continue;
            }

            var length = text[found..].IndexOfAnyExcept(Marks);
            var token = (length < 0 ? text[found..] : text.Slice(found, length)).TrimEnd(".,<>-");
            if (token.Length >= LeastLength && Masks.Shapes.CountDigits(token) >= LeastDigits)
            {
                spans.Add(found, found + token.Length, Identifier.Device);
                at = found + token.Length;
            }
        }
    }

    private static bool IsHead(ReadOnlySpan<char> text, int at) =>
        text[at] == '+'
            ? at + 4 < text.Length && char.IsAsciiLetterUpper(text[at + 1]) && IsCode(text[at + 2]) && IsCode(text[at + 3]) && IsCode(text[at + 4])
            : at + 3 < text.Length && text[at + 1] == '/' && char.IsAsciiLetterUpper(text[at + 2]) && IsCode(text[at + 3]);

    private static bool IsCode(char c) => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c);
}
