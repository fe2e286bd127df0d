using System.Buffers;

namespace Chaperone.Policy.Sql.Plain;

/// <summary>
/// Skips comments. The content of <c>/*! ... */</c> is code of MySQL: it is read where every MySQL and MariaDB in use runs
/// it, and unreadable where only some versions would.
/// </summary>
internal sealed class CommentReader(string text, LexicalRules rules)
{
    private const int OldestVersion = 50100;

    private static readonly SearchValues<char> OddEnds = SearchValues.Create("\r\v\f\u0085\u2028\u2029");

    private int _codeStart = -1;

    /// <summary>True once a comment was seen.</summary>
    public bool HasComments { get; private set; }

    /// <summary>Skips what begins or ends a comment at <paramref name="at"/>.</summary>
    public bool TrySkip(ref int at)
    {
        var start = at;
        if (_codeStart >= 0 && Is(at, "*/"))
        {
            _codeStart = -1;
            at += 2;
        }
        else if (Is(at, "/*"))
        {
            at = _codeStart >= 0 ? throw new UnreadableSqlException(at, "a comment within a comment") : SkipBlock(at);
        }
        else if (Is(at, "--"))
        {
            at = SkipDashes(at);
        }
        else if (Is(at, "#") && rules.HasHashComments)
        {
            at = SkipLine(at);
        }
        else if (Is(at, "//") && rules.Dialect == SqlDialect.Snowflake)
        {
            at = at > 0 && text[at - 1] == ':' ? throw new UnreadableSqlException(at, "an address without quotes") : SkipLine(at);
        }

        HasComments |= at > start;
        return at > start;
    }

    /// <summary>Throws when the text ends within a comment.</summary>
    public void CheckEnd()
    {
        if (_codeStart >= 0)
        {
            throw new UnreadableSqlException(_codeStart, "a comment does not end");
        }
    }

    private bool Is(int at, string mark) => string.CompareOrdinal(text, at, mark, 0, mark.Length) == 0;

    private int SkipBlock(int start)
    {
        if (rules.Dialect is SqlDialect.MySql or SqlDialect.Other && (Is(start, "/*!") || Is(start, "/*M!")))
        {
            return EnterCode(start);
        }

        var end = text.IndexOf("*/", start + 2, StringComparison.Ordinal);
        if (end < 0)
        {
            throw new UnreadableSqlException(start, "a comment does not end");
        }

        return rules.MayNestComments && text.AsSpan(start + 2, end - start - 2).Contains("/*", StringComparison.Ordinal)
            ? throw new UnreadableSqlException(start, "a comment within a comment")
            : end + 2;
    }

    private int EnterCode(int start)
    {
        var end = start + 3;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        var digits = text.AsSpan(start + 3, end - start - 3);
        if (rules.Dialect != SqlDialect.MySql || text[start + 2] != '!' || (digits.Length > 0 && (digits.Length != 5 || int.Parse(digits) > OldestVersion)))
        {
            throw new UnreadableSqlException(start, "a comment that only some servers run");
        }

        _codeStart = start;
        return end;
    }

    private int SkipDashes(int start)
    {
        var isFollowed = start + 2 >= text.Length || text[start + 2] <= ' ';
        if (isFollowed || rules.Dialect is not (SqlDialect.MySql or SqlDialect.Other))
        {
            return SkipLine(start);
        }

        // Two minus signs in MySQL, a comment elsewhere.
        return rules.Dialect == SqlDialect.MySql ? start : throw new UnreadableSqlException(start, "two dashes without a space");
    }

    /// <summary>Skips to the end of the line. Servers differ on which characters end one, so only LF and CR LF may stand there.</summary>
    private int SkipLine(int start)
    {
        var end = text.IndexOf('\n', start);
        var line = text.AsSpan(start, (end < 0 ? text.Length : end) - start).TrimEnd('\r');
        if (line.ContainsAny(OddEnds))
        {
            throw new UnreadableSqlException(start, "a comment with an odd end of line");
        }

        if (_codeStart >= 0 && line.Contains("*/", StringComparison.Ordinal))
        {
            throw new UnreadableSqlException(start, "a comment within a comment");
        }

        return end < 0 ? text.Length : end;
    }
}
