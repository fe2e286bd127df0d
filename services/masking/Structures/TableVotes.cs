using Chaperone.Masking.Columns;
using Chaperone.Masking.Keys;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Structures;

/// <summary>Asks the cells of a table's columns what they are, where its header does not say or there is none.</summary>
internal static class TableVotes
{
    private const int LeastRows = 2;
    private const int LeastRowsAlone = 3;
    private const int MostColumns = 64;

    /// <summary>
    /// The rules of the columns below line <paramref name="header"/>, with what their cells agree on where the header says nothing; the same rules where
    /// they agree on nothing.
    /// </summary>
    public static KeyRule[] Complete(TextPart part, List<(int Start, int End)> lines, int header, char delimiter, KeyRule[] rules, bool people, TextMasker masker)
    {
        var head = part[lines[header].Start..lines[header].End];
        var names = TableRow.Cells(head.Text, delimiter);
        var open = new bool[Math.Min(rules.Length, MostColumns)];
        for (var i = 0; i < open.Length && i < names.Count; i++)
        {
            open[i] = rules[i].Use is not (KeyUse.Mask or KeyUse.Marker) && !ColumnNames.SayWhat(TableRow.Content(head[names[i]]).Text) && rules[i].Identifier != Identifier.Id;
        }

        if (Array.IndexOf(open, true) < 0)
        {
            return rules;
        }

        var votes = masker.RentVotes();
        votes.People = people;
        if (Gather(part, lines, header + 1, delimiter, open, votes) >= LeastRows)
        {
            votes.Settle();
            rules = votes.Any ? [.. rules.Select((rule, i) => votes.RuleOf((ulong)i) ?? rule)] : rules;
        }

        masker.Return(votes);
        return rules;
    }

    /// <summary>
    /// The rules of a table without a telling header whose first line is <paramref name="first"/>; null where its cells agree on nothing.
    /// Lines before <paramref name="asked"/> are not asked again.
    /// </summary>
    public static KeyRule[]? Alone(TextPart part, List<(int Start, int End)> lines, int first, char delimiter, int columns, TextMasker masker, ref int asked)
    {
        if (first < asked || columns is < 2 or > MostColumns || Rows(part, lines, first, delimiter, columns, LeastRowsAlone) < LeastRowsAlone)
        {
            return null;
        }

        asked = first + Rows(part, lines, first, delimiter, columns, int.MaxValue);
        var head = part[lines[first].Start..lines[first].End];
        var names = TableRow.Cells(head.Text, delimiter);
        var open = new bool[columns];
        for (var i = 0; i < columns && i < names.Count; i++)
        {
            open[i] = !ColumnNames.SayWhat(TableRow.Content(head[names[i]]).Text);
        }

        var votes = masker.RentVotes();
        Gather(part, lines, first, delimiter, open, votes);
        votes.Settle();
        KeyRule[]? rules = votes.Any ? [.. Enumerable.Range(0, columns).Select(i => votes.RuleOf((ulong)i) ?? KeyRule.Silent)] : null;
        masker.Return(votes);
        return rules;
    }

    // How many lines are rows of so many cells: prose has commas too, but not the same number in line after line.
    private static int Rows(TextPart part, List<(int Start, int End)> lines, int first, char delimiter, int columns, int most)
    {
        var (rows, i) = (0, first);
        for (; i < lines.Count && rows < most; i++)
        {
            var line = part.Text[lines[i].Start..lines[i].End].TrimEnd('\r');
            if (TableRow.IsRule(line))
            {
                continue;
            }

            if (!TableRow.Has(line, delimiter) || TableRow.Count(line, delimiter) != columns)
            {
                break;
            }

            rows++;
        }

        return most == int.MaxValue ? i - first : rows;
    }

    private static int Gather(TextPart part, List<(int Start, int End)> lines, int first, char delimiter, bool[] open, ColumnVotes votes)
    {
        var rows = 0;
        for (var i = first; i < lines.Count && rows < ColumnVotes.MostRows; i++)
        {
            var line = part[lines[i].Start..lines[i].End];
            if (TableRow.IsRule(line.Text))
            {
                continue;
            }

            if (!TableRow.Has(line.Text, delimiter))
            {
                break;
            }

            rows++;
            var cells = TableRow.Cells(line.Text, delimiter);
            for (var column = 0; column < cells.Count && column < open.Length; column++)
            {
                if (open[column])
                {
                    votes.Add((ulong)column, TableRow.Content(line[cells[column]]).Text);
                }
            }
        }

        return rows;
    }
}
