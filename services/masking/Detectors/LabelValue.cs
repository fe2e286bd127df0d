using System.Buffers;
using Chaperone.Masking.Keys;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>Where the value behind a label starts and ends.</summary>
internal static class LabelValue
{
    private const int MostDigits = 19;
    private const int MostParts = 8;
    private const int LongestSpacedPart = 4;
    private const int LeastDigitsWithoutLabel = 4;
    private const int LeastLengthOfCode = 8;
    private const int LeastDigitsOfCode = 5;

    private static readonly SearchValues<char> CodeLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    private static readonly SearchValues<char> SecretEnds = SearchValues.Create(" \t\r\n\"'`,;|<>&)");

    /// <summary>What the finding is called.</summary>
    public static Identifier TypeOf(KeyRule rule) => rule.Use == KeyUse.Person ? Identifier.Mrn : rule.Identifier;

    /// <summary>True where the words from <paramref name="first"/> to <paramref name="index"/> are one token: <c>JS-12345</c>, <c>ABC 1234</c>.</summary>
    public static bool Continues(TextScan scan, int first, int index)
    {
        for (var i = first; i < index; i++)
        {
            var gap = scan.GapAfter(i);
            if (gap is not ("-" or "_" or "/" or ".") && !(gap is " " && scan.Words[i].IsUpper && scan.Words[i].Length <= 4))
            {
                return false;
            }
        }

        return true;
    }

    public static int Start(TextScan scan, int first)
    {
        var start = scan.Words[first].Start;
        while (scan.At(start - 1) is '+' or '(' && start > 0)
        {
            start--;
        }

        return start;
    }

    /// <summary>Index of the last word of the value around <paramref name="index"/>; -1 where the value does not fit the label.</summary>
    public static int Extent(TextScan scan, int index, KeyRule rule, bool marked, int first, bool login = false)
    {
        if (rule.Use == KeyUse.Guarded && rule.Identifier == Identifier.Id && (marked || IsCode(scan, first)))
        {
            return Token(scan, index, first, leastDigits: 5, spaced: first < index && scan.Words[first].IsUpper, dates: false);
        }

        if (rule.Use is not (KeyUse.Mask or KeyUse.Person))
        {
            return -1;
        }

        switch (rule.Use == KeyUse.Person ? Identifier.Mrn : rule.Identifier)
        {
            case Identifier.Mrn when rule.Use == KeyUse.Person && (IsMeasure(scan, index) || (!marked && IsRatio(scan, index))):
                return -1;
            case Identifier.Mrn when rule.Use == KeyUse.Person:
                return Token(scan, index, first, leastDigits: marked ? 4 : 5, spaced: false, dates: false);
            case Identifier.Id when login:
                return Token(scan, index, first, 1, spaced: false, dates: false);
            case Identifier.Ssn:
                return Token(scan, index, first, 4, spaced: true, dates: false, most: 9);
            case Identifier.Mrn or Identifier.Device or Identifier.Biometric:
                return !marked && (IsYear(scan, index) || IsRatio(scan, index)) ? -1 : Token(scan, index, first, marked ? 2 : 4, spaced: scan.Words[index].Length <= LongestSpacedPart, dates: marked);
            case Identifier.Vehicle:
                return Plate(scan, Token(scan, index, first, marked || scan.Words[index].IsMixed ? 2 : 3, spaced: false, dates: false));
            case Identifier.Plan or Identifier.Account or Identifier.License or Identifier.Id:
                return Token(scan, index, first, marked ? 3 : 4, spaced: rule.Identifier is not Identifier.Id, dates: false);
            case Identifier.Card:
                return Token(scan, index, first, 3, spaced: true, dates: false);
            case Identifier.Phone or Identifier.Fax:
                return IsDotted(scan, index) ? -1 : Token(scan, index, first, 7, spaced: true, dates: false, most: 10);
            case Identifier.Zip:
                return scan.Words[index].Length >= 5 ? Token(scan, index, first, 5, spaced: false, dates: false) : -1;
            case Identifier.Secret:
                return Token(scan, index, first, marked ? 1 : 4, spaced: false, dates: false);
            case Identifier.Date:
                return OddDate(scan, index);
            default:
                return -1;
        }
    }

    // "120/80"
    private static bool IsRatio(TextScan scan, int index) =>
        (scan.GapAfter(index) is "/" && index + 1 < scan.WordCount && scan.Words[index + 1].IsNumber) || (index > 0 && scan.GapAfter(index - 1) is "/" && scan.Words[index - 1].IsNumber);

