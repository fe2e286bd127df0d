namespace Chaperone.Masking.Words;

/// <summary>Reads a date at a given place of a text, in every shape that clinical texts and systems write (45 CFR 164.514(b)(2)(i)(C)).</summary>
internal static class DateReader
{
    /// <summary>Reads the date that starts at <paramref name="start"/>. The caller makes sure that no word runs into it.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, int start, out DateReading reading)
    {
        var cursor = new DateCursor(text, start);
        var found = char.IsAsciiDigit(cursor.Peek()) ? FromDigits(ref cursor, out var year, out var shape) : FromMonth(ref cursor, out year, out shape);
        if (!found || cursor.AtWord())
        {
            reading = default;
            return false;
        }

        reading = new DateReading(cursor.Position - start, year, shape);
        return true;
    }

    private static bool FromDigits(ref DateCursor cursor, out int year, out DateShape shape)
    {
        year = 0;
        shape = DateShape.YearFirst;
        var length = cursor.Number(out var first);
        switch (length)
        {
            case 4 when DateCursor.IsYear(first) && cursor.Peek() == '年':
                year = first;
                return cursor.Accept('年') && cursor.Number(out var east) is 1 or 2 && east is >= 1 and <= 12 && cursor.Accept('月') && (cursor.Number(out _) == 0 || cursor.Accept('日'));
            case 4 when DateCursor.IsYear(first):
                year = first;
                return YearFirst(ref cursor);
            case 1 or 2:
                return DayOrMonthFirst(ref cursor, first, out year, out shape);
            case 8 or 12 or 14:
                shape = DateShape.Compact;
                return Compact(ref cursor, length, out year);
            default:
                return false;
        }
    }

    private static bool YearFirst(ref DateCursor cursor)
    {
        if (!cursor.Separator("-/.", out var separator))
        {
            return false;
        }

        if (cursor.Month(out _))
        {
            return cursor.Accept(separator) && cursor.Number(out var named) <= 2 && named is >= 1 and <= 31;
        }

        var length = cursor.Number(out var month);
        if (length is not (1 or 2) || month is < 1 or > 12)
        {
            return false;
        }

        var afterMonth = cursor.Position;
        if (cursor.Accept(separator))
        {
            if (cursor.Number(out var day) is 1 or 2 && day is >= 1 and <= 31)
            {
                if (cursor.Chains(separator))
                {
                    return false;
                }

                cursor.Time();
                return true;
            }

            cursor.Position = afterMonth;
        }

        return length == 2 && separator != '.' && !cursor.Chains(separator) && cursor.Peek() != separator;
    }

    private static bool DayOrMonthFirst(ref DateCursor cursor, int first, out int year, out DateShape shape)
    {
        shape = DateShape.YearLast;
        year = 0;
        var start = cursor.Position;
        if (cursor.Separator("-/.", out var separator))
        {
            if (cursor.Month(out var monthIsSure))
            {
                shape = DateShape.Words;
                var afterMonth = cursor.Position;
                if (first is >= 1 and <= 31 && cursor.Accept(separator) && cursor.ShortOrLongYear(out year, allowShort: separator != '.'))
                {
                    cursor.Time();
                    return true;
                }

                cursor.Position = afterMonth;
                return first is >= 1 and <= 31 && monthIsSure && separator == '-' && !cursor.Chains('-');
            }

            var length = cursor.Number(out var second);
            if (length == 4 && separator != '.' && first is >= 1 and <= 12 && DateCursor.IsYear(second))
            {
                year = second;
                return !cursor.Chains(separator);
            }

            if (length is 1 or 2 && IsDayAndMonth(first, second) && cursor.Accept(separator)
                && cursor.ShortOrLongYear(out year, allowShort: separator != '.' || length == 2) && !cursor.Chains(separator))
            {
                cursor.Time();
                return true;
            }

            cursor.Position = start;
        }

        if (Spaced(ref cursor, first, out year))
        {
            return true;
        }

        cursor.Position = start;
        shape = DateShape.Words;
        return first is >= 1 and <= 31 && DayThenMonth(ref cursor, out year);
    }

