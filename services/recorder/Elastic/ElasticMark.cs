using System.Globalization;

namespace Chaperone.Recorder.Elastic;

/// <summary>
/// How far Elasticsearch has followed, kept beside the search and moved by compare-and-swap only. Records before
/// <see cref="Next"/> are stored there; those from it to before <see cref="Sent"/> may be, so they are looked up first.
/// </summary>
/// <param name="Next">First record that is not known to be stored.</param>
/// <param name="Sent">First record that was never sent.</param>
/// <param name="Owner">The process that sends; another one waits until the mark stands still.</param>
/// <param name="Turn">Grows with each attempt, so that a mark that stands still is told from one that works.</param>
internal sealed record ElasticMark(long Next, long Sent, Guid Owner, long Turn)
{
    /// <summary>True while an attempt is under way or its end is unknown.</summary>
    public bool IsUncertain => Sent > Next;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Next} {Sent} {Owner} {Turn}");

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static ElasticMark Parse(string text)
    {
        var words = text.Split(' ');
        return words.Length == 4 && Number(words[0]) is { } next && Number(words[1]) is { } sent && Guid.TryParse(words[2], out var owner) && Number(words[3]) is { } turn
            ? new ElasticMark(next, sent, owner, turn)
            : throw new InvalidDataException($"The watermark of Elasticsearch is not one ({text.Length} characters): delete the search, and it is found again.");
    }

    private static long? Number(string word) =>
        long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
