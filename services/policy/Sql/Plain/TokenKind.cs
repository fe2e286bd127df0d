namespace Chaperone.Policy.Sql.Plain;

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    /// <summary>A keyword or a plain name.</summary>
    Word,

    /// <summary>A quoted name.</summary>
    Quoted,

    /// <summary>In double quotes where a server may read a name or a string.</summary>
    Doubtful,

    /// <summary>A string.</summary>
    String,

    /// <summary>A number.</summary>
    Number,

    /// <summary><c>?</c>, <c>@name</c>, <c>$1</c>; a stage of Snowflake.</summary>
    Parameter,

    /// <summary>An operator or a mark.</summary>
    Symbol,

    /// <summary>The end of the text.</summary>
    End,
}
