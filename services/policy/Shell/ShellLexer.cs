using System.Text;

namespace Chaperone.Policy.Shell;

/// <summary>
/// Reads the words and operators of a POSIX shell (IEEE 1003.1, Shell Command Language 2.3), with what bash adds to quotes and
/// substitutions.
/// </summary>
internal sealed class ShellLexer(string text)
{
    private const int MaxDepth = 40;

    private readonly StringBuilder _word = new();
    private int _at;
    private bool _isWord;
    private bool _isMade;
    private bool _isPattern;

    /// <summary>The texts of commands within words: <c>$(...)</c>.</summary>
    public List<string> Inner { get; } = [];

    /// <summary>Reads the next token; null at the end.</summary>
    /// <exception cref="FormatException">A quote or a substitution has no end.</exception>
    public ShellToken? Next()
    {
        SkipBlanks();
        if (_at >= text.Length)
        {
            return null;
        }

        return Operator() is { } found ? new ShellToken(ShellTokenKind.Operator, found) : Word();
    }

    /// <summary>
    /// Reads the lines of a here-document up to <paramref name="end"/>, from the start of a line;
    /// <paramref name="isIndented"/> lets tabs stand before the end.
    /// </summary>
    /// <exception cref="FormatException">It has no end.</exception>
    public string HereDocument(string end, bool isIndented)
    {
        for (var line = _at; line <= text.Length;)
        {
            var stop = text.IndexOf('\n', line);
            stop = stop < 0 ? text.Length : stop;
            var found = text.AsSpan(line, stop - line);
            if ((isIndented ? found.TrimStart('\t') : found).SequenceEqual(end))
            {
                var body = text[_at..line];
                _at = stop;
                return body;
            }

            line = stop + 1;
        }

        throw new FormatException();
    }

    /// <summary>The texts of commands that a here-document without quotes around its end runs.</summary>
    /// <exception cref="FormatException">A substitution has no end.</exception>
    public static List<string> Substitutions(string body)
    {
        var lexer = new ShellLexer(body);
        while (lexer._at < body.Length)
        {
            lexer.Part(inQuotes: true, 0);
        }

        return lexer.Inner;
    }

    private void SkipBlanks()
    {
        while (_at < text.Length)
        {
            if (text[_at] is ' ' or '\t' or '\r')
            {
                _at++;
            }
            else if (text[_at] == '\\' && At(1) == '\n')
            {
                _at += 2;
            }
            else if (text[_at] == '#')
            {
                var end = text.IndexOf('\n', _at);
                _at = end < 0 ? text.Length : end;
            }
            else
            {
                return;
            }
        }
    }

    private char At(int ahead) => _at + ahead < text.Length ? text[_at + ahead] : '\0';

    private string? Operator()
    {
        foreach (var candidate in ShellToken.Operators)
        {
            if (string.CompareOrdinal(text, _at, candidate, 0, candidate.Length) == 0)
            {
                _at += candidate.Length;
                return candidate;
            }
        }

        return null;
    }

    private ShellToken Word()
    {
        _word.Clear();
        _isWord = false;
        _isMade = false;
        _isPattern = false;
        while (_at < text.Length && !IsEnd())
        {
            Part(inQuotes: false, 0);
        }

        return new ShellToken(ShellTokenKind.Word, _word.ToString()) { IsMade = _isMade, IsPattern = _isPattern, IsQuoted = _isWord };
    }

    private bool IsEnd() => text[_at] is ' ' or '\t' or '\r' or '\n' or ';' or '&' or '|' or '(' or ')' || (text[_at] is '<' or '>' && At(1) != '(');

    private void Part(bool inQuotes, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new FormatException();
        }