    /// <summary>End of an address: of its line, its cell, or the next label.</summary>
    public static int AddressEnd(TextScan scan, int start)
    {
        var end = start;
        while (end < scan.Length && scan.At(end) is not ('\n' or '\r' or ';' or '|' or '\t' or '"' or '<') && !(scan.At(end) == ' ' && scan.At(end + 1) == ' '))
        {
            end++;
        }

        // "12 Oak St Phone: ...": the label's words are no part of it.
        for (var i = scan.WordFrom(start); i < scan.WordCount && scan.Words[i].End < end; i++)
        {
            if (scan.At(scan.Words[i].End) is ':' or '=')
            {
                while (i > 0 && scan.GapAfter(i - 1) is " " && scan.Words[i - 1].Start > start && !scan.Words[i - 1].HasDigit && scan.Words[i - 1].IsCapital && Keyish(scan, i - 1))
                {
                    i--;
                }

                end = Math.Max(start, scan.Words[i].Start);
                break;
            }

            if (scan.At(scan.Words[i].End) == '.' && scan.At(scan.Words[i].End + 1) == ' ' && scan.Words[i].Length > 3 && scan.Words[i].Start > start + 8)
            {
                end = scan.Words[i].End;
                break;
            }
        }

        return start + scan.Text[start..end].TrimEnd(" .,").Length;
    }

    /// <summary>End of a place: its capitalised words.</summary>
    public static int PlaceEnd(TextScan scan, int first)
    {
        var last = first;
        while (last + 1 < scan.WordCount && last < first + 4 && scan.Words[last + 1].IsCapital && scan.GapAfter(last) is " " or ". " or "-" or "'" && scan.At(scan.Words[last + 1].End) != ':')
        {
            last++;
        }

        return scan.Words[last].End;
    }

    /// <summary>End of a password or login: the next blank or quote.</summary>
    public static int SecretEnd(TextScan scan, int start)
    {
        var quote = scan.At(start - 1);
        var length = quote is '"' or '\'' ? scan.Text[start..].IndexOfAny(quote, '\n') : scan.Text[start..].IndexOfAny(SecretEnds);
        var end = length < 0 ? scan.Length : start + length;
        return end - start < 3 ? start : end;
    }

    /// <summary>End of a value that is a login and no name: letters with digits or an underscore in one word, <c>dev_3737</c>; <paramref name="start"/> if it is none.</summary>
    public static int LoginEnd(TextScan scan, int start)
    {
        var end = start;
        while (end < scan.Length && (char.IsAsciiLetterOrDigit(scan.At(end)) || (scan.At(end) is '_' or '.' or '-' && char.IsAsciiLetterOrDigit(scan.At(end + 1)))))
        {
            end++;
        }

        var value = scan.Text[start..end];
        var mixed = value.ContainsAnyInRange('0', '9') || value.Contains('_');
        return value.Length >= 4 && mixed && value.IndexOfAnyInRange('a', 'z') >= 0 && char.IsAsciiLetter(value[0]) ? end : start;
    }

    /// <summary>Index of the last word of the number that word <paramref name="index"/> is the first with a digit of; -1 where it is none: a date, or too short.</summary>
    public static int Whole(TextScan scan, int index, int first) => Token(scan, index, first, LeastDigitsWithoutLabel, spaced: false, dates: false);

    /// <summary>Index of the last word that <see cref="Whole"/> takes, if it takes any.</summary>
    public static int EndOfWhole(TextScan scan, int index)
    {
        var last = index;
        while (last + 1 < scan.WordCount && last < index + MostParts && Joins(scan.GapAfter(last)))
        {
            last++;
        }

        return last;
    }

    private static bool Joins(ReadOnlySpan<char> gap) => gap is "-" or "_" or "/" or "." or ":" or ")-" or "--";

    /// <summary>True for capitals and digits that can be no count and no name of a thing: <c>YPM123X44590</c>.</summary>
    public static bool IsCode(TextScan scan, int index) =>
        (scan.Words[index] is { IsNumber: true, Length: > LeastLengthOfCode and <= MostDigits } && scan.GapAfter(index - 1) is " ")
        || scan.Words[index] is { IsMixed: true, Length: >= LeastLengthOfCode and <= MostDigits } && !scan.WordText(index).ContainsAnyExcept(CodeLetters) && Masks.Shapes.CountDigits(scan.WordText(index)) >= LeastDigitsOfCode;

