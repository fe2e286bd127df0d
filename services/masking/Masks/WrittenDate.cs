using System.Globalization;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Masks;

/// <summary>A date as it was written, so that another can be written in the same shape. <see cref="Rest"/> is what follows it: the time of day.</summary>
internal readonly record struct WrittenDate(DateOnly Day, DateShape Shape, DateParts Parts, string Before, string Rest)
{
    /// <summary>Reads the date that <paramref name="value"/> is; false where it is none, or one without a year.</summary>
    public static bool TryRead(ReadOnlySpan<char> value, out WrittenDate date)
    {
        date = default;
        value = Months.WithoutWeekday(value.Trim());
        if (!DateReader.TryRead(value, 0, out var reading) || reading.Length != value.Length || reading.Year is < 1 or > 9998)
        {
            return false;
        }

        return reading.Shape switch
        {
            DateShape.Compact => Compact(value, out date),
            DateShape.Words => Spelt(value, reading.Year, out date),
            _ => Numbers(value, reading, out date),
        };
    }

    /// <summary>Another day, written like this one; in words it becomes year, month and day.</summary>
    public string With(DateOnly day)
    {
        var year = day.Year.ToString("0000", CultureInfo.InvariantCulture);
        var separator = Before.Length > 0 ? Before[..1] : "-";
        return Shape switch
        {
            DateShape.Compact => year + Two(day.Month) + Two(day.Day) + Rest,
            DateShape.YearFirst when Parts == DateParts.Month => year + separator + Sized(day.Month, 1) + Rest,
            DateShape.YearFirst => year + separator + Sized(day.Month, 1) + separator + Sized(day.Day, 2) + Rest,
            DateShape.YearLast when Parts == DateParts.Month => Sized(day.Month, 1) + separator + year,
            DateShape.YearLast => Sized(Parts == DateParts.DayFirst ? day.Day : day.Month, 1) + separator + Sized(Parts == DateParts.DayFirst ? day.Month : day.Day, 2) + separator + (Before.EndsWith('y') ? year[2..] : year) + Rest,
            _ => Iso(day),
        };
    }

    /// <summary>Year, month and, where it had one, day; with the time of day behind it.</summary>
    public string Iso(DateOnly day) => Parts == DateParts.Month
        ? day.ToString("yyyy-MM", CultureInfo.InvariantCulture)
        : day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + (Rest.Length is > 0 and <= 36 && Rest.All(IsTime) ? Rest : "");

    /// <summary>True for what a time of day is written with.</summary>
    public static bool IsTime(char c) => char.IsAsciiDigit(c) || c is ':' or '.' or '+' or '-' or 'T' or 'Z' or ' ' or ',' or 'a' or 'p' or 'm' or 'A' or 'P' or 'M';

    private static string Two(int number) => number.ToString("00", CultureInfo.InvariantCulture);

    // Before holds the separator and, for each number, whether it had two digits: "/12y".
    private string Sized(int number, int at) => Before.Length > at && Before[at] == '1' ? number.ToString(CultureInfo.InvariantCulture) : Two(number);

    private static bool Compact(ReadOnlySpan<char> value, out WrittenDate date)
    {
        var read = DateOnly.TryParseExact(value[..8], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        date = new WrittenDate(day, DateShape.Compact, DateParts.MonthFirst, "", value[8..].ToString());
        return read;
    }

    private static bool Numbers(ReadOnlySpan<char> value, DateReading reading, out WrittenDate date)
    {
        date = default;
        Span<int> numbers = stackalloc int[3];
        Span<int> sizes = stackalloc int[3];
        var count = 0;
        var at = 0;
        var separator = '\0';
        while (count < 3 && at < value.Length && char.IsAsciiDigit(value[at]))
        {
            var end = at;
            while (end < value.Length && char.IsAsciiDigit(value[end]))
            {
                end++;
            }

            sizes[count] = end - at;
            numbers[count++] = int.Parse(value[at..end], CultureInfo.InvariantCulture);
            at = end;
            if (count < 3 && at < value.Length && (separator == '\0' ? value[at] is '-' or '/' or '.' : value[at] == separator))
            {
                separator = value[at++];
            }
            else
            {
                break;
            }
        }

        var rest = value[at..].ToString();
        if (separator == '\0' || count < 2)
        {
            return false;
        }

        var first = reading.Shape == DateShape.YearFirst;
        if (count == 2)
        {
            var month = first ? numbers[1] : numbers[0];
            date = new WrittenDate(MiddleOf(reading.Year, month), reading.Shape, DateParts.Month, $"{separator}{sizes[first ? 1 : 0]}", rest);
            return month is >= 1 and <= 12 && (first || rest.Length == 0);
        }

        var dayFirst = !first && numbers[0] > 12;
        var (m, d) = first ? (numbers[1], numbers[2]) : dayFirst ? (numbers[1], numbers[0]) : (numbers[0], numbers[1]);
        if (m is < 1 or > 12 || d < 1 || d > DateTime.DaysInMonth(reading.Year, m))
        {
            return false;
        }

        var before = first ? $"{separator}{sizes[1]}{sizes[2]}" : $"{separator}{sizes[0]}{sizes[1]}{(sizes[2] == 2 ? "y" : "")}";
        date = new WrittenDate(new DateOnly(reading.Year, m, d), reading.Shape, dayFirst ? DateParts.DayFirst : DateParts.MonthFirst, before, rest);
        return true;
    }

    private static string TimeIn(ReadOnlySpan<char> value)
    {
        var colon = value.IndexOf(':');
        var start = colon;
        while (start > 0 && char.IsAsciiDigit(value[start - 1]))
        {
            start--;
        }

        return colon > 0 ? $" {value[start..]}" : "";
    }

    private static DateOnly MiddleOf(int year, int month) => new(year, Math.Clamp(month, 1, 12), 15);

    // The first month and the first number of one or two digits: "March 3rd, 2021", "3 Mar 21", "March 2021".
    private static bool Spelt(ReadOnlySpan<char> value, int year, out WrittenDate date)
    {
        int month = 0, day = 0;
        for (var i = 0; i < value.Length;)
        {
            var end = i;
            while (end < value.Length && (char.IsAsciiDigit(value[i]) ? char.IsAsciiDigit(value[end]) : char.IsLetter(value[end])))
            {
                end++;
            }

            if (end == i)
            {
                i++;
                continue;
            }

            month = month > 0 ? month : Months.Number(value[i..end]);
            day = day == 0 && end - i <= 2 && char.IsAsciiDigit(value[i]) ? int.Parse(value[i..end], CultureInfo.InvariantCulture) : day;
            i = end;
        }

        date = default;
        if (month == 0 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = new WrittenDate(day == 0 ? MiddleOf(year, month) : new DateOnly(year, month, day), DateShape.Words, day == 0 ? DateParts.Month : DateParts.MonthFirst, "", TimeIn(value));
        return true;
    }
}
