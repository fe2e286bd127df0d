using System.Globalization;
using System.Text;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Search;

/// <summary>A line of a record's masked text, around the first word that was looked for.</summary>
internal static class SearchExcerpt
{
    public const int Longest = 240;
    private const int Before = 80;

    public static string Of(OpenedRecord record, IReadOnlyList<SearchWord> words)
    {
        var text = SearchText.OfParts(record);
        var at = words.Select(w => Find(text, w.Text)).Where(i => i >= 0).DefaultIfEmpty(0).Min();
        var start = Whole(text, Math.Max(0, at - Before));
        var end = Whole(text, Math.Min(text.Length, start + Longest - 2));
        var line = new StringBuilder(Longest);
        line.Append(start > 0 ? "…" : "").Append(text, start, end - start).Replace('\n', ' ').Append(end < text.Length ? "…" : "");
        return line.ToString().Trim();
    }

    private static int Find(string text, string word) =>
        CultureInfo.InvariantCulture.CompareInfo.IndexOf(text, word, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace);

    // Never between the halves of a surrogate pair.
    private static int Whole(string text, int at) => at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) ? at - 1 : at;
}
