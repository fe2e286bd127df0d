using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Chaperone.Policy.Patterns;

/// <summary>
/// Folds what people and programs may read as the same: case, accents, compatibility forms (as NFKC does), characters that
/// nobody sees, digits of all scripts, and Cyrillic and Greek letters that look like Latin ones. For rules that restrict
/// only: folding makes more texts equal. The table is our own, since the runtime folds nothing without its culture data.
/// </summary>
internal static class Folding
{
    private static readonly FrozenDictionary<int, string> Table = ReadTable();

    // What is no white space and nobody sees: NUL, BEL, ESC.
    private static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0, 32).Append(127).Select(c => (char)c).Where(c => !char.IsWhiteSpace(c))]);

    /// <summary>The folded text, without white space at its ends. Linear.</summary>
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text) && !text.AsSpan().ContainsAny(Controls))
        {
            return text.Trim().ToLowerInvariant();
        }

        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && !Controls.Contains((char)rune.Value))
            {
                folded.Append(char.ToLowerInvariant((char)rune.Value));
            }
            else if (Table.TryGetValue(rune.Value, out var plain))
            {
                folded.Append(plain);
            }
            else if (!IsUnseen(Rune.GetUnicodeCategory(rune)))
            {
                folded.Append(Rune.ToLowerInvariant(rune).ToString());
            }
        }

        return folded.ToString().Trim();
    }

    private static bool IsUnseen(UnicodeCategory category) =>
        category is UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Control;

    // Each line: first code point, how many, "=" all become the same or "+" each the next character, what.
    private static FrozenDictionary<int, string> ReadTable()
    {
        using var stream = typeof(Folding).Assembly.GetManifestResourceStream("folding.txt")!;
        using var reader = new StreamReader(stream);
        var table = new Dictionary<int, string>();
        while (reader.ReadLine() is { } line)
        {
            var (space, sign) = (line.IndexOf(' ', StringComparison.Ordinal), line.IndexOfAny(['=', '+']));
            var first = Hex(line.AsSpan(0, space));
            var plain = string.Concat(line[(sign + 1)..].Split('.').Select(c => (char)Hex(c)));
            for (var i = 0; i < int.Parse(line.AsSpan(space + 1, sign - space - 1), CultureInfo.InvariantCulture); i++)
            {
                table.Add(first + i, line[sign] == '+' ? ((char)(plain[0] + i)).ToString() : plain);
            }
        }

        return table.ToFrozenDictionary();
    }

    private static int Hex(ReadOnlySpan<char> text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