    // 03 / 04 / 2021
    private static bool Spaced(ref DateCursor cursor, int first, out int year)
    {
        year = 0;
        return cursor.Accept(' ') && cursor.Accept('/') && cursor.Accept(' ') && cursor.Number(out var second) is 1 or 2 && IsDayAndMonth(first, second)
            && cursor.Accept(' ') && cursor.Accept('/') && cursor.Accept(' ') && cursor.ShortOrLongYear(out year, allowShort: true);
    }

    // 3 March, 3rd of March 2021, 03MAR2021, 3. März 2021, 4 de marzo de 2021
    private static bool DayThenMonth(ref DateCursor cursor, out int year)
    {
        year = 0;
        cursor.Ordinal();
        if (cursor.Peek() == '.' && cursor.Peek(1) == ' ')
        {
            cursor.Accept('.');
        }

        cursor.Spaces();
        cursor.Word("of");
        cursor.Word("de");
        cursor.Spaces();
        if (!cursor.Month(out var sure))
        {
            return false;
        }

        // "5 may" is a verb as well, "5 may 2021" is not.
        var dated = cursor.TrailingYear(out year);
        if (dated)
        {
            cursor.Time();
        }

        // "1 March 5, 2021": the day stands behind the month, and what is before it is another number.
        return dated || (sure && !cursor.DayFollows());
    }

    private static bool Compact(ref DateCursor cursor, int length, out int year)
    {
        var digits = cursor.Back(length);
        year = int.Parse(digits[..4]);
        var month = int.Parse(digits[4..6]);
        var day = int.Parse(digits[6..8]);
        if (year is < 1880 or > 2100 || month is < 1 or > 12 || day is < 1 or > 31)
        {
            return false;
        }

        if (length > 8 && (int.Parse(digits[8..10]) > 23 || int.Parse(digits[10..12]) > 59))
        {
            return false;
        }

        if (length == 8 && cursor.Peek() == 'T' && char.IsAsciiDigit(cursor.Peek(1)))
        {
            cursor.Accept('T');
            if (cursor.Number(out _) is not (4 or 6))
            {
                return false;
            }

            length = 14;
        }

        if (length > 8)
        {
            cursor.FractionAndZone();
        }

        return true;
    }

    // March 3rd, 2021; Mar-2021; March 3-5; March 2021
    private static bool FromMonth(ref DateCursor cursor, out int year, out DateShape shape)
    {
        shape = DateShape.Words;
        year = 0;
        if (!cursor.Month(out var sure))
        {
            return false;
        }

        var afterMonth = cursor.Position;
        cursor.Accept('.');
        if (!cursor.Separator("-/", out _))
        {
            cursor.Spaces();
        }

        cursor.Word("the");
        cursor.Spaces();
        var beforeNumber = cursor.Position;
        var length = cursor.Number(out var number);
        if (length is 1 or 2 && number is >= 1 and <= 31)
        {
            cursor.Ordinal();
            cursor.DayRange();
            var dated = cursor.TrailingYear(out year);
            return sure || dated;
        }

        cursor.Position = beforeNumber;
        if (cursor.OrdinalWord())
        {
            return cursor.TrailingYear(out year) || sure;
        }

        cursor.Position = beforeNumber;
        cursor.Accept(',');
        cursor.Spaces();
        cursor.Word("of");
        cursor.Spaces();
        if (cursor.Year(out year))
        {
            return true;
        }

        cursor.Position = afterMonth;
        return false;
    }

    private static bool IsDayAndMonth(int first, int second) =>
        (first is >= 1 and <= 12 && second is >= 1 and <= 31) || (first is >= 1 and <= 31 && second is >= 1 and <= 12);
}
