using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;

namespace Chaperone.Masking.Deep;

/// <summary>The way of RoBERTa and GPT-2: a pattern parts words, each with the blank before it, and a word is made of pairs of its bytes.</summary>
internal sealed partial class BytePairCutter(Tokenizer pairs, Regex? pattern, bool blankFirst, int? before, int? behind) : ITokenCutter
{
    private readonly Regex _pattern = pattern ?? Usual();

    public int? Before => before;

    public int? Behind => behind;

    public void Cut(ReadOnlySpan<char> text, DeepWords words)
    {
        // What the pattern leaves between two matches is a word of its own.
        var at = 0;
        foreach (var match in _pattern.EnumerateMatches(text))
        {
            Add(text, at, match.Index, words);
            Add(text, match.Index, match.Index + match.Length, words);
            at = match.Index + match.Length;
        }

        Add(text, at, text.Length, words);
    }

    private void Add(ReadOnlySpan<char> text, int start, int end, DeepWords words)
    {
        if (start >= end)
        {
            return;
        }

        var piece = DeepWords.Piece(text[start..end]);
        while (start < end)
        {
            var length = DeepWords.LengthOfPiece(text[start..end], piece);
            AddPiece(text, start, start + length, words);
            start += length;
        }
    }

    private void AddPiece(ReadOnlySpan<char> text, int start, int end, DeepWords words)
    {
        var word = DeepWords.Clip(text[start..end]);
        var tokens = blankFirst && start == 0 && !char.IsWhiteSpace(word[0])
            ? pairs.EncodeToIds(string.Concat(" ", word), considerPreTokenization: false, considerNormalization: false)
            : pairs.EncodeToIds(word, considerPreTokenization: false, considerNormalization: false);
        words.Add(start + word.Length - word.TrimStart().Length, end, tokens);
    }

    [GeneratedRegex(@"'(?:[stmd]|re|ve|ll)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Usual();
}
