using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SpreadCheetah;
using SpreadCheetah.Styling;

namespace Chaperone.Recorder.Evidence;

/// <summary>Cells of <see cref="PopulationWorkbook"/>: times and counts typed, all else as text that no spreadsheet runs.</summary>
internal static partial class WorkbookCell
{
    /// <summary>UTF-16 units that a cell of Excel holds.</summary>
    public const int Longest = 32_767;

    private static readonly HashSet<string> Times = ["time", "first_record", "last_record", "from", "to"];

    private static readonly HashSet<string> Numbers =
        ["leaf", "http_status", "identifiers_masked", "identifiers_in_clear", "decided", "denied", "population", "drawn", "judged", "concerns", "keys_destroyed", "months_rewrapped"];

    /// <summary>One cell of the column with this heading. Times are UTC, to the millisecond; the CSV has the microseconds.</summary>
    /// <exception cref="FormatException">The text is not what the column holds.</exception>
    public static Cell Of(string heading, string text, string file, StyleId asText)
    {
        if (text.Length == 0)
        {
            return default;
        }

        if (Times.Contains(heading))
        {
            return new Cell(DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal));
        }

        return Numbers.Contains(heading) ? new Cell(long.Parse(text, CultureInfo.InvariantCulture)) : new Cell(Text(text, file), asText);
    }

    /// <summary>Width in characters of a column whose longest text is as long as this.</summary>
    public static double Width(string heading, int longest) => Times.Contains(heading) ? 24 : Math.Clamp(longest + 2, heading.Length + 4, 64);

    /// <summary>
    /// The text as ST_Xstring of ECMA-376 part 1, 22.9.2.19: line ends are line feeds, what XML cannot hold is U+FFFD, what would be
    /// read as an escape is escaped; cut where a cell is full, and saying so.
    /// </summary>
    public static string Text(string text, string file)
    {
        if (text.Length > Longest)
        {
            var mark = $" … [cut: {text.Length} characters, whole in {file}]";
            var room = Longest - mark.Length;
            text = text[..(char.IsHighSurrogate(text[room - 1]) ? room - 1 : room)] + mark;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            clean.Append(rune.Value is < 0x20 and not ('\t' or '\n') or 0xFFFE or 0xFFFF ? Rune.ReplacementChar : rune);
        }

        return Escape().Replace(clean.ToString(), "_x005F_");
    }

    [GeneratedRegex("_(?=x[0-9A-Fa-f]{4}_)", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
