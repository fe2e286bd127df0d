using Chaperone.Masking.Tagging;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>Names spelled letter by letter (A), <c>T-H-A-C-K-E-R-A-Y</c>, numbers read out digit by digit (R), <c>four four seven one nine</c>, and days of which a machine read some digits as letters (C), <c>O3/I2/1947</c>.</summary>
internal sealed class SpelledDetector : ITextDetector
{
    private const int LeastLetters = 5;
    private const int MostLetters = 24;
    private const int LeastDigits = 3;
    private const int YearLength = 4;
    private const int FirstYear = 1900;
    private const int LastYear = 2100;
    private const int LeastDistinct = 3;
    private const int LongestAcronym = 6;
    private const int WordsToCue = 6;

    private static readonly WordSet Cues = "name names named surname lastname firstname spelled spelt spell spells spelling last first".Split(' ').ToWordSet();

    private static readonly System.Buffers.SearchValues<char> Strand = System.Buffers.SearchValues.Create("ACGTUN");

    public void Find(TextScan scan, TextSpans spans)
    {
        for (var i = 0; i + 2 < scan.WordCount; i++)
        {
            var word = scan.Words[i];
            if (word.Length == 1 && word.IsAlpha && scan.At(word.End) == '-')
            {
                i = Spelled(scan, spans, i);
            }
            else if (word is { IsAlpha: true, IsCapital: false, Length: >= 2 and <= 5 } && Digit(scan, i) >= 0)
            {
                i = ReadOut(scan, spans, i);
            }
            else if (word.Length <= 2 && scan.HasDigit && scan.At(word.End) is '/' or '-' or '.')
            {
                Misread(scan, spans, i);
            }
        }
    }

    private static int Spelled(TextScan scan, TextSpans spans, int index)
    {
        var last = index;
        var alphabet = true;
        while (last + 1 < scan.WordCount && scan.GapAfter(last) is "-" && scan.Words[last + 1] is { Length: 1, IsAlpha: true })
        {
            last++;
            alphabet &= scan.At(scan.Words[last].Start) == scan.At(scan.Words[last - 1].Start) + 1;
        }

        // "A-B-C-D-E" is how one looks at the very ill, and "S-A-M-P-L-E" what one asks.
        if (last - index + 1 is >= LeastLetters and <= MostLetters && !alphabet && !IsWord(scan, index, last) && (HasCue(scan, index) || !IsOther(scan, index, last)))
        {
            spans.Add(scan.Words[index].Start, scan.Words[last].End, Identifier.Name);
        }

        return last;
    }

    private static bool HasCue(TextScan scan, int index)
    {
        for (var i = index - 1; i >= Math.Max(0, index - WordsToCue); i--)
        {
            if (Cues.Contains(scan.WordText(i)))
            {
                return true;
            }
        }

        return false;
    }

    // "A-C-G-T-T-A", "D-D-M-M-Y-Y-Y-Y", "A-B-A-B-A", "S-T-E-M-I": a strand, a form of days, a pattern, a short form that nobody is called.
    private static bool IsOther(TextScan scan, int first, int last)
    {
        Span<char> letters = stackalloc char[MostLetters];
        var length = last - first + 1;
        var seen = 0u;
        for (var i = 0; i < length; i++)
        {
            letters[i] = char.ToUpperInvariant(scan.At(scan.Words[first + i].Start));
            seen |= 1u << (letters[i] & 31);
        }

        var spelled = letters[..length];
        return System.Numerics.BitOperations.PopCount(seen) < LeastDistinct || !spelled.ContainsAnyExcept(Strand) || !spelled.ContainsAnyExcept("YMDHS")
            || (length <= LongestAcronym && (NameModel.Shipped.Find(spelled) & (NameLists.Given | NameLists.Family)) == 0);
    }

    private static bool IsWord(TextScan scan, int first, int last)
    {
        Span<char> word = stackalloc char[MostLetters];
        for (var i = first; i <= last; i++)
        {
            word[i - first] = scan.At(scan.Words[i].Start);
        }

        return (NameModel.Shipped.Find(word[..(last - first + 1)]) & (NameLists.Word | NameLists.CommonGiven | NameLists.CommonFamily)) == NameLists.Word;
    }

    // "one two three four five" counts.
    private static int ReadOut(TextScan scan, TextSpans spans, int index)
    {
        var last = index;
        var counts = true;
        while (last + 1 < scan.WordCount && scan.GapAfter(last) is " " or ", " or "-" && Digit(scan, last + 1) >= 0)
        {
            last++;
            counts &= Digit(scan, last) == Digit(scan, last - 1) + 1;
        }

        if (last - index + 1 >= LeastLetters && !counts)
        {
            spans.Add(scan.Words[index].Start, scan.Words[last].End, Identifier.Id);
        }

        return last;
    }

    private static int Digit(TextScan scan, int index) => scan.WordText(index) switch
    {
        "zero" or "oh" => 0,
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        _ => -1,
    };

    private static void Misread(TextScan scan, TextSpans spans, int index)
    {
        var (first, second, year) = (scan.Words[index], scan.Words[index + 1], scan.Words[index + 2]);
        var mark = scan.At(first.End);
        if (second.Length > 2 || year.Length != YearLength || second.Start != first.End + 1 || year.Start != second.End + 1 || scan.At(second.End) != mark
            || char.IsLetterOrDigit(scan.At(first.Start - 1)) || scan.At(first.Start - 1) == mark || scan.At(year.End) == mark)
        {
            return;
        }

        var digits = 0;
        var letters = false;
        foreach (var c in scan.Text[first.Start..year.End])
        {
            digits += char.IsAsciiDigit(c) ? 1 : 0;
            letters |= char.IsAsciiLetter(c);
        }

        // "B.1.1529" and "S/12/3456" are no days, whatever their letters are read as.
        if (letters && digits >= LeastDigits && Fold(scan, index) is var a and > 0 and <= 31 && Fold(scan, index + 1) is var b and > 0 and <= 31 && Math.Min(a, b) <= 12 && Fold(scan, index + 2) is >= FirstYear and <= LastYear)
        {
            spans.Add(first.Start, year.End, Identifier.Date);
        }
    }

    // The number that a machine read some digits of as the letters that look like them; -1 if it is none.
    private static int Fold(TextScan scan, int index)
    {
        var number = 0;
        foreach (var c in scan.WordText(index))
        {
            var digit = c switch
            {
                'O' or 'o' => 0,
                'I' or 'l' => 1,
                'Z' => 2,
                'S' => 5,
                'B' => 8,
                _ => char.IsAsciiDigit(c) ? c - '0' : -1,
            };
            if (digit < 0)
            {
                return -1;
            }

            number = (number * 10) + digit;
        }

        return number;
    }
}
