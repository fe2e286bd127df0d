using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>Numbers that stand close together: <c>(555) 123-4567</c>, <c>4111 1111 1111 1111</c>.</summary>
internal readonly ref struct NumberGroup
{
    private const int MostParts = 8;
    private const int LongestCountryCode = 3;
    private const int ShortestAlone = 7;

    private readonly TextScan _scan;

    private NumberGroup(TextScan scan, int first, int count)
    {
        _scan = scan;
        First = first;
        Count = count;
    }

    /// <summary>Index of the first word.</summary>
    public int First { get; }

    /// <summary>Words in the group.</summary>
    public int Count { get; }

    /// <summary>One short number by itself, of which no shape is known. Four digits may be the last of a number whose others are hidden.</summary>
    public bool IsPlain => Count == 1 && _scan.Words[First].Length is < ShortestAlone and not 4;

    public static NumberGroup At(TextScan scan, int first)
    {
        var count = 1;
        while (count < MostParts && first + count < scan.WordCount && scan.Words[first + count].IsNumber && IsJoint(scan.GapAfter(first + count - 1))
            && !(scan.GapAfter(first + count - 1) is " " && scan.TryReadDate(scan.Words[first + count].Start, out var date) && date.Shape != DateShape.Compact)
            && !(scan.GapAfter(first + count - 1) is " (" && scan.Words[first + count - 1].Length > LongestCountryCode))
        {
            count++;
        }

        return new NumberGroup(scan, first, count);
    }

    /// <summary>Length of a part; 0 behind the last.</summary>
    public int Length(int part) => part < Count ? _scan.Words[First + part].Length : 0;

    public ReadOnlySpan<char> Gap(int part) => _scan.GapAfter(First + part);

    public int Start => _scan.Words[First].Start;

    public int End(int parts) => _scan.Words[First + parts - 1].End;

    /// <summary>Whether a group of exactly these lengths starts at <paramref name="from"/>.</summary>
    public bool Is(int from, params ReadOnlySpan<int> lengths)
    {
        for (var i = 0; i < lengths.Length; i++)
        {
            if (Length(from + i) != lengths[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The digits of the first <paramref name="parts"/> parts.</summary>
    public ReadOnlySpan<char> Digits(int parts, Span<char> target)
    {
        var written = 0;
        for (var i = 0; i < parts && written < target.Length; i++)
        {
            var word = _scan.WordText(First + i);
            word = word[..Math.Min(word.Length, target.Length - written)];
            word.CopyTo(target[written..]);
            written += word.Length;
        }

        return target[..written];
    }

    /// <summary>Digits of all parts together.</summary>
    public int Total(int parts)
    {
        var total = 0;
        for (var i = 0; i < parts; i++)
        {
            total += Length(i);
        }

        return total;
    }

    private static bool IsJoint(ReadOnlySpan<char> gap) =>
        gap is " " or "-" or "." or ") " or ")" or ")-" or " - " or " (" or "/" or "--" or ".-" or "-(" or "(" or ") -" or "  ";
}
