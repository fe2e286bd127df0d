using System.Runtime.InteropServices;

namespace Chaperone.Masking.Deep;

/// <summary>A text as the model reads it.</summary>
internal sealed class DeepWords
{
    // A longer one is a blob: what its beginning looks like must do.
    private const int MostTokensOfWord = 64;

    private readonly List<DeepWord> _words = [];
    private readonly List<int> _tokens = [];

    public ReadOnlySpan<DeepWord> Words => CollectionsMarshal.AsSpan(_words);

    public ReadOnlySpan<int> Tokens => CollectionsMarshal.AsSpan(_tokens);

    public void Add(int start, int end, IReadOnlyList<int> tokens)
    {
        var count = Math.Min(tokens.Count, MostTokensOfWord);
        if (count == 0)
        {
            return;
        }

        _words.Add(new DeepWord(start, end, _tokens.Count, count));
        for (var i = 0; i < count; i++)
        {
            _tokens.Add(tokens[i]);
        }
    }
}
