namespace Chaperone.Policy.Sql.Plain;

/// <summary>How a dialect cuts a text into tokens.</summary>
internal sealed record LexicalRules(SqlDialect Dialect)
{
    /// <summary>A backslash escapes within <c>'...'</c>.</summary>
    public bool HasBackslash { get; init; } = Dialect is SqlDialect.MySql or SqlDialect.BigQuery or SqlDialect.Snowflake;

    /// <summary>A backslash escapes within <c>"..."</c>.</summary>
    public bool HasBackslashInDouble { get; init; } = Dialect is SqlDialect.MySql or SqlDialect.BigQuery;

    /// <summary><c>#</c> starts a comment.</summary>
    public bool HasHashComments { get; } = Dialect is SqlDialect.MySql or SqlDialect.BigQuery;

    /// <summary>What <c>"..."</c> is.</summary>
    public TokenKind DoubleQuoted { get; } = Dialect switch
    {
        SqlDialect.BigQuery => TokenKind.String,
        SqlDialect.MySql or SqlDialect.Sqlite or SqlDialect.Other => TokenKind.Doubtful,
        _ => TokenKind.Quoted,
    };

    /// <summary>A backtick quotes names.</summary>
    public bool HasBackticks { get; } = Dialect is not (SqlDialect.Oracle or SqlDialect.Snowflake);

    /// <summary>Comments may nest, so that one within another can be read in two ways.</summary>
    public bool MayNestComments { get; } = Dialect is SqlDialect.Snowflake or SqlDialect.Other;

    /// <summary>
    /// Other ways in which a server may cut the text: MySQL under NO_BACKSLASH_ESCAPES and ANSI_QUOTES. A text that they
    /// cut otherwise is unreadable.
    /// </summary>
    public IReadOnlyList<LexicalRules> Variants => Dialect != SqlDialect.MySql ? [] :
    [
        this with { HasBackslash = false, HasBackslashInDouble = false },
        this with { HasBackslashInDouble = false },
        this with { HasBackslash = false },
    ];

    /// <summary>True for the prefix of a string that is read as it stands.</summary>
    public bool IsPlainPrefix(string key) => key switch
    {
        "N" => Dialect is SqlDialect.MySql or SqlDialect.Oracle or SqlDialect.Other,
        "X" => Dialect is SqlDialect.MySql or SqlDialect.Sqlite or SqlDialect.Snowflake or SqlDialect.Other,
        "B" => Dialect is SqlDialect.MySql or SqlDialect.BigQuery,
        _ => false,
    };

    /// <summary>True for a prefix that is a string of some server, but of which one cannot be known.</summary>
    public bool IsOddPrefix(string key) => Dialect == SqlDialect.Other && key is "Q" or "NQ" or "R" or "RB" or "BR" or "B" or "E" or "U";

    public static bool IsWordStart(char c) => c == '_' || char.IsLetter(c);

    public bool IsWordPart(char c) => IsWordStart(c) || char.IsAsciiDigit(c)
        || (c == '$' && Dialect is not (SqlDialect.BigQuery or SqlDialect.Other)) || (c == '#' && Dialect == SqlDialect.Oracle);
}
