using System.Text;

namespace Chaperone.Policy.Sql.Plain;

/// <summary>Reads what stands in quotes of any kind.</summary>
internal sealed class QuoteReader(string text, LexicalRules rules)
{
    /// <summary>Reads a string or a quoted name; false where <c>[</c> quotes nothing.</summary>
    public bool TryRead(int start, out Token token)
    {
        token = text[start] switch
        {
            '\'' => ReadString(start, start),
            '"' when rules.DoubleQuoted == TokenKind.String => ReadString(start, start),
            '"' => ReadPair(start, start, '"', rules.DoubleQuoted, rules.HasBackslashInDouble),
            '`' when rules.HasBackticks => ReadPair(start, start, '`', TokenKind.Quoted, false),
            '[' => ReadBracket(start),
            _ => throw new UnreadableSqlException(start, "a quote that this dialect does not have"),
        };
        if (text[start] == '`' && token.Text.Contains('\\', StringComparison.Ordinal))
        {
            throw new UnreadableSqlException(start, "a backslash in a quoted name");
        }

        return token.Kind != TokenKind.End;
    }

    /// <summary>Reads a string with a prefix of <paramref name="start"/> up to <paramref name="quote"/>; false where it is none.</summary>
    public bool TryReadPrefixed(int start, int quote, string key, out Token token)
    {
        var isBig = rules.Dialect == SqlDialect.BigQuery;
        token = default;
        if (isBig && key is "R" or "B" or "RB" or "BR")
        {
            token = ReadString(start, quote, key != "B");
        }
        else if (text[quote] == '\'' && rules.Dialect == SqlDialect.Oracle && key is "Q" or "NQ")
        {
            token = ReadQ(start, quote);
        }
        else if (text[quote] == '\'' && rules.IsPlainPrefix(key))
        {
            token = ReadString(start, quote);
        }
        else if (rules.IsOddPrefix(key))
        {
            throw new UnreadableSqlException(start, "a string with a prefix that not every server reads");
        }

        return token.Kind == TokenKind.String;
    }

    /// <summary>Reads <c>$$...$$</c> of Snowflake.</summary>
    public Token ReadDollars(int start)
    {
        var end = text.IndexOf("$$", start + 2, StringComparison.Ordinal);
        return end < 0 ? throw Open(start) : new Token(TokenKind.String, text[(start + 2)..end], string.Empty, start, end + 2);
    }

    private static UnreadableSqlException Open(int start) => new(start, "a quote does not end");

    private Token ReadString(int start, int quote, bool isRaw = false)
    {
        var mark = text[quote];
        var isTriple = rules.Dialect == SqlDialect.BigQuery && string.CompareOrdinal(text, quote, new string(mark, 3), 0, 3) == 0;
        if (isTriple)
        {
            return ReadTriple(start, quote, mark, isRaw);
        }

        var hasBackslash = mark == '\'' ? rules.HasBackslash : rules.HasBackslashInDouble;
        return ReadPair(start, quote, mark, TokenKind.String, hasBackslash);
    }

    /// <summary>Raw strings keep their backslashes, but a quote after one does not end them either.</summary>
    private Token ReadTriple(int start, int quote, char mark, bool isRaw)
    {
        var value = new StringBuilder();
        for (var at = quote + 3; at < text.Length; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
            {
                value.Append(isRaw ? "\\" : string.Empty).Append(text[++at]);
            }
            else if (text[at] == mark && string.CompareOrdinal(text, at, new string(mark, 3), 0, 3) == 0)
            {
                return new Token(TokenKind.String, value.ToString(), string.Empty, start, at + 3);
            }
            else
            {
                value.Append(text[at]);
            }
        }

        throw Open(start);
    }

    private Token ReadPair(int start, int quote, char mark, TokenKind kind, bool hasBackslash)
    {
        var value = new StringBuilder();
        for (var at = quote + 1; at < text.Length; at++)
        {
            var c = text[at];
            if (c == '\\' && hasBackslash && at + 1 < text.Length)
            {
                value.Append(Unescape(text[++at]));
            }
            else if (c == '\\' && rules.Dialect == SqlDialect.Other && at + 1 < text.Length && text[at + 1] is '\'' or '"' or '`')
            {
                throw new UnreadableSqlException(at, "a backslash before a quote can be read in two ways");
            }
            else if (c != mark)
            {
                value.Append(c);
            }
            else if (at + 1 < text.Length && text[at + 1] == mark)
            {
                value.Append(c);
                at++;
            }
            else
            {
                return new Token(kind, value.ToString(), string.Empty, start, at + 1);
            }
        }

        throw Open(start);
    }

    private static char Unescape(char c) => c switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', '0' => '\0', 'Z' => '\x1a', _ => c };

    /// <summary>A name in SQLite, an index or a list elsewhere; both at once where a quote or comment within would be cut otherwise.</summary>
    private Token ReadBracket(int start)
    {
        if (rules.Dialect == SqlDialect.Sqlite)
        {
            var end = text.IndexOf(']', start);
            return end < 0 ? throw Open(start) : new Token(TokenKind.Quoted, text[(start + 1)..end], string.Empty, start, end + 1);
        }

        // Up to the next bracket only: what opens there is looked at in its turn.
        var length = text.AsSpan(start + 1).IndexOfAny('[', ']');
        if (rules.Dialect == SqlDialect.Other && (length < 0 || HasMark(text.AsSpan(start + 1, length))))
        {
            throw new UnreadableSqlException(start, "a bracket that can be read in two ways");
        }

        return new Token(TokenKind.End, string.Empty, string.Empty, start, start);
    }

    private static bool HasMark(ReadOnlySpan<char> span) =>
        span.IndexOfAny("'\"`;") >= 0 || span.Contains("--", StringComparison.Ordinal) || span.Contains("/*", StringComparison.Ordinal);

    private Token ReadQ(int start, int quote)
    {
        var open = quote + 1 < text.Length ? text[quote + 1] : throw Open(start);
        var close = open switch { '[' => ']', '{' => '}', '(' => ')', '<' => '>', _ => open };
        if (open is '\'' or ' ' or '\t' or '\n' or '\r' || char.IsSurrogate(open))
        {
            throw new UnreadableSqlException(start, "a q-string with an odd quote");
        }

        var end = text.IndexOf($"{close}'", quote + 2, StringComparison.Ordinal);
        return end < 0 ? throw Open(start) : new Token(TokenKind.String, text[(quote + 2)..end], string.Empty, start, end + 2);
    }
}
