using System.Buffers;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Structures;

/// <summary>Cuts a line of a table into cells.</summary>
internal static class TableRow
{
    private static readonly SearchValues<char> RuleMarks = SearchValues.Create("|-+:= ");

    /// <summary>Stands for gaps of two blanks and more, in the place of a delimiter.</summary>
    public const char Gaps = '\0';

    /// <summary>The least gap between columns that are written in line.</summary>
    public const string Gap = "  ";

    /// <summary>True where a line has more than one cell.</summary>
    public static bool Has(ReadOnlySpan<char> line, char delimiter) =>
        delimiter == Gaps ? line.Trim().Contains(Gap, StringComparison.Ordinal) : line.Contains(delimiter);

    /// <summary>The cells of a line, quotes respected where the delimiter is no pipe.</summary>
    public static List<Range> Cells(ReadOnlySpan<char> line, char delimiter)
    {
        var cells = new List<Range>();
        var start = 0;
        if (delimiter == Gaps)
        {
            for (var at = line.Length - line.TrimStart(' ').Length; at < line.Length;)
            {
                var length = line[at..].IndexOf(Gap, StringComparison.Ordinal);
                cells.Add(at..(length < 0 ? line.Length : at + length));
                at = length < 0 ? line.Length : line.Length - line[(at + length)..].TrimStart(' ').Length;
            }

            return cells;
        }

        var none = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == delimiter)
            {
                cells.Add(start..i);
                start = i + 1;
            }
            else if (line[i] == '"' && delimiter != '|' && line[start..i].IsWhiteSpace())
            {
                i = Math.Max(i, QuoteEnd(line, i, ref none) - 1);
            }
        }

        cells.Add(start..line.Length);
        return cells;
    }

    /// <summary>
    /// Where the quoted cell that opens at <paramref name="open"/> ends, its last quote included; -1 where the quote is a stray one
    /// (RFC 4180: quotes inside are doubled, and behind the last one the cell ends). <paramref name="none"/> remembers that no quote follows.
    /// </summary>
    public static int QuoteEnd(ReadOnlySpan<char> text, int open, ref bool none)
    {
        for (var at = open + 1; !none && at < text.Length; at += 2)
        {
            var next = text[at..].IndexOf('"');
            if (next < 0)
            {
                none = true;
                break;
            }

            at += next;
            if (at + 1 >= text.Length || text[at + 1] != '"')
            {
                var behind = text[(at + 1)..].TrimStart(' ');
                return behind.IsEmpty || behind[0] is ',' or ';' or '\t' or '|' or '\n' or '\r' ? at + 1 : -1;
            }
        }

        return -1;
    }

    /// <summary>How many cells a line has.</summary>
    public static int Count(ReadOnlySpan<char> line, char delimiter)
    {
        if (delimiter != Gaps && (delimiter == '|' || !line.Contains('"')))
        {
            return line.Count(delimiter) + 1;
        }

        return Cells(line, delimiter).Count;
    }

    /// <summary>True for the line under or around the header of a Markdown, psql or grid table.</summary>
    public static bool IsRule(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        return line.Length >= 3 && !line.ContainsAnyExcept(RuleMarks) && line.ContainsAny('-', '=');
    }

    /// <summary>Content of a cell without blanks and quotes.</summary>
    public static TextPart Content(TextPart cell)
    {
        cell = cell.Trim();
        if (cell.Length >= 2 && cell[0] == '"' && cell[^1] == '"')
        {
            return cell[1..^1];
        }

        var start = cell.Length - cell.Text.TrimStart("*`").Length;
        return cell[start..(start + cell.Text.Trim("*`").Length)];
    }

    /// <summary>Puts a cell into quotes if a mask since <paramref name="first"/> holds the delimiter and the cell is in none.</summary>
    public static void Quote(TextPart content, bool quoted, char delimiter, TextEdits edits, int first)
    {
        if (delimiter is '|' or Gaps || quoted || !edits.AnyHolds(delimiter, first))
        {
            return;
        }

        var masked = edits.Apply(content, first);
        edits.Rewind(first);
        edits.Replace(content.At, content.At + content.Length, $"\"{masked}\"");
    }
}
