using System.Globalization;
using System.Text;

namespace Chaperone.Recorder.Search;

/// <summary>
/// Words as PostgreSQL keeps them, split here: its own parser keeps addresses and paths whole, so that their parts would not be
/// found, and takes most of the time of a write. Words are letters and digits in small letters, as FTS5 parts them.
/// </summary>
internal static class PostgresWords
{
    // What PostgreSQL takes (textsearch limits): a lexeme of 2,046 bytes, positions to 16,383, 256 of them for a lexeme.
    private const int MostLexemeBytes = 2046;
    private const int LastPosition = 16_383;
    private const int MostPositions = 255;

    /// <summary>A tsvector as text: each word with where it stands; <paramref name="fields"/> stand behind the text.</summary>
    public static string Vector(string text, string fields)
    {
        var places = new Dictionary<string, StringBuilder>(StringComparer.Ordinal);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var position = 0;
        foreach (var word in Split(text).Concat(Split(fields)))
        {
            position = Math.Min(position + 1, LastPosition);
            if (!places.TryGetValue(word, out var at))
            {
                places[word] = at = new StringBuilder();
            }

            var count = counts.GetValueOrDefault(word);
            if (count < MostPositions)
            {
                counts[word] = count + 1;
                at.Append(at.Length == 0 ? ':' : ',').Append(position.ToString(CultureInfo.InvariantCulture));
            }
        }

        var vector = new StringBuilder(text.Length + fields.Length + (places.Count * 8));
        foreach (var (word, at) in places)
        {
            vector.Append('\'').Append(word).Append('\'').Append(at).Append(' ');
        }

        return vector.ToString();
    }

    /// <summary>A tsquery as text: every word and field must be there; a word of several parts must be there in order. Empty where there is none.</summary>
    public static string Query(IReadOnlyList<SearchWord> words, IReadOnlyList<string> fields) => string.Join(" & ", words
        .Select(word => (word.Beginning, Phrase: string.Join(" <-> ", Split(word.Text).Select(part => $"'{part}'"))))
        .Where(w => w.Phrase.Length > 0)
        .Select(w => $"({w.Phrase}{(w.Beginning ? ":*" : "")})")
        .Concat(fields.Select(field => $"'{field}'")));

    private static IEnumerable<string> Split(string text)
    {
        var begin = -1;
        for (var i = 0; i <= text.Length;)
        {
            var (isWord, length) = i < text.Length ? Read(text, i) : (false, 1);
            if (isWord)
            {
                begin = begin < 0 ? i : begin;
            }
            else if (begin >= 0)
            {
                var word = text[begin..i].ToLowerInvariant();
                begin = -1;
                if (word.Length <= MostLexemeBytes / 3 || Encoding.UTF8.GetByteCount(word) <= MostLexemeBytes)
                {
                    yield return word;
                }
            }

            i += length;
        }
    }

    private static (bool IsWord, int Length) Read(string text, int at)
    {
        Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length);
        return (Rune.IsLetterOrDigit(rune), length);
    }
}
