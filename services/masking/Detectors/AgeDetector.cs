using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>Ages over 89 (C); younger ones stay.</summary>
internal sealed class AgeDetector : ITextDetector
{
    private const int Oldest = 89;

    private static readonly WordSet Units = new[] { "one", "two", "three", "four", "five", "six", "seven", "eight", "nine" }.ToWordSet();

    public void Find(TextScan scan, TextSpans spans)
    {
        for (var i = 0; i < scan.WordCount; i++)
        {
            var word = scan.Words[i];

            // The mask of an age stays an age, so that what stands around it reads as it did before.
            if (word.Length == 2 && scan.At(word.End) == '+' && scan.WordText(i) is "90")
            {
                spans.Add(word.Start, word.End + 1, Identifier.Age);
                continue;
            }

            if (word.Length is 6 or 7 && scan.At(word.Start) is 'n' or 'N' or 'h' or 'H' && Spelled(scan, i, out var end))
            {
                spans.Add(word.Start, scan.Words[end].End, Identifier.Age);
                i = end;
                continue;
            }

            if (word.HasDigit && word.Length <= 5 && (IsAge(scan, i, out var age) || IsLabelled(scan, i, out age)) && age is > Oldest and <= 130 && scan.At(word.End) != '+')
            {
                spans.Add(word.Start, word.Start + (age > 99 ? 3 : 2), Identifier.Age);
            }
        }
    }

    // "ninety-three years old", "hundred-year-old"
    private static bool Spelled(TextScan scan, int index, out int end)
    {
        end = index;
        if (!scan.Is(index, "ninety") && !scan.Is(index, "hundred"))
        {
            return false;
        }

        if (scan.GapAfter(index) is "-" or " " && index + 1 < scan.WordCount && Units.Contains(scan.WordText(index + 1)))
        {
            end++;
        }

        return scan.GapAfter(end) is " " or "-" && (scan.Is(end + 1, "year") || scan.Is(end + 1, "years")) && scan.Is(end + 2, "old");
    }

    /// <summary>True for "56-year-old", "56 years old", "56 yo", "56y", "56 y/o", "56F".</summary>
    public static bool IsAge(TextScan scan, int index, out int age)
    {
        var text = scan.WordText(index);
        var digits = text.IndexOfAnyExceptInRange('0', '9');
        age = -1;
        if (digits < 0 && !IsBeforeUnit(scan, index))
        {
            return false;
        }

        var number = digits < 0 ? text : text[..digits];
        age = number.Length is >= 1 and <= 3 ? int.Parse(number) : -1;
        if (age < 0)
        {
            return false;
        }

        if (digits > 0)
        {
            return text[digits..] is "yo" or "y" or "YO" or "yr" or "yrs" or "F" or "M" && age > 0;
        }

        var unit = scan.WordText(index + 1);
        if (unit.Equals("yo", StringComparison.OrdinalIgnoreCase) || (unit.Equals("y", StringComparison.OrdinalIgnoreCase) && scan.Is(index + 2, "o")))
        {
            return true;
        }

        var years = unit.Equals("year", StringComparison.OrdinalIgnoreCase) || unit.Equals("years", StringComparison.OrdinalIgnoreCase)
            || unit.Equals("yr", StringComparison.OrdinalIgnoreCase) || unit.Equals("yrs", StringComparison.OrdinalIgnoreCase);
        return years && (scan.Is(index + 2, "old") || scan.Is(index + 3, "age"));
    }

    // Whatever the unit, it begins with this letter.
    private static bool IsBeforeUnit(TextScan scan, int index) =>
        index + 1 < scan.WordCount && scan.At(scan.Words[index + 1].Start) is 'y' or 'Y' && scan.GapAfter(index) is " " or "-";

    private static bool IsLabelled(TextScan scan, int index, out int age)
    {
        age = -1;
        if (index == 0 || !scan.Words[index].IsNumber || scan.Words[index].Length > 3 || scan.At(scan.Words[index].End) is '%' or '/' or '.' && char.IsAsciiDigit(scan.At(scan.Words[index].End + 1)))
        {
            return false;
        }

        var labelled = scan.GapAfter(index - 1) is " " or ": " or ":" or "=" or " = " or " of "
            && (scan.Is(index - 1, "age") || scan.Is(index - 1, "aged") || (scan.Is(index - 1, "of") && scan.Is(index - 2, "age")) || (scan.Is(index - 1, "is") && scan.Is(index - 2, "age")));
        age = labelled ? int.Parse(scan.WordText(index)) : -1;
        return labelled;
    }
}
