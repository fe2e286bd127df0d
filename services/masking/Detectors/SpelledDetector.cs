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
        if (last - index + 1 is >= LeastLetters and <= MostLetters && !alphabet && !IsWord(scan, index, last))
        {
            spans.Add(scan.Words[index].Start, scan.Words[last].End, Identifier.Name);
        }

        return last;
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

        var (digits, letters) = (0, 0);
        foreach (var c in scan.Text[first.Start..year.End])
        {
            digits += char.IsAsciiDigit(c) ? 1 : 0;
            letters += c is 'O' or 'o' or 'I' or 'l' or 'S' or 'B' or 'Z' ? 1 : 0;
        }

        if (letters > 0 && digits >= LeastDigits && digits + letters == year.End - first.Start - 2)
        {
            spans.Add(first.Start, year.End, Identifier.Date);
        }
    }
}