    /// <summary>True for what a car may carry: six to eight capitals and digits, at least two and three of them.</summary>
    public static bool IsPlate(TextScan scan, int index) =>
        scan.Words[index] is { IsMixed: true, Length: >= 6 and <= 8 } && !scan.WordText(index).ContainsAnyExcept(CodeLetters) && Masks.Shapes.CountDigits(scan.WordText(index)) is var digits && digits >= 3 && scan.Words[index].Length - digits >= 2;

    private static bool Keyish(TextScan scan, int index) =>
        scan.Is(index, "phone") || scan.Is(index, "home") || scan.Is(index, "work") || scan.Is(index, "date") || scan.Is(index, "of") || scan.Is(index, "cell") || scan.Is(index, "email") || scan.Is(index, "patient");

    private static int Token(TextScan scan, int index, int first, int leastDigits, bool spaced, bool dates, int most = MostDigits)
    {
        var last = index;
        var digits = Masks.Shapes.CountDigits(scan.Text[scan.Words[first].Start..scan.Words[index].End]);
        while (last + 1 < scan.WordCount && last < index + MostParts)
        {
            var gap = scan.GapAfter(last);
            var joined = Joins(gap);
            var apart = spaced && digits < most && gap is " " or " - " or ") " && scan.Words[last + 1].IsNumber
                && (scan.Words[last + 1].Length is >= 2 and <= 7 || (scan.Words[last + 1].Length == 1 && scan.Words[last].Length == 1)) && scan.Words[last].Length <= 7;
            if ((!joined && !apart) || (apart && (IsDate(scan, last + 1) || AgeDetector.IsAge(scan, last + 1, out _))))
            {
                break;
            }

            last++;
            digits += Masks.Shapes.CountDigits(scan.WordText(last));
        }

        if (digits < leastDigits)
        {
            return -1;
        }

        var date = scan.TryReadDate(scan.Words[index].Start, out var reading);
        return date && !dates && reading.Shape != DateShape.Compact && scan.Words[index].Start + reading.Length >= scan.Words[last].End ? -1 : last;
    }

    // An IP address is no telephone number.
    private static bool IsDotted(TextScan scan, int index)
    {
        for (var i = index; i < index + 3; i++)
        {
            if (i + 1 >= scan.WordCount || scan.GapAfter(i) is not "." || scan.Words[i].Length > 3)
            {
                return false;
            }
        }

        return scan.Words[index + 3].Length <= 3;
    }

    // "PT/INR 12.5/1.1" measures something, though PT is short for patient.
    private static bool IsMeasure(TextScan scan, int index) => scan.GapAfter(index) is "." or "/" && scan.Words[index].Length <= 3;

    // "AB12 CDE": a plate goes on behind a blank.
    private static int Plate(TextScan scan, int last)
    {
        for (var i = 0; last >= 0 && i < 2 && last + 1 < scan.WordCount && scan.GapAfter(last) is " "; i++)
        {
            var next = scan.Words[last + 1];
            if (next.Length > 4 || !(next.IsUpper || (next.HasDigit && !scan.WordText(last + 1).ContainsAnyInRange('a', 'z'))) || IsDate(scan, last + 1))
            {
                break;
            }

            last++;
        }

        return last;
    }

    private static bool IsYear(TextScan scan, int index) =>
        scan.Words[index].Length == 4 && scan.Words[index].IsNumber && DateCursor.IsYear(int.Parse(scan.WordText(index))) && scan.GapAfter(index) is not "-";

    private static bool IsDate(TextScan scan, int index) =>
        scan.TryReadDate(scan.Words[index].Start, out var reading) && reading.Shape != DateShape.Compact;

    // What a date's label says is one, though no reader knows the shape: "DOB 3 4 80", "DOB: 030480".
    private static int OddDate(TextScan scan, int index)
    {
        if (scan.TryReadDate(scan.Words[index].Start, out _))
        {
            return -1;
        }

        var last = index;
        while (last + 1 < scan.WordCount && last < index + 2 && scan.Words[last + 1].IsNumber && scan.GapAfter(last) is " " or "-" or "/" or ".")
        {
            last++;
        }

        return last == index + 2 || (last == index && scan.Words[index].IsNumber && scan.Words[index].Length is 6 or 8) ? last : -1;
    }
}