        var c = text[_at];
        switch (c)
        {
            case '\\':
                Escape(inQuotes);
                break;
            case '\'' when !inQuotes:
                Single();
                break;
            case '"' when !inQuotes:
                Double(depth);
                break;
            case '$':
                Dollar(inQuotes, depth);
                break;
            case '`':
                Backquote();
                break;
            case '<' or '>' when !inQuotes && At(1) == '(':
                _at++;
                _isMade = true;
                Inner.Add(Parenthesis());
                break;
            case '*' or '?' or '[' or '{' when !inQuotes:
                _isPattern |= c != '{';
                _isMade |= c == '{' && text.AsSpan(_at).IndexOf(',') > 0 && At(1) != '}';
                _word.Append(c);
                _at++;
                break;
            default:
                _word.Append(c);
                _at++;
                break;
        }
    }

    private void Escape(bool inQuotes)
    {
        var next = At(1);
        if (next == '\0')
        {
            throw new FormatException();
        }

        if (next != '\n')
        {
            if (inQuotes && next is not ('$' or '`' or '"' or '\\'))
            {
                _word.Append('\\');
            }

            _word.Append(next);
            _isWord = true;
        }

        _at += 2;
    }

    private void Single()
    {
        var end = text.IndexOf('\'', _at + 1);
        if (end < 0)
        {
            throw new FormatException();
        }

        _word.Append(text, _at + 1, end - _at - 1);
        _isWord = true;
        _at = end + 1;
    }

    private void Double(int depth)
    {
        _at++;
        _isWord = true;
        while (At(0) != '"')
        {
            if (_at >= text.Length)
            {
                throw new FormatException();
            }

            Part(inQuotes: true, depth + 1);
        }

        _at++;
    }

    private void Dollar(bool inQuotes, int depth)
    {
        switch (At(1))
        {
            case '(':
                _at++;
                _isMade = true;
                Inner.Add(Parenthesis());
                break;
            case '{':
                _isMade = true;
                Brace(inQuotes, depth);
                break;
            case '\'' when !inQuotes:
                _at++;
                AnsiC();
                break;
            case '"' when !inQuotes:
                _at++;
                Double(depth + 1);
                break;
            case var c when char.IsAsciiLetterOrDigit(c) || c is '_' or '@' or '*' or '#' or '?' or '-' or '$' or '!':
                _isMade = true;
                _at += 2;
                while (char.IsAsciiLetterOrDigit(At(0)) || At(0) == '_')
                {
                    _at++;
                }

                break;
            default:
                _word.Append('$');
                _at++;
                break;
        }
    }

    /// <summary>The text of a substitution; what stands in quotes within does not end it.</summary>
    private string Parenthesis()
    {
        var start = ++_at;
        for (var depth = 1; _at < text.Length; _at++)
        {
            switch (text[_at])
            {
                case '\\':
                    _at++;
                    break;
                case '\'' or '"':
                    _at = EndOfQuote(_at);
                    break;
                case '(':
                    depth++;
                    break;
                case ')' when --depth == 0:
                    return text[start.._at++];
            }
        }

        throw new FormatException();
    }

    private int EndOfQuote(int start)
    {
        var quote = text[start];
        for (var at = start + 1; at < text.Length; at++)
        {
            if (quote == '"' && text[at] == '\\')
            {
                at++;
            }
            else if (text[at] == quote)
            {
                return at;
            }
        }

        throw new FormatException();
    }

    /// <summary><c>${x:-$(command)}</c> runs the command; a brace in quotes ends nothing.</summary>
    private void Brace(bool inQuotes, int depth)
    {
        var isDouble = false;
        _at += 2;
        while (At(0) != '}' || isDouble)
        {
            switch (At(0))
            {
                case '\0' when _at >= text.Length || depth > MaxDepth:
                    throw new FormatException();
                case '\\':
                    _at += 2;
                    break;
                case '\'' when !inQuotes && !isDouble:
                    _at = EndOfQuote(_at) + 1;
                    break;
                case '"':
                    isDouble = !isDouble;
                    _at++;
                    break;
                case '`':
                    Backquote();
                    break;
                case '$' when At(1) == '(':
                    _at++;
                    Inner.Add(Parenthesis());
                    break;
                case '$' when At(1) == '{' && depth <= MaxDepth:
                    Brace(inQuotes || isDouble, depth + 1);
                    break;
                default:
                    _at++;
                    break;
            }
        }

        _at++;
    }

    private void Backquote()
    {
        var inner = new StringBuilder();
        for (_at++; _at < text.Length; _at++)
        {
            if (text[_at] == '`')
            {
                _at++;
                _isMade = true;
                Inner.Add(inner.ToString());
                return;
            }

            if (text[_at] == '\\' && At(1) is '`' or '\\' or '$')
            {
                _at++;
            }

            if (_at < text.Length)
            {
                inner.Append(text[_at]);
            }
        }

        throw new FormatException();
    }

    /// <summary><c>$'\x72m'</c>: the escapes of C.</summary>
    private void AnsiC()
    {
        _isWord = true;
        for (_at++; _at < text.Length; _at++)
        {
            if (text[_at] == '\'')
            {
                _at++;
                return;
            }

            if (text[_at] == '\\')
            {
                // What it makes is not worked out: nobody writes a name this way who does not hide it.
                _isMade = true;
                _at++;
            }
            else
            {
                _word.Append(text[_at]);
            }
        }

        throw new FormatException();
    }
}
