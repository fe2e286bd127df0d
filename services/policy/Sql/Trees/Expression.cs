namespace Chaperone.Policy.Sql.Trees;

/// <summary>
/// An expression, reduced to what decides how many rows can come out. Names are as the database compares them: quoted ones
/// as written, others as they stand; readers of the tree compare without case.
/// </summary>
internal abstract record Expression
{
    /// <summary>The expressions it is made of, nested queries excepted.</summary>
    public virtual IReadOnlyList<Expression> Parts => [];

    /// <summary>A column, or a whole row where the name is that of a relation: <c>a</c>, <c>t.a</c>, <c>s.t.a</c>.</summary>
    public sealed record Column(string[] Name) : Expression
    {
        /// <summary>The last part.</summary>
        public string Last => Name[^1];

        /// <summary>The relation it names; null where it names none.</summary>
        public string? Relation => Name.Length > 1 ? Name[^2] : null;
    }

    /// <summary><c>*</c> or <c>t.*</c> (<see cref="Relation"/> is then <c>t</c>).</summary>
    public sealed record Star(string? Relation) : Expression;

    /// <summary>A literal; <see cref="Text"/> is null for NULL.</summary>
    public sealed record Constant(string? Text, bool IsNumber) : Expression;

    /// <summary>One value that the statement does not hold: <c>$1</c>, <c>?</c>, <c>@name</c>.</summary>
    public sealed record Parameter : Expression;

    /// <summary>A call of a function or an aggregate.</summary>
    public sealed record Call(string[] Name, Expression[] Arguments) : Expression
    {
        /// <summary>True with an OVER clause.</summary>
        public bool IsWindow { get; init; }

        /// <summary>True where the window may have parts: with PARTITION BY, or by a name.</summary>
        public bool IsPartitioned { get; init; }

        /// <summary>FILTER, ORDER BY, PARTITION BY of the call.</summary>
        public Expression[] Clauses { get; init; } = [];

        /// <summary>The last part of the name, lower case.</summary>
        public string Last { get; } = Name[^1].ToLowerInvariant();

        public override IReadOnlyList<Expression> Parts => Clauses.Length == 0 ? Arguments : [.. Arguments, .. Clauses];
    }

    /// <summary>All must hold.</summary>
    public sealed record And(Expression[] Terms) : Expression
    {
        public override IReadOnlyList<Expression> Parts => Terms;
    }

    /// <summary>One must hold.</summary>
    public sealed record Or(Expression[] Terms) : Expression
    {
        public override IReadOnlyList<Expression> Parts => Terms;
    }

    /// <summary><c>=</c> or <c>IS NOT DISTINCT FROM</c>.</summary>
    public sealed record Equal(Expression Left, Expression Right) : Expression
    {
        public override IReadOnlyList<Expression> Parts => [Left, Right];
    }

    /// <summary><c>x IN (a, b)</c> or <c>x = ANY(ARRAY[a, b])</c>.</summary>
    public sealed record In(Expression Value, Expression[] Items) : Expression
    {
        public override IReadOnlyList<Expression> Parts => [Value, .. Items];
    }

    /// <summary><c>(a, b)</c>.</summary>
    public sealed record Row(Expression[] Items) : Expression
    {
        public override IReadOnlyList<Expression> Parts => Items;
    }

    /// <summary>A cast; <see cref="Type"/> is lower case, with <c>(n)</c> where a length can cut the value.</summary>
    public sealed record Cast(Expression Value, string Type) : Expression
    {
        public override IReadOnlyList<Expression> Parts => [Value];
    }

    /// <summary>A query within an expression, tested against <see cref="Value"/> where <see cref="Use"/> is a member test.</summary>
    public sealed record Nested(Query Query, NestedUse Use, Expression? Value = null) : Expression
    {
        public override IReadOnlyList<Expression> Parts => Value is null ? [] : [Value];
    }

    /// <summary>A yes or no that is none of the above: <c>a &lt; b</c>, LIKE, BETWEEN, IS NULL, NOT.</summary>
    public sealed record Test(Expression[] Items) : Expression
    {
        public override IReadOnlyList<Expression> Parts => Items;
    }

    /// <summary>A column compared with whole numbers: <c>a &lt; 5</c>, <c>a BETWEEN 1 AND 9</c>; what has no end is null.</summary>
    public sealed record Within(Column Value, long? Low, long? High, Expression[] Items) : Expression
    {
        public override IReadOnlyList<Expression> Parts => Items;
    }

    /// <summary>Anything else that is made of expressions.</summary>
    public sealed record Other(Expression[] Items) : Expression
    {
        /// <summary>The sign between two operands, such as <c>+</c>; null elsewhere.</summary>
        public string? Sign { get; init; }

        public override IReadOnlyList<Expression> Parts => Items;
    }
}
