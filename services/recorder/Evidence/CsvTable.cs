using System.Globalization;

namespace Chaperone.Recorder.Evidence;

/// <summary>
/// A population as RFC 4180 CSV, one heading line. A cell that a spreadsheet would run as a formula begins with one apostrophe more
/// than its text, so that <see cref="CsvReader"/> gets the text back.
/// </summary>
internal sealed class CsvTable
{
    private readonly EvidenceMember _member;

    public CsvTable(EvidenceMember member, params ReadOnlySpan<string?> headings)
    {
        _member = member;
        _member.Rows = -1;
        Add(headings);
    }

    /// <summary>Rows without the heading.</summary>
    public long Rows => _member.Rows ?? 0;

    public void Add(params ReadOnlySpan<string?> cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            _member.Write(i == 0 ? Cell(cells[i]) : "," + Cell(cells[i]));
        }

        _member.Write("\r\n"u8);
        _member.Rows++;
    }

    public void Finish() => _member.Dispose();

    public static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether a spreadsheet would run a cell with this text.</summary>
    public static bool IsFormula(ReadOnlySpan<char> text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..];

    private static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        if (IsFormula(text.AsSpan().TrimStart('\'')))
        {
            text = "'" + text;
        }

        return text.AsSpan().IndexOfAny("\",\r\n") >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
