namespace Chaperone.Policy.Sql.PostgreSql;

/// <summary>Finds comments in text that PostgreSQL's parser has accepted: strings and quoted names hold none.</summary>
internal static class PgComments
{
    /// <summary>Whether <paramref name="text"/> holds one.</summary>
    public static bool Has(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '-' when At(text, at + 1) == '-':
                case '/' when At(text, at + 1) == '*':
                    return true;
                case '\'':
                    var escapes = at > 0 && text[at - 1] is 'e' or 'E';
                    at = EndOf(text, at, '\'', escapes);
                    break;
                case '"':
                    at = EndOf(text, at, '"', escapes: false);
                    break;
                case '$':
                    at = EndOfDollar(text, at);
                    break;
            }
        }

        return false;
    }

    private static char At(string text, int at) => at < text.Length ? text[at] : '\0';

    private static int EndOf(string text, int start, char quote, bool escapes)
    {
        for (var at = start + 1; at < text.Length; at++)
        {
            if (escapes && text[at] == '\\')
            {
                at++;
            }
            else if (text[at] == quote)
            {
                return at;
            }
        }

        return text.Length;
    }

    private static int EndOfDollar(string text, int start)
    {
        var close = start + 1;
        while (close < text.Length && (char.IsLetterOrDigit(text[close]) || text[close] == '_'))
        {
            close++;
        }

        if (At(text, close) != '$' || char.IsAsciiDigit(At(text, start + 1)))
        {
            return start;
        }

        var tag = text[start..(close + 1)];
        var end = text.IndexOf(tag, close + 1, StringComparison.Ordinal);
        return end < 0 ? text.Length : end + tag.Length - 1;
    }
}
