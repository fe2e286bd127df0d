namespace Chaperone.Masking.Words;

/// <summary>The small steps of <see cref="DateReader"/>; each either moves forward and says so, or stays.</summary>
internal ref struct DateCursor(ReadOnlySpan<char> text, int position)
{
    private readonly ReadOnlySpan<char> _text = text;

    public int Position = position;

    public static bool IsYear(int number) => number is >= 1800 and <= 2199;

    public readonly char Peek(int ahead = 0) => Position + ahead < _text.Length ? _text[Position + ahead] : '\0';

    /// <summary>True where a letter or digit follows directly.</summary>
    public readonly bool AtWord() => char.IsLetterOrDigit(Peek());

    /// <summary>True where the same separator and a digit follow: a version, an OID or a longer number.</summary>
    public readonly bool Chains(char separator) => Peek() == separator && char.IsAsciiDigit(Peek(1));

    /// <summary>The last <paramref name="count"/> characters read.</summary>
    public readonly ReadOnlySpan<char> Back(int count) => _text.Slice(Position - count, count);

    /// <summary>Reads digits; answers how many, at most 19.</summary>
    public int Number(out int value)
    {
        var start = Position;
        long sum = 0;
        while (char.IsAsciiDigit(Peek()) && Position - start < 19)
        {
            sum = (sum * 10) + (Peek() - '0');
            Position++;
        }

        value = sum > int.MaxValue ? int.MaxValue : (int)sum;
        return Position - start;
    }

    public bool Accept(char expected)
    {
        if (Peek() != expected)
        {
            return false;
        }

        Position++;
        return true;
    }

    public bool Separator(string any, out char separator)
    {
        separator = Peek();
        if (separator == '\0' || !any.Contains(separator) || !char.IsLetterOrDigit(Peek(1)))
        {
            return false;
        }

        Position++;
        return true;
    }

    public void Spaces()
    {
        for (var i = 0; i < 2 && Peek() == ' '; i++)
        {
            Position++;
        }
    }

    public void Word(string word)
    {
        if (_text[Position..].StartsWith(word, StringComparison.OrdinalIgnoreCase) && !char.IsLetterOrDigit(Peek(word.Length)))
        {
            Position += word.Length;
        }
    }

    /// <summary>Reads a month's name; <paramref name="sure"/> is false where it may be another word.</summary>
    public bool Month(out bool sure)
    {
        var length = 0;
        while (char.IsLetter(Peek(length)))
        {
            length++;
        }

        var word = _text.Slice(Math.Min(Position, _text.Length), length);
        sure = !Months.IsAmbiguous(word);
        if (Months.Number(word) == 0)
        {
            return false;
        }

        Position += length;
        return true;
    }

    /// <summary>Reads st, nd, rd, th.</summary>
    public void Ordinal()
    {
        var rest = _text[Position..];
        if (rest.Length >= 2 && (rest[..2] is "st" or "nd" or "rd" or "th" or "ST" or "ND" or "RD" or "TH") && !char.IsLetterOrDigit(Peek(2)))
        {
            Position += 2;
        }
    }

    /// <summary>True where a blank, a day and a comma with a year follow.</summary>
    public readonly bool DayFollows()
    {
        var ahead = this;
        return ahead.Accept(' ') && ahead.Number(out var day) is 1 or 2 && day is >= 1 and <= 31 && ahead.TrailingYear(out _);
    }

    /// <summary>Reads first to thirty-first.</summary>
    public bool OrdinalWord()
    {
        var length = 0;
        while (char.IsAsciiLetter(Peek(length)) || (Peek(length) == '-' && char.IsAsciiLetter(Peek(length + 1))))
        {
            length++;
        }

        if (length < 5 || !Months.IsDayWord(_text.Slice(Position, length)))
        {
            return false;
        }

        Position += length;
        return true;
    }

    /// <summary>Reads the second day of <c>3-5</c>.</summary>
    public void DayRange()
    {
        var start = Position;
        Spaces();
        if (!Accept('-'))
        {
            Position = start;
            return;
        }

        Spaces();
        if (Number(out var day) is not (1 or 2) || day is < 1 or > 31)
        {
            Position = start;
            return;
        }

        Ordinal();
    }

    /// <summary>Reads a year of four digits, or of two behind an apostrophe.</summary>
    public bool Year(out int year)
    {
        var start = Position;
        var quoted = Accept('\'');
        var length = Number(out year);
        if ((length == 4 && IsYear(year)) || (quoted && length == 2))
        {
            year = length == 4 ? year : Century(year);
            return true;
        }

        Position = start;
        year = 0;
        return false;
    }

    public bool ShortOrLongYear(out int year, bool allowShort)
    {
        var start = Position;
        var length = Number(out year);
        if (length == 4 && IsYear(year))
        {
            return true;
        }

        if (length == 2 && allowShort)
        {
            year = Century(year);
            return true;
        }

        Position = start;
        year = 0;
        return false;
    }

    /// <summary>Reads <c>, 2021</c>, <c> 2021</c>, <c>-21</c> or <c>/2021</c> behind a day or month.</summary>
    public bool TrailingYear(out int year)
    {
        var start = Position;
        if (Peek() is '-' or '/' or '.')
        {
            Position++;
            if (ShortOrLongYear(out year, allowShort: Peek(-1) != '.') && !char.IsLetterOrDigit(Peek()))
            {
                return true;
            }

            Position = start;
        }

        Accept('.');
        Spaces();
        Accept(',');
        Spaces();
        Word("of");
        Word("de");
        Spaces();
        if (Year(out year) && !char.IsLetterOrDigit(Peek()))
        {
            return true;
        }

        Position = start;
        year = 0;
        return false;
    }

    /// <summary>Reads a time of day with its fraction and zone, if one follows.</summary>
    public void Time()
    {
        var start = Position;
        if (!Accept('T'))
        {
            Accept(',');
            Spaces();
        }

        if (Number(out var hour) is not (1 or 2) || hour > 24 || !Accept(':') || Number(out var minute) != 2 || minute > 59)
        {
            Position = start;
            return;
        }

        if (Peek() == ':' && char.IsAsciiDigit(Peek(1)))
        {
            Position++;
            Number(out _);
        }

        FractionAndZone();
        var meridiem = Position;
        Spaces();
        if (Peek() is 'a' or 'p' or 'A' or 'P' && Peek(1) is 'm' or 'M' && !char.IsLetterOrDigit(Peek(2)))
        {
            Position += 2;
            return;
        }

        Position = meridiem;
    }

    public void FractionAndZone()
    {
        if (Peek() is '.' or ',' && char.IsAsciiDigit(Peek(1)))
        {
            Position++;
            Number(out _);
        }

        if (Accept('Z') || Peek() is not ('+' or '-') || !char.IsAsciiDigit(Peek(1)))
        {
            return;
        }

        Position++;
        Number(out _);
        if (Peek() == ':' && char.IsAsciiDigit(Peek(1)))
        {
            Position++;
            Number(out _);
        }
    }

    // 68 is this century's, as .NET and POSIX read it; a person born in '30 is not made young by it: no year is shown then.
    private static int Century(int year) => year <= 68 ? 2000 + year : 1900 + year;
}
