using System.Buffers;
using Chaperone.Masking.Keys;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Structures;

/// <summary><c>INSERT INTO t (columns) VALUES (...), (...)</c> in a text of SQL: the column decides for its values.</summary>
internal sealed class SqlStructure : ITextStructure
{
    private const int LongestHead = 8192;

    // Vectorized, unlike an IndexOf that ignores case.
    private static readonly SearchValues<string> Insert = SearchValues.Create(["INSERT"], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<string> Values = SearchValues.Create(["VALUES"], StringComparison.OrdinalIgnoreCase);

    public bool TryMask(TextPart part, TextEdits edits, TextMasker masker, MaskRun run, bool twin)
    {
        var read = 0;
        while (Columns(part, read, masker, out var from) is { } rules)
        {
            masker.MaskPlain(part[read..from], edits, run);
            read = Tuples(part, from, rules, edits, masker, run);
        }

        if (read == 0)
        {
            return false;
        }

        masker.MaskPlain(part[read..], edits, run);
        return true;
    }

    // The rules of the next statement's columns, and where its values begin.
    private static KeyRule[]? Columns(TextPart part, int read, TextMasker masker, out int from)
    {
        from = 0;
        var text = part.Text;
        var insert = text[read..].IndexOfAny(Insert);
        if (insert < 0)
        {
            return null;
        }

        insert += read;
        var head = text[insert..Math.Min(text.Length, insert + LongestHead)];
        var values = head.IndexOfAny(Values);
        var open = values < 0 ? -1 : head[..values].IndexOf('(');
        var close = open < 0 ? -1 : head[..values].LastIndexOf(')');
        if (close < open || open < 0)
        {
            return null;
        }

        var rules = new List<KeyRule>();
        foreach (var range in head[(open + 1)..close].Split(','))
        {
            rules.Add(masker.FindRule(head[(open + 1)..close][range].Trim().Trim("\"`[]'")));
        }

        from = insert + values + "VALUES".Length;
        return [.. rules];
    }

    // Answers the place behind the last tuple.
    private static int Tuples(TextPart part, int from, KeyRule[] rules, TextEdits edits, TextMasker masker, MaskRun run)
    {
        var person = rules.Any(r => r.MarksPerson || r.Use == KeyUse.Mask);
        var at = from;
        while (at < part.Length && part[at] is ' ' or '\n' or '\r' or '\t' or ',')
        {
            at++;
        }

        while (at < part.Length && part[at] == '(')
        {
            run.Tick();
            at++;
            for (var column = 0; at < part.Length; column++)
            {
                var (start, end, next) = Value(part.Text, at);
                var value = part[start..end].Trim();
                if (!value.IsEmpty)
                {
                    masker.MaskKeyed(value, column < rules.Length ? rules[column] : KeyRule.Silent, person, edits, run);
                }

                // '...'::date, and what stands behind a value that breaks off.
                masker.MaskPlain(part[Math.Min(end + 1, next)..next], edits, run);
                at = next;
                if (at >= part.Length || part[at] != ',')
                {
                    break;
                }

                at++;
            }

            at = Math.Min(part.Length, at + 1);
            while (at < part.Length && part[at] is ' ' or '\n' or '\r' or '\t' or ',')
            {
                at++;
            }
        }

        return at;
    }

    // A literal without its quotes, or whatever stands up to the comma or bracket; and the place of that.
    private static (int Start, int End, int Next) Value(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && text[at] is ' ' or '\n' or '\r' or '\t' or 'N' or 'E' && !(text[at] is 'N' or 'E' && (at + 1 >= text.Length || text[at + 1] != '\'')))
        {
            at++;
        }

        if (at >= text.Length || text[at] != '\'')
        {
            var length = text[at..].IndexOfAny(',', ')');
            var end = length < 0 ? text.Length : at + length;
            return (at, end, end);
        }

        var close = at + 1;
        while (close < text.Length && (text[close] != '\'' || (close + 1 < text.Length && text[close + 1] == '\'')))
        {
            close += text[close] == '\'' ? 2 : 1;
        }

        close = Math.Min(close, text.Length);
        var rest = text[close..].IndexOfAny(',', ')');
        return (at + 1, close, rest < 0 ? text.Length : close + rest);
    }
}
