using Chaperone.Masking.Keys;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>
/// Values that PostgreSQL shows in its errors (R): those of <c>Key (last_name, dob)=(Okafor, 1950-01-09) already exists.</c> by the
/// names of their columns, and all of <c>Failing row contains (...)</c> that are no short numbers, whose columns it does not name.
/// </summary>
internal sealed class ErrorRowDetector(KeyLexicon lexicon) : ITextDetector
{
    private const string Joint = ")=(";
    private const string Failing = "row contains (";
    private const int LeastDigits = 4;

    // What follows the values; they may hold brackets themselves.
    private static readonly string[] Ends = [") already exists", ") is not present", ") is still referenced", ") conflicts with"];

    public void Find(TextScan scan, TextSpans spans)
    {
        var text = scan.Text;
        if (!scan.HasMark('('))
        {
            return;
        }

        for (var at = 0; text[at..].IndexOf(Joint, StringComparison.Ordinal) is var joint and >= 0;)
        {
            at += joint + Joint.Length;
            Key(text, at, spans);
        }

        for (var at = 0; text[at..].IndexOf(Failing, StringComparison.Ordinal) is var row and >= 0;)
        {
            at += row + Failing.Length;
            Row(text, at, spans);
        }
    }

    private void Key(ReadOnlySpan<char> text, int start, TextSpans spans)
    {
        var head = text[..(start - Joint.Length)];
        var names = head[(head.LastIndexOf('(') + 1)..];
        var end = EndOf(text, start);
        var (count, values) = (names.Count(", ") + 1, text[start..end].Count(", ") + 1);
        var at = start;
        foreach (var range in names.Split(", "))
        {
            var rule = lexicon.Find(names[range].Trim('"'));
            var masks = rule is { Masks: true, Identifier: not Identifier.Date } || rule is { Use: KeyUse.Person } or { Use: KeyUse.Guarded, Identifier: Identifier.Name };

            // With commas in a value it cannot be told which is whose.
            if (masks && count != values)
            {
                spans.Add(start, end, LabelValue.TypeOf(rule));
                return;
            }

            var length = text[at..end].IndexOf(", ");
            var stop = length < 0 ? end : at + length;
            if (masks && stop > at)
            {
                spans.Add(at, stop, LabelValue.TypeOf(rule));
            }

            at = Math.Min(end, stop + 2);
        }
    }

    private static void Row(ReadOnlySpan<char> text, int start, TextSpans spans)
    {
        var line = text[start..].IndexOf('\n');
        var end = line < 0 ? text.Length : start + line;
        end = start + Math.Max(0, text[start..end].LastIndexOf(')'));
        foreach (var range in text[start..end].Split(", "))
        {
            var value = text[start..end][range];
            if (value.Length > 1 && value is not "null" && !(value.Length < LeastDigits && !value.ContainsAnyExceptInRange('0', '9')) && !DateReader.TryRead(value, 0, out _))
            {
                spans.Add(start + range.Start.Value, start + range.End.Value, Identifier.Id);
            }
        }
    }

    private static int EndOf(ReadOnlySpan<char> text, int start)
    {
        foreach (var words in Ends)
        {
            if (text[start..].IndexOf(words, StringComparison.Ordinal) is var end and >= 0 && !text.Slice(start, end).Contains('\n'))
            {
                return start + end;
            }
        }

        var close = text[start..].IndexOf(')');
        return close < 0 ? text.Length : start + close;
    }
}
