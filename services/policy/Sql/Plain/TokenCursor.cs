using System.Runtime.CompilerServices;

namespace Chaperone.Policy.Sql.Plain;

/// <summary>Walks over the tokens, and counts how deep the parser stands in them.</summary>
internal sealed class TokenCursor(Token[] tokens)
{
    private const int MaxLinks = 1000;

    private int _at;
    private int _depth;
    private int _links;

    /// <summary>The token that comes next.</summary>
    public Token Current => tokens[_at];

    /// <summary>True at the end of a statement.</summary>
    public bool IsAtEnd => Current.Kind == TokenKind.End || Current.Key == ";";

    /// <summary>How many tokens were taken.</summary>
    public int Position => _at;

    /// <summary>The token <paramref name="offset"/> after the next one.</summary>
    public Token Peek(int offset) => tokens[Math.Min(_at + offset, tokens.Length - 1)];

    /// <summary>True when the keywords or symbols come next.</summary>
    public bool Is(params ReadOnlySpan<string> keys)
    {
        for (var i = 0; i < keys.Length; i++)
        {
            if (!string.Equals(Peek(i).Key, keys[i], StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True when one of the keywords or symbols comes next.</summary>
    public bool IsAny(params ReadOnlySpan<string> keys) => Current.Key.Length > 0 && keys.Contains(Current.Key);

    /// <summary>Takes the keywords or symbols when all come next.</summary>
    public bool Accept(params ReadOnlySpan<string> keys)
    {
        if (!Is(keys))
        {
            return false;
        }

        _at += keys.Length;
        return true;
    }

    /// <summary>Takes one of the keywords or symbols.</summary>
    public bool AcceptAny(params ReadOnlySpan<string> keys)
    {
        if (!IsAny(keys))
        {
            return false;
        }

        _at++;
        return true;
    }

    /// <summary>Takes the keywords or symbols, which must come next.</summary>
    public void Expect(params ReadOnlySpan<string> keys)
    {
        if (!Accept(keys))
        {
            throw Unexpected();
        }
    }

    /// <summary>Takes the next token.</summary>
    public Token Next() => Current.Kind == TokenKind.End ? throw Unexpected() : tokens[_at++];

    /// <summary>True when no space stands before the token <paramref name="offset"/> after the next one.</summary>
    public bool Touches(int offset) => Peek(offset).Start == Peek(offset - 1).End;

    /// <summary>True when the symbol was taken after <paramref name="position"/>.</summary>
    public bool HasTaken(int position, string key) => Array.FindIndex(tokens, position, _at - position, t => t.Key == key) >= 0;

    /// <summary>How often the symbol was taken after <paramref name="position"/>.</summary>
    public int CountTaken(int position, string key) => tokens.AsSpan(position, _at - position).ToArray().Count(t => t.Key == key);

    /// <summary>True when a name was taken after <paramref name="position"/>.</summary>
    public bool HasNamed(int position, string name) =>
        Array.FindIndex(tokens, position, _at - position, t => t.IsName && string.Equals(t.Text, name, StringComparison.OrdinalIgnoreCase)) >= 0;

    /// <summary>Counts a link of a chain that makes the tree deeper without going deeper in the text.</summary>
    public void Link()
    {
        if (++_links > MaxLinks)
        {
            throw new UnreadableSqlException(Current.Start, $"more than {MaxLinks} links");
        }
    }

    /// <summary>Skips to the end of the statement; true when code may stand in it.</summary>
    public bool SkipRest()
    {
        var hasCode = false;
        while (!IsAtEnd)
        {
            hasCode |= IsAny("SELECT", "CALL", "EXECUTE", "EXEC", "BEGIN");
            _at++;
        }

        return hasCode;
    }

    /// <summary>Skips to the end of the text.</summary>
    public void SkipAll() => _at = tokens.Length - 1;

    /// <summary>Says that the next token cannot stand there.</summary>
    public UnreadableSqlException Unexpected() => new(Current.Start, "something that cannot stand there");

    /// <summary>Goes one level deeper.</summary>
    public void Enter()
    {
        if (++_depth > SqlText.MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new UnreadableSqlException(Current.Start, $"more than {SqlText.MaxDepth} levels");
        }
    }

    /// <summary>Comes back from <see cref="Enter"/>.</summary>
    public void Leave() => _depth--;

    /// <summary>Skips <c>( ... )</c>, in which no query may stand.</summary>
    public void SkipParentheses()
    {
        Expect("(");
        for (var depth = 1; depth > 0;)
        {
            if (IsAny("SELECT", "WITH", ";"))
            {
                throw Unexpected();
            }

            depth += Next().Key switch { "(" => 1, ")" => -1, _ => 0 };
        }
    }
}
