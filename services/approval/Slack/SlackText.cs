using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Chaperone.Approval.Slack;

/// <summary>Text for Slack: nothing in it is markup unless we wrote it, nothing is longer than Slack takes.</summary>
internal static class SlackText
{
    /// <summary>Text from elsewhere in mrkdwn: <c>&amp;</c>, <c>&lt;</c> and <c>&gt;</c> escaped, so that it names no person, channel or link.</summary>
    public static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>At most <paramref name="limit"/> characters after escaping; a cut shows as an ellipsis.</summary>
    public static string Fit(string text, int limit)
    {
        var made = new StringBuilder(Math.Min(text.Length, limit) + 8);
        foreach (var rune in ShownText.Visible(text, keepLines: false).EnumerateRunes())
        {
            var piece = Escape(rune.ToString());
            if (made.Length + piece.Length > limit - 1)
            {
                return made.Append(ShownText.Ellipsis).ToString();
            }

            made.Append(piece);
        }

        return made.ToString();
    }

    /// <summary>A time in the reader's own zone, with UTC for clients that cannot.</summary>
    public static string Time(DateTimeOffset time) => string.Create(
        CultureInfo.InvariantCulture,
        $"<!date^{time.ToUnixTimeSeconds()}^{{date_short_pretty}} {{time_secs}}|{time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC>");

    /// <summary>A short machine word of an answer; null for anything else, so that no foreign text gets into a log.</summary>
    public static string? Word(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 and <= 60 } word && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-')
            ? word
            : null;
}
