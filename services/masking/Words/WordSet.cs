namespace Chaperone.Masking.Words;

/// <summary>A fixed set of words, asked for with parts of a text: most are told apart by a few of their letters. Immutable and thread-safe.</summary>
internal sealed class WordSet(IEnumerable<string> words, bool ignoreCase = true)
{
    private readonly WordMap<bool> _map = new(words.Select(w => KeyValuePair.Create(w, true)), ignoreCase);

    public bool Contains(ReadOnlySpan<char> word) => _map.ContainsKey(word);
}

/// <summary>Short ways to make one.</summary>
internal static class WordSets
{
    public static WordSet ToWordSet(this IEnumerable<string> words, bool ignoreCase = true) => new(words, ignoreCase);
}
