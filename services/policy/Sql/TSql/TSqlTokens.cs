using System.Buffers;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Chaperone.Policy.Sql.TSql;

/// <summary>
/// What the tokens of a text must keep to, before it is parsed: no deep nesting, and no character that a server may take
/// otherwise than the parser.
/// </summary>
internal static class TSqlTokens
{
    // What units and headings are written with.
    private const string Signs = "\u00B0\u00B5\u00A7\u00A3\u20AC";

    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\r\n\v\f\u0085\u2028\u2029\0");

    /// <summary>True when one is a comment.</summary>
    public static bool HasComments(IList<TSqlParserToken> tokens) =>
        tokens.Any(t => t.TokenType is TSqlTokenType.SingleLineComment or TSqlTokenType.MultilineComment);

    /// <summary>Throws for tokens that break a rule; returns how deep they nest.</summary>
    public static int Check(IList<TSqlParserToken> tokens)
    {
        var (depth, deepest, run) = (0, 0, 0);
        foreach (var token in tokens)
        {
            CheckCharacters(token);
            run = token.TokenType switch
            {
                TSqlTokenType.Not or TSqlTokenType.Minus or TSqlTokenType.Plus or TSqlTokenType.Tilde or TSqlTokenType.If or TSqlTokenType.While => run + 1,
                TSqlTokenType.WhiteSpace or TSqlTokenType.SingleLineComment or TSqlTokenType.MultilineComment => run,
                _ => 0,
            };
            depth = Math.Max(0, depth + Step(token.TokenType));
            deepest = Math.Max(deepest, depth + run);
            if (deepest > SqlText.MaxDepth)
            {
                throw new TSqlUnreadableException($"nests deeper than {SqlText.MaxDepth} levels", token);
            }
        }

        return deepest;
    }

    // BEGIN TRANSACTION has no END: it counts as a level too many, which no honest text has by the hundred.
    private static int Step(TSqlTokenType type) => type switch
    {
        TSqlTokenType.LeftParenthesis or TSqlTokenType.LeftCurly or TSqlTokenType.Case or TSqlTokenType.Begin => 1,
        TSqlTokenType.RightParenthesis or TSqlTokenType.RightCurly or TSqlTokenType.End => -1,
        _ => 0,
    };

    private static void CheckCharacters(TSqlParserToken token)
    {
        var text = token.Text ?? string.Empty;
        var isOdd = token.TokenType switch
        {
            TSqlTokenType.WhiteSpace => HasOddBlank(text),
            TSqlTokenType.SingleLineComment => HasOddLineEnd(text),
            TSqlTokenType.AsciiStringLiteral or TSqlTokenType.UnicodeStringLiteral or TSqlTokenType.MultilineComment or TSqlTokenType.EndOfFile => false,
            _ => HasOddName(text),
        };
        if (isOdd)
        {
            throw new TSqlUnreadableException("holds a character that a server may take for another", token);
        }
    }

    private static bool HasOddBlank(string text) =>
        text.AsSpan().ContainsAnyExcept(" \t\r\n") || (text.Contains('\r') && text.Replace("\r\n", string.Empty, StringComparison.Ordinal).Contains('\r'));

    // Where a comment ends must not be a matter of opinion.
    private static bool HasOddLineEnd(string text) =>
        text.AsSpan().TrimEnd("\r\n").ContainsAny(LineEnds);

    // Collations pass over characters without weight and take full-width letters, ligatures and foreign digits for plain ones,
    // so a name could be that of another table; so could one with a blank at its end. Letters that every collation knows are
    // names of their own.
    private static bool HasOddName(string text)
    {
        if (text.EndsWith(" ]", StringComparison.Ordinal) || text.EndsWith(" \"", StringComparison.Ordinal))
        {
            return true;
        }

        foreach (var c in text)
        {
            if (c is not (>= ' ' and <= '~') && !IsLetter(c) && !Signs.Contains(c))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsLetter(char c) => char.IsLetter(c) && c switch
    {
        '\u0132' or '\u0133' or '\u013F' or '\u0140' or '\u0149' => false,
        >= '\u00C0' and <= '\u017E' => true,
        '\u01A0' or '\u01A1' or '\u01AF' or '\u01B0' or (>= '\u1EA0' and <= '\u1EF9') => true,
        >= '\u0386' and <= '\u03CE' => true,
        >= '\u0401' and <= '\u045F' => true,
        (>= '\u05D0' and <= '\u05EA') or (>= '\u0621' and <= '\u063A') or (>= '\u0641' and <= '\u064A') => true,
        >= '\u0E01' and <= '\u0E2E' => true,
        (>= '\u3041' and <= '\u30FA') or (>= '\u4E00' and <= '\u9FA5') or (>= '\uAC00' and <= '\uD7A3') => true,
        _ => false,
    };
}
