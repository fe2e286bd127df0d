using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Plain;

/// <summary>Reads expressions: assignments, OR, AND and NOT, from the loosest to the tightest.</summary>
internal sealed class ExpressionParser(Grammar grammar)
{
    private TokenCursor Cursor => grammar.Cursor;

    /// <summary>
    /// True where <c>||</c> may be OR or joins strings, as the mode of the server says. It is read at the place of OR, and
    /// what it holds bounds nothing.
    /// </summary>
    private bool HasDoubtfulPipes => grammar.In(SqlDialect.MySql, SqlDialect.Other);

    /// <summary>Reads an expression.</summary>
    public Expression Read()
    {
        Cursor.Enter();
        var value = ReadOr();
        if (Cursor.Accept(":="))
        {
            // A variable keeps what it was given row by row, whatever stands around it.
            value = new Expression.Call([Known.SqlFunctions.Assignment], [value, Read()]);
        }

        Cursor.Leave();
        return value;
    }

    /// <summary>Reads expressions with commas between.</summary>
    public Expression[] ReadList()
    {
        var items = new List<Expression>();
        do
        {
            items.Add(Read());
        }
        while (Cursor.Accept(","));
        return [.. items];
    }

    /// <summary>Reads <c>(a, b)</c>; nothing may stand between the parentheses.</summary>
    public Expression[] ReadParenthesised()
    {
        Cursor.Expect("(");
        var items = Cursor.Is(")") ? [] : ReadList();
        Cursor.Expect(")");
        return items;
    }

    /// <summary>Reads what follows ORDER BY.</summary>
    public Expression[] ReadOrder()
    {
        var items = new List<Expression>();
        do
        {
            items.Add(Cursor.Is("ALL") ? AllColumns() : Read());
            Cursor.AcceptAny("ASC", "DESC");
            if (Cursor.Accept("NULLS"))
            {
                Cursor.Next();
            }
        }
        while (Cursor.Accept(","));
        return [.. items];
    }

    private Expression.Star AllColumns()
    {
        Cursor.Next();
        return new Expression.Star(null);
    }

    private Expression ReadOr()
    {
        var first = ReadAnd();
        if (!IsOr)
        {
            return first;
        }

        var terms = new List<Expression> { first };
        var isPlain = true;
        while (IsOr)
        {
            isPlain &= Cursor.Next().Key == "OR";
            terms.Add(ReadAnd());
        }

        return isPlain ? new Expression.Or([.. terms]) : new Expression.Other([.. terms]);
    }

    private bool IsOr => Cursor.IsAny("OR", "XOR") || (HasDoubtfulPipes && Cursor.Is("||"));

    private Expression ReadAnd()
    {
        var first = ReadNot();
        if (!IsAnd)
        {
            return first;
        }

        var terms = new List<Expression> { first };
        while (IsAnd)
        {
            Cursor.Next();
            terms.Add(ReadNot());
        }

        return new Expression.And([.. terms]);
    }

    private bool IsAnd => Cursor.Is("AND") || (HasDoubtfulPipes && Cursor.Is("&&"));

    private Expression ReadNot()
    {
        var isNegated = false;
        while (Cursor.Accept("NOT"))
        {
            isNegated = true;
        }

        var test = grammar.Predicates.Read();
        return isNegated ? new Expression.Other([test]) : test;
    }
}
