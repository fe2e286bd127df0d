using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>Rows of tables without a header: where a line's cells hold a person's identifiers, the numbers in its other cells are a person's too (R). Runs behind the detectors whose finds it counts.</summary>
internal sealed class RowDetector : ITextDetector
{
    private const int LeastFound = 4;
    private const int LeastDigits = 4;
    private const int LeastLength = 6;

    public void Find(TextScan scan, TextSpans spans)
    {
        if (spans.Count < LeastFound || !scan.Text.ContainsAny('|', '\t'))
        {
            return;
        }

        var text = scan.Text;
        for (var at = 0; at < text.Length;)
        {
            var length = text[at..].IndexOf('\n');
            var end = length < 0 ? text.Length : at + length;
            var line = text[at..end];
            foreach (var delimiter in "|\t")
            {
                if (line.Count(delimiter) >= LeastFound)
                {
                    Row(text, at, end, delimiter, spans);
                }
            }

            at = end + 1;
        }
    }

    private static void Row(ReadOnlySpan<char> text, int start, int end, char delimiter, TextSpans spans)
    {
        var found = 0;
        var open = new List<(int Start, int End)>();
        foreach (var range in text[start..end].Split(delimiter))
        {
            var cell = text[start..end][range];
            var from = start + range.Start.Value + (cell.Length - cell.TrimStart().Length);
            var to = from + cell.Trim().Length;
            if (to > from && Touched(spans, from, to))
            {
                found++;
            }
            else if (IsNumber(text[from..to]))
            {
                open.Add((from, to));
            }
        }

        if (found < LeastFound)
        {
            return;
        }

        foreach (var (from, to) in open)
        {
            spans.Add(from, to, Identifier.Id, 0.6f);
        }
    }

    private static bool Touched(TextSpans spans, int start, int end)
    {
        for (var i = 0; i < spans.Count; i++)
        {
            if (spans[i].Start < end && start < spans[i].End)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNumber(ReadOnlySpan<char> cell)
    {
        if (cell.Length < LeastLength || Masks.Shapes.CountDigits(cell) < LeastDigits)
        {
            return false;
        }

        foreach (var c in cell)
        {
            if (!char.IsAsciiLetterUpper(c) && !char.IsAsciiDigit(c) && c != '-')
            {
                return false;
            }
        }

        return true;
    }
}
