using System.Text;

namespace Chaperone.Recorder.Search;

/// <summary>
/// The words of a search as a person types them: <c>word</c>, <c>begin*</c>, <c>"words in a row"</c>; each must be there.
/// No operator of a database is among them, so that nothing typed can be one.
/// </summary>
internal sealed record SearchQuery
{
    public const int MostWords = 16;
    public const int LongestWord = 64;
    public const int LongestPhrase = 200;
    private const int ShortestBeginning = 2;

    /// <summary>What has to be there; empty for everything.</summary>
    public IReadOnlyList<SearchWord> Words { get; init; } = [];

    /// <summary>Why the words are not understood, one sentence that does not repeat them; null if they are.</summary>
    public string? Problem { get; init; }

    public static SearchQuery Parse(string? typed)
    {
        var words = new List<SearchWord>();
        var pieces = (typed ?? "").Split('"');
        if (pieces.Length % 2 == 0)
        {
            return Refuse("A quotation mark has no partner: close it, or take it out.");
        }

        for (var i = 0; i < pieces.Length; i++)
        {
            var problem = i % 2 == 1 ? AddPhrase(words, pieces[i]) : AddWords(words, pieces[i]);
            if (problem is not null)
            {
                return Refuse(problem);
            }
        }

        return words.Count switch
        {
            > MostWords => Refuse($"There are {words.Count} words: use at most {MostWords}."),
            0 when !string.IsNullOrWhiteSpace(typed) => Refuse("There is no letter or digit to search for: type at least one word."),
            _ => new SearchQuery { Words = words },
        };
    }

    private static string? AddPhrase(List<SearchWord> words, string phrase)
    {
        if (phrase.Length > LongestPhrase)
        {
            return $"The words in quotation marks are longer than {LongestPhrase} characters: shorten them.";
        }

        Add(words, phrase, beginning: false);
        return null;
    }

    private static string? AddWords(List<SearchWord> words, string text)
    {
        foreach (var word in Clean(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var beginning = word.EndsWith('*');
            var bare = beginning ? word[..^1] : word;
            if (bare.Contains('*', StringComparison.Ordinal))
            {
                return "A * stands at the end of a word only.";
            }

            if (beginning && bare.Count(char.IsLetterOrDigit) < ShortestBeginning)
            {
                return $"Write at least {ShortestBeginning} letters before *.";
            }

            if (word.Length > LongestWord)
            {
                return $"A word is longer than {LongestWord} characters: use its beginning, followed by *.";
            }

            Add(words, bare, beginning);
        }

        return null;
    }

    private static void Add(List<SearchWord> words, string text, bool beginning)
    {
        var clean = Clean(text).Trim();
        if (clean.Any(char.IsLetterOrDigit))
        {
            words.Add(new SearchWord(clean, beginning));
        }
    }

    // Halves of a surrogate pair are no text that a database takes.
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            clean.Append(Rune.IsControl(rune) || Rune.IsWhiteSpace(rune) || rune == Rune.ReplacementChar ? " " : rune.ToString());
        }

        return clean.ToString();
    }

    private static SearchQuery Refuse(string problem) => new() { Problem = problem };
}

/// <summary>One thing that has to be there: a word or several in a row, and whether the last may go on.</summary>
internal sealed record SearchWord(string Text, bool Beginning);
