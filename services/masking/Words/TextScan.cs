using System.Runtime.CompilerServices;
using System.Text;

namespace Chaperone.Masking.Words;

/// <summary>A text made ready for the detectors: folded, cut into words, with what it holds at a glance. Reused; not thread-safe.</summary>
internal sealed class TextScan
{
    // A power of two; several detectors ask for the same places, one soon after another.
    private const int DatesKept = 16;

    private static readonly WordTraits[] Ascii7 = [.. Enumerable.Range(0, 128).Select(c => TraitsOf((char)c))];

    private char[] _folded = new char[1024];
    private int[] _origins = [];
    private Word[] _words = new Word[256];
    private bool _mapped;
    private int _sourceLength;

    private static long _versions;

    // A bit for each.
    private readonly ulong[] _marks = new ulong[2];

    private readonly List<(int Start, int End)> _tags = [];

    private readonly (long Version, int Start, bool Found, DateReading Reading)[] _dates = new (long, int, bool, DateReading)[DatesKept];

    public int Length { get; private set; }

    /// <summary>Where masks stand in the text already: <c>[NAME]</c>.</summary>
    public IReadOnlyList<(int Start, int End)> Tags => _tags;

    public int WordCount { get; private set; }

    public bool HasDigit { get; private set; }

    public bool HasAt { get; private set; }

    public bool HasCapital { get; private set; }

    /// <summary>False where a character of ASCII that is neither letter nor digit stands nowhere in the text.</summary>
    public bool HasMark(char mark) => (_marks[mark >> 6] & (1UL << (mark & 63))) != 0;

    /// <summary>It held more than ASCII.</summary>
    public bool IsFolded => _mapped;

    /// <summary>The text is a field of a record: words may stand in it without a sentence around them.</summary>
    public bool IsField { get; set; }

    /// <summary>The folded text.</summary>
    public ReadOnlySpan<char> Text
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(_folded, 0, Length);
    }

    public ReadOnlySpan<Word> Words
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(_words, 0, WordCount);
    }

    /// <summary>Another number for each text.</summary>
    public long Version { get; private set; }

    public void Load(ReadOnlySpan<char> text)
    {
        Version = Interlocked.Increment(ref _versions);
        _sourceLength = text.Length;
        if (_folded.Length < text.Length)
        {
            _folded = new char[Math.Max(text.Length, _folded.Length * 2)];
        }

        _mapped = !Ascii.IsValid(text);
        if (_mapped)
        {
            if (_origins.Length < _folded.Length)
            {
                _origins = new int[_folded.Length];
            }

            Length = Folding.Fold(text, _folded, _origins);
        }
        else
        {
            text.CopyTo(_folded);
            Length = text.Length;
        }

        Cut();
    }

    /// <summary>Frees large buffers, so that one long text does not stay in memory.</summary>
    public void Trim()
    {
        if (_folded.Length > 1 << 20)
        {
            _folded = new char[1024];
            _origins = [];
            _words = new Word[256];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<char> WordText(int index)
    {
        ref readonly var word = ref _words[index];
        return new ReadOnlySpan<char>(_folded, word.Start, word.Length);
    }

    /// <summary>What stands between a word and the next; to the end after the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<char> GapAfter(int index)
    {
        var words = _words;
        var end = words[index].End;
        return new ReadOnlySpan<char>(_folded, end, (index + 1 < WordCount ? words[index + 1].Start : Length) - end);
    }

    /// <summary>Reads the date that starts at <paramref name="start"/>, as <see cref="DateReader.TryRead"/> does.</summary>
    public bool TryReadDate(int start, out DateReading reading)
    {
        ref var kept = ref _dates[start & (DatesKept - 1)];
        if (kept.Version != Version || kept.Start != start)
        {
            kept.Found = DateReader.TryRead(Text, start, out kept.Reading);
            (kept.Version, kept.Start) = (Version, start);
        }

        reading = kept.Reading;
        return kept.Found;
    }

    public bool Is(int index, string word) =>
        index >= 0 && index < WordCount && WordText(index).Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>The character at <paramref name="position"/>, or NUL outside.</summary>
    public char At(int position) => (uint)position < (uint)Length ? _folded[position] : '\0';

    /// <summary>Index of the first word that starts at or after <paramref name="position"/>.</summary>
    public int WordFrom(int position)
    {
        var low = 0;
        var high = WordCount;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_words[middle].Start < position)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>A range of the folded text as a range of the original, invisible characters inside and behind included.</summary>
    public (int Start, int End) ToSource(int start, int end) =>
        !_mapped ? (start, end) : (_origins[start], end == Length ? _sourceLength : _origins[end]);

    private void Cut()
    {
        WordCount = 0;
        _tags.Clear();
        var seen = WordTraits.None;
        var (low, high) = (0UL, 0UL);
        _marks.AsSpan().Clear();
        var text = Text;
        ReadOnlySpan<WordTraits> ascii = Ascii7;
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            var all = c < ascii.Length ? ascii[c] : TraitsOf(c);
            if (all == WordTraits.None)
            {
                low |= c < 64 ? 1UL << c : 0;
                high |= c is >= (char)64 and < (char)128 ? 1UL << (c & 63) : 0;
                i += c == '[' ? Tag(text, i) : 1;
                continue;
            }

            var start = i;
            while (++i < text.Length)
            {
                c = text[i];
                var traits = c < ascii.Length ? ascii[c] : TraitsOf(c);
                if (traits == WordTraits.None)
                {
                    break;
                }

                // A capital inside a word makes no capitalised word.
                all |= (traits & WordTraits.Capital) != 0 ? WordTraits.Letter : traits;
            }

            seen |= all;
            if (WordCount == _words.Length)
            {
                Array.Resize(ref _words, WordCount * 2);
            }

            _words[WordCount++] = new Word(start, i, all);
        }

        _marks[0] |= low;
        _marks[1] |= high;
        HasAt = HasMark('@');
        HasDigit = (seen & WordTraits.Digit) != 0;
        HasCapital = (seen & WordTraits.Capital) != 0;
    }

    private int Tag(ReadOnlySpan<char> text, int start)
    {
        var length = IdentifierTags.TagLength(text[start..]);
        if (length > 0)
        {
            _tags.Add((start, start + length));
            foreach (var c in text.Slice(start, length))
            {
                _marks[(c >> 6) & 1] |= 1UL << (c & 63);
            }
        }

        return Math.Max(1, length);
    }

    private static WordTraits TraitsOf(char c)
    {
        if (c < 0x80)
        {
            return char.IsAsciiLetterLower(c) ? WordTraits.Letter | WordTraits.Lower
                : char.IsAsciiDigit(c) ? WordTraits.Digit
                : char.IsAsciiLetterUpper(c) ? WordTraits.Letter | WordTraits.Capital
                : WordTraits.None;
        }

        return char.IsUpper(c) ? WordTraits.Letter | WordTraits.Capital
            : char.IsLetter(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.NonSpacingMark ? WordTraits.Letter | WordTraits.Lower
            : char.IsDigit(c) ? WordTraits.Digit
            : WordTraits.None;
    }
}
