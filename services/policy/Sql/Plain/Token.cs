namespace Chaperone.Policy.Sql.Plain;

/// <summary>
/// A token from <see cref="Start"/> up to <see cref="End"/>. <see cref="Key"/> is a word in upper case or the symbol, and
/// empty for all that is quoted, so that no quoted name can pass for a keyword.
/// </summary>
internal readonly record struct Token(TokenKind Kind, string Text, string Key, int Start, int End)
{
    /// <summary>True for what can name something.</summary>
    public bool IsName => Kind is TokenKind.Word or TokenKind.Quoted or TokenKind.Doubtful;
}
