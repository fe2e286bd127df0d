using System.Buffers;
using System.Text;

namespace Chaperone.Masking.Structures;

/// <summary>Cuts a line of a table into cells.</summary>
internal static class TableRow
{
    private static readonly SearchValues<char> RuleMarks = SearchValues.Create("|-+:= ");

    /// <summary>The cells of a line, quotes respected where the delimiter is no pipe.</summary>
    public static List<Range> Cells(ReadOnlySpan<char> line, char delimiter)
    {
        var cells = new List<Range>();
        var start = 0;
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && delimiter != '|')
            {
                quoted = !quoted;
            }
            else if (line[i] == delimiter && !quoted)
            {
                cells.Add(start..i);
                start = i + 1;
            }
        }

        cells.Add(start..line.Length);
        return cells;
    }

    /// <summary>True for the line under or around the header of a Markdown, psql or grid table.</summary>
    public static bool IsRule(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        return line.Length >= 3 && !line.ContainsAnyExcept(RuleMarks) && line.ContainsAny('-', '=');
    }

    /// <summary>Content of a cell without blanks and quotes.</summary>
    public static ReadOnlySpan<char> Content(ReadOnlySpan<char> cell)
    {
        cell = cell.Trim();
        return cell.Length >= 2 && cell[0] == '"' && cell[^1] == '"' ? cell[1..^1] : cell.Trim("*`");
    }

    /// <summary>Appends <paramref name="cell"/> with <paramref name="masked"/> in the place of its content.</summary>
    public static void Append(StringBuilder target, ReadOnlySpan<char> cell, string masked, char delimiter)
    {
        var content = Content(cell);
        var at = content.IsEmpty ? 0 : cell.IndexOf(content, StringComparison.Ordinal);
        var quote = masked.Contains(delimiter, StringComparison.Ordinal) && delimiter != '|' && (at == 0 || cell[at - 1] != '"');
        target.Append(cell[..at]);
        target.Append(quote ? $"\"{masked}\"" : masked);
        target.Append(cell[(at + content.Length)..]);
    }
}
