namespace Chaperone.Policy.Sql.Plain;

/// <summary>
/// Cuts a text into tokens by the rules of one dialect. Where two servers, or two modes of one server, would cut it
/// otherwise, it is unreadable: what is hidden from the gateway must be hidden from the server as well.
/// </summary>
internal sealed class Tokenizer
{
    private static readonly string[] Symbols =
        ["<=>", "->>", "->", ":=", "::", "||", "&&", "<=", ">=", "<>", "!=", "^=", "~=", "<<", ">>", "==", "=>"];

    private const string Marks = "(),.;+-*/%=<>!&|^~[]{}:";

    private static readonly string[] Keys = [.. Marks.Select(m => m.ToString())];

    private readonly string _text;
    private readonly LexicalRules _rules;
    private readonly CommentReader _comments;
    private readonly QuoteReader _quotes;
    private readonly List<Token> _tokens = [];
    private int _at;

    private Tokenizer(string text, LexicalRules rules)
    {
        _text = text;
        _rules = rules;
        _comments = new CommentReader(text, rules);
        _quotes = new QuoteReader(text, rules);
    }

    /// <summary>Reads the tokens; throws <see cref="UnreadableSqlException"/>.</summary>
    public static TokenList Read(string text, LexicalRules rules)
    {
        var list = new Tokenizer(text, rules).Read();
        if (rules.Variants.Count > 0 && (text.Contains("\\'", StringComparison.Ordinal) || text.Contains("\\\"", StringComparison.Ordinal)))
        {
            foreach (var variant in rules.Variants)
            {
                RefuseOtherReading(text, list, variant);
            }
        }

        return list;
    }

    /// <summary>Where the other reading is no SQL at all, no server of that mode runs it, and the first one holds.</summary>
    private static void RefuseOtherReading(string text, TokenList list, LexicalRules variant)
    {
        TokenList other;
        try
        {
            other = new Tokenizer(text, variant).Read();
        }
        catch (UnreadableSqlException)
        {
            return;
        }

        if (!list.CutsLike(other))
        {
            throw new UnreadableSqlException(text.IndexOf('\\', StringComparison.Ordinal), "a backslash before a quote can be read in two ways");
        }
    }

    private TokenList Read()
    {
        var nul = _text.IndexOf('\0', StringComparison.Ordinal);
        if (nul >= 0)
        {
            throw new UnreadableSqlException(nul, "a NUL character");
        }

        while (_at < _text.Length)
        {
            if (_text[_at] is ' ' or '\t' or '\n' or '\r')
            {
                _at++;
            }
            else if (!_comments.TrySkip(ref _at))
            {
                ReadToken();
            }
        }

        _comments.CheckEnd();
        _tokens.Add(new Token(TokenKind.End, string.Empty, string.Empty, _text.Length, _text.Length));
        return new TokenList([.. _tokens], _comments.HasComments);
    }

