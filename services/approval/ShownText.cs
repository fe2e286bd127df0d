using System.Globalization;
using System.Text;

namespace Chaperone.Approval;

/// <summary>Text from elsewhere as people may be shown it: nothing on a card is other than it looks.</summary>
internal static class ShownText
{
    /// <summary>What stands where text was cut off.</summary>
    public const char Ellipsis = '…';

    /// <summary>Control, direction and zero-width characters written out.</summary>
    public static string Visible(string text, bool keepLines)
    {
        var made = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsHidden(rune) && !(keepLines && rune.Value is '\n' or '\t'))
            {
                made.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
            }
            else
            {
                made.Append(rune.ToString());
            }
        }

        return made.ToString();
    }

    /// <summary>One visible line of at most <paramref name="limit"/> characters.</summary>
    public static string Line(string text, int limit)
    {
        var shown = Visible(text, keepLines: false);
        return shown.Length <= limit ? shown : shown[..(char.IsHighSurrogate(shown[limit - 2]) ? limit - 2 : limit - 1)] + Ellipsis;
    }

    private static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
