using System.Text;
using Chaperone.Masking.Keys;

namespace Chaperone.Masking.Structures;

/// <summary>CSV, TSV, psql (also expanded), Markdown and grid tables, alone or between other text: the header of a column decides for its cells.</summary>
internal sealed class TableStructure : ITextStructure
{
    private const int LongestHeader = 48;

    public bool TryMask(ReadOnlySpan<char> text, TextMasker masker, MaskRun run, bool twin, out string? masked)
    {
        masked = null;
        if (!text.Contains('\n') || !text.ContainsAny(",;|\t"))
        {
            return false;
        }

        var lines = Lines(text);
        var target = new StringBuilder(text.Length);
        var written = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            if (Header(text, lines, i, masker) is not { } table)
            {
                continue;
            }

            target.Append(masker.MaskPlain(text[written..lines[i].Start], run));
            var end = Body(text, lines, i, table, masker, run, target);
            written = end < lines.Count ? lines[end].Start : text.Length;
            i = end - 1;
        }

        if (written == 0)
        {
            return false;
        }

        target.Append(masker.MaskPlain(text[written..], run));
        var result = target.ToString();
        masked = text.SequenceEqual(result) ? null : result;
        return true;
    }

    private static List<(int Start, int End)> Lines(ReadOnlySpan<char> text)
    {
        var lines = new List<(int, int)>();
        var start = 0;
        var quotes = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == '"')
            {
                quotes++;
            }

            // A quoted cell may hold line breaks.
            if (i == text.Length || (text[i] == '\n' && quotes % 2 == 0))
            {
                lines.Add((start, i));
                start = i + 1;
                quotes = 0;
            }
        }

        return lines;
    }

    private static Table? Header(ReadOnlySpan<char> text, List<(int Start, int End)> lines, int index, TextMasker masker)
    {
        if (index + 1 >= lines.Count)
        {
            return null;
        }

        var line = text[lines[index].Start..lines[index].End].TrimEnd('\r');
        var next = text[lines[index + 1].Start..lines[index + 1].End].TrimEnd('\r');
        if (TableRow.IsRule(line))
        {
            return null;
        }

        foreach (var delimiter in "\t|,;")
        {
            if (!line.Contains(delimiter))
            {
                continue;
            }

            var ruled = delimiter == '|' && TableRow.IsRule(next);
            var cells = TableRow.Cells(line, delimiter);
            if (cells.Count < 2 || (!ruled && TableRow.Cells(next, delimiter).Count != cells.Count))
            {
                continue;
            }

            if (Rules(line, cells, masker) is { } rules && (ruled || rules.Count(r => r.Use != KeyUse.None) >= Math.Min(2, cells.Count - 1)))
            {
                return new Table(delimiter, rules, rules.Any(r => r.MarksPerson));
            }

            // psql's expanded display and key | value lists.
            if (delimiter == '|' && cells.Count == 2 && masker.FindRule(TableRow.Content(line[cells[0]])).Use is KeyUse.Mask)
            {
                return new Table(delimiter, [], Person: true);
            }
        }

        return null;
    }

    private static KeyRule[]? Rules(ReadOnlySpan<char> line, List<Range> cells, TextMasker masker)
    {
        var rules = new KeyRule[cells.Count];
        var any = false;
        for (var i = 0; i < cells.Count; i++)
        {
            var name = TableRow.Content(line[cells[i]]);
            if (name.Length > LongestHeader || Masks.Shapes.CountDigits(name) > 4 || name.ContainsAny('@', '.'))
            {
                return null;
            }

            rules[i] = masker.FindRule(name);
            any |= rules[i].Use is KeyUse.Mask or KeyUse.Guarded or KeyUse.Person;
        }

        return any ? rules : null;
    }

    // Answers the index of the first line behind the table: a blank one, or one without a delimiter.
    private static int Body(ReadOnlySpan<char> text, List<(int Start, int End)> lines, int header, Table table, TextMasker masker, MaskRun run, StringBuilder target)
    {
        var index = header;
        if (table.Rules.Length > 0)
        {
            target.Append(text[lines[index].Start..Math.Min(lines[index].End + 1, text.Length)]);
            index++;
        }

        for (; index < lines.Count; index++)
        {
            var (start, end) = lines[index];
            var line = text[start..end];
            if (!TableRow.IsRule(line) && !line.StartsWith("-[ RECORD"))
            {
                if (!line.Contains(table.Delimiter))
                {
                    break;
                }

                Row(line, table, masker, run, target);
            }
            else
            {
                target.Append(line);
            }

            if (end < text.Length)
            {
                target.Append('\n');
            }
        }

        return index;
    }

    private static void Row(ReadOnlySpan<char> line, Table table, TextMasker masker, MaskRun run, StringBuilder target)
    {
        run.Tick();
        var pair = KeyRule.Silent;
        var column = 0;
        foreach (var range in TableRow.Cells(line, table.Delimiter))
        {
            if (column > 0)
            {
                target.Append(table.Delimiter);
            }

            var cell = line[range];
            var content = TableRow.Content(cell);
            var rule = table.Rules.Length > 0 ? column < table.Rules.Length ? table.Rules[column] : KeyRule.Silent : column == 0 ? KeyRule.Silent : pair;
            pair = column == 0 && table.Rules.Length == 0 ? masker.FindRule(content) : pair;
            column++;
            var masked = content.IsEmpty ? null : masker.MaskKeyed(content, rule, table.Person, run);
            if (masked is null)
            {
                target.Append(cell);
            }
            else
            {
                TableRow.Append(target, cell, masked, table.Delimiter);
            }
        }
    }

    /// <summary>How a table is cut and what its columns are; no rules: the first cell of each row is the key of the second.</summary>
    private sealed record Table(char Delimiter, KeyRule[] Rules, bool Person);
}