    private void ReadToken()
    {
        var c = _text[_at];
        if (LexicalRules.IsWordStart(c))
        {
            ReadWord();
        }
        else if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(At(1))))
        {
            ReadNumber();
        }
        else if (c is '\'' or '"' or '`' or '[' && _quotes.TryRead(_at, out var quoted))
        {
            Add(quoted);
        }
        else if (c is '@' or '$' or '?')
        {
            ReadParameter(c);
        }
        else
        {
            ReadSymbol();
        }
    }

    private char At(int offset) => _at + offset < _text.Length ? _text[_at + offset] : '\0';

    private void Add(Token token)
    {
        _tokens.Add(token);
        _at = token.End;
    }

    private void Add(TokenKind kind, int end, string? key = null)
    {
        var text = kind == TokenKind.Symbol ? key! : _text[_at..end];
        Add(new Token(kind, text, key ?? string.Empty, _at, end));
    }

    private void ReadWord()
    {
        var end = WordEnd(_at);
        var key = Ascii(_text.AsSpan(_at, end - _at)) ? _text[_at..end].ToUpperInvariant() : string.Empty;
        if (end < _text.Length && _text[end] is '\'' or '"' && _quotes.TryReadPrefixed(_at, end, key, out var quoted))
        {
            Add(quoted);
            return;
        }

        if (_rules.Dialect == SqlDialect.Other && key == "U" && At(1) == '&' && At(2) is '\'' or '"')
        {
            throw new UnreadableSqlException(_at, "a string with Unicode escapes");
        }

        Add(TokenKind.Word, end, key);
    }

    private int WordEnd(int at)
    {
        while (at < _text.Length && _rules.IsWordPart(_text[at]))
        {
            at++;
        }

        return at;
    }

    private static bool Ascii(ReadOnlySpan<char> span) => !span.ContainsAnyExceptInRange('\0', '\x7f');

    private void ReadNumber()
    {
        var end = _at;
        if (At(0) == '0' && At(1) is 'x' or 'X' && _rules.Dialect != SqlDialect.Oracle)
        {
            end = Skip(_at + 2, char.IsAsciiHexDigit);
        }
        else
        {
            end = Skip(end, char.IsAsciiDigit);
            end = end < _text.Length && _text[end] == '.' ? Skip(end + 1, char.IsAsciiDigit) : end;
            end = SkipExponent(end);
            end += _rules.Dialect == SqlDialect.Oracle && end < _text.Length && _text[end] is 'f' or 'F' or 'd' or 'D' ? 1 : 0;
        }

        if (end < _text.Length && (_rules.IsWordPart(_text[end]) || _text[end] is '$' or '#'))
        {
            throw new UnreadableSqlException(_at, "a number runs into a word");
        }

        Add(TokenKind.Number, end);
    }

    private int SkipExponent(int at)
    {
        if (at >= _text.Length || _text[at] is not ('e' or 'E'))
        {
            return at;
        }

        var digits = at + 1 < _text.Length && _text[at + 1] is '+' or '-' ? at + 2 : at + 1;
        var end = Skip(digits, char.IsAsciiDigit);
        return end > digits ? end : at;
    }

    private int Skip(int at, Func<char, bool> wanted)
    {
        while (at < _text.Length && wanted(_text[at]))
        {
            at++;
        }

        return at;
    }

    private void ReadParameter(char first)
    {
        if (first == '?')
        {
            Add(TokenKind.Parameter, Skip(_at + 1, char.IsAsciiDigit));
        }
        else if (first == '$')
        {
            ReadDollar();
        }
        else if (_rules.Dialect == SqlDialect.Oracle)
        {
            Add(TokenKind.Symbol, _at + 1, "@");
        }
        else
        {
            Add(TokenKind.Parameter, _rules.Dialect == SqlDialect.Snowflake ? StageEnd() : VariableEnd());
        }
    }

    private void ReadDollar()
    {
        if (At(1) == '$' && _rules.Dialect == SqlDialect.Snowflake)
        {
            Add(_quotes.ReadDollars(_at));
            return;
        }

        var end = WordEnd(_at + 1);
        var isKnown = _rules.Dialect is SqlDialect.Sqlite or SqlDialect.Snowflake || (_rules.Dialect == SqlDialect.Other && char.IsAsciiDigit(At(1)));
        var isName = isKnown && end > _at + 1 && !_text.AsSpan(_at + 1, end - _at - 1).Contains('$') && (end == _text.Length || _text[end] != '$');
        Add(TokenKind.Parameter, isName ? end : throw new UnreadableSqlException(_at, "a dollar sign without a name"));
    }

    private int VariableEnd()
    {
        var start = At(1) == '@' ? _at + 2 : _at + 1;
        if (_rules.Dialect == SqlDialect.MySql && start < _text.Length && _text[start] is '\'' or '"' or '`' && _quotes.TryRead(start, out var quoted))
        {
            return quoted.End;
        }

        var end = Skip(start, c => _rules.IsWordPart(c) || (c == '.' && _rules.Dialect == SqlDialect.MySql));
        return end > start ? end : throw new UnreadableSqlException(_at, "a variable without a name");
    }

    private int StageEnd()
    {
        var end = Skip(_at + 1, c => _rules.IsWordPart(c) || c is '.' or '~' or '%' or '/' or '-' or '=');
        var path = _text.AsSpan(_at, end - _at);
        return path.Contains("--", StringComparison.Ordinal) || path.Contains("//", StringComparison.Ordinal) || end == _at + 1 || (end < _text.Length && _text[end] is '*' or '"' or '\'')
            ? throw new UnreadableSqlException(_at, "the path of a stage with odd characters")
            : end;
    }

    private void ReadSymbol()
    {
        foreach (var symbol in Marks.Contains(At(1)) ? Symbols : [])
        {
            if (string.CompareOrdinal(_text, _at, symbol, 0, symbol.Length) == 0)
            {
                Add(TokenKind.Symbol, _at + symbol.Length, symbol);
                return;
            }
        }

        var mark = Marks.IndexOf(_text[_at], StringComparison.Ordinal);
        Add(TokenKind.Symbol, _at + 1, mark >= 0 ? Keys[mark] : throw new UnreadableSqlException(_at, "a character that stands in no SQL"));
    }
}
