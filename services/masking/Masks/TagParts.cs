namespace Chaperone.Masking.Masks;

/// <summary>What may stand behind the colon of a tag.</summary>
internal static class TagParts
{
    private const int MostInitials = 4;

    /// <summary>True for a key and a token, a key and a moved date, initials, a star and last characters, a month.</summary>
    public static bool Are(ReadOnlySpan<char> type, ReadOnlySpan<char> parts)
    {
        var colon = parts.IndexOf(':');
        if (colon > 0 && IsKeyId(parts[..colon]))
        {
            return type is "DATE" ? IsDate(parts[(colon + 1)..]) : IsToken(parts[(colon + 1)..]);
        }

        return type switch
        {
            "DATE" => parts.Length == 7 && IsMonth(parts),
            "NAME" => IsInitials(parts),
            "EMAIL" => parts.Length == 2 && char.IsAsciiLetterOrDigit(parts[0]) && parts[1] == '*',
            _ => parts.Length is 3 or 5 && parts[0] == '*' && AllLettersOrDigits(parts[1..]),
        };
    }

    private static bool IsKeyId(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '-'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsToken(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!LinkKeys.IsLetter(c) || char.IsAsciiLetterLower(c))
            {
                return false;
            }
        }

        return text.Length == LinkKeys.TokenLength;
    }

    private static bool IsDate(ReadOnlySpan<char> text)
    {
        if (text.Length < 7 || !IsMonth(text[..7]))
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!WrittenDate.IsTime(c))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsMonth(ReadOnlySpan<char> text) =>
        !text[..4].ContainsAnyExceptInRange('0', '9') && text[4] == '-' && !text[5..7].ContainsAnyExceptInRange('0', '9');

    private static bool IsInitials(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (i % 2 == 0 ? !char.IsLetter(text[i]) : text[i] != '.')
            {
                return false;
            }
        }

        return text.Length is > 0 and <= 2 * MostInitials && text.Length % 2 == 0;
    }

    private static bool AllLettersOrDigits(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c))
            {
                return false;
            }
        }

        return true;
    }
}
