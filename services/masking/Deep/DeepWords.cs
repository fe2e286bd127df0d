using System.Runtime.InteropServices;
using System.Text;

namespace Chaperone.Masking.Deep;

/// <summary>A text as the model reads it.</summary>
internal sealed class DeepWords(CancellationToken cancellationToken)
{
    // A longer one is a blob: what its beginning looks like must do.
    private const int MostTokensOfWord = 64;
    private const int LongestBlob = 512;

    // A letter is at most three tokens (bytes), or two where it lies before the scripts below: all of a piece is read.
    private const int PieceWithoutBlanks = 16;
    private const int PieceOfLetters = 32;

    private const int WordsBetweenLooks = 1024;

    // Thai, and behind it Tibetan, Khmer, kana and Chinese.
    private const char FirstWithoutBlanks = '\u0E00';

    private readonly List<DeepWord> _words = [];
    private readonly List<int> _tokens = [];

    public ReadOnlySpan<DeepWord> Words => CollectionsMarshal.AsSpan(_words);

    public ReadOnlySpan<int> Tokens => CollectionsMarshal.AsSpan(_tokens);

    /// <summary>True for a text in a script that parts no words.</summary>
    public static bool HasNoBlanks(ReadOnlySpan<char> text) => text.ContainsAnyInRange(FirstWithoutBlanks, char.MaxValue);

    /// <summary>How long the pieces of <paramref name="run"/> are, each a word to the model; <see cref="LengthOfPiece"/> cuts one.</summary>
    public static int Piece(ReadOnlySpan<char> run) => HasNoBlanks(run) ? PieceWithoutBlanks : Ascii.IsValid(run) ? run.Length : PieceOfLetters;

    /// <summary>Length of the first piece of <paramref name="run"/>: at most <paramref name="piece"/>, and no surrogate pair is parted.</summary>
    public static int LengthOfPiece(ReadOnlySpan<char> run, int piece) =>
        run.Length <= piece ? run.Length : char.IsHighSurrogate(run[piece - 1]) ? piece - 1 : piece;

    /// <summary>What is read of a word: of a blob its beginning.</summary>
    public static ReadOnlySpan<char> Clip(ReadOnlySpan<char> word) => word[..Math.Min(word.Length, LongestBlob)];

    /// <exception cref="OperationCanceledException">The time is over.</exception>
    public void Add(int start, int end, IReadOnlyList<int> tokens)
    {
        if (_words.Count % WordsBetweenLooks == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

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
