using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Plain;

/// <summary>Reads what follows GROUP BY, its sets flattened.</summary>
internal sealed class GroupingParser(Grammar grammar)
{
    private TokenCursor Cursor => grammar.Cursor;

    /// <summary>Adds the groups to <paramref name="query"/>. GROUP BY ALL groups by what comes out.</summary>
    public Query Read(Query query)
    {
        if (Cursor.Is("ALL") && !StartsOperand(Cursor.Peek(1)))
        {
            Cursor.Next();
            return query with { IsGrouped = true, GroupBy = [.. query.Outputs.Select(o => o.Value)] };
        }

        Cursor.AcceptAny("ALL", "DISTINCT");
        var items = new List<Expression>();
        do
        {
            ReadItem(items);
            Cursor.AcceptAny("ASC", "DESC");
        }
        while (Cursor.Accept(","));
        _ = Cursor.Accept("WITH", "ROLLUP") || Cursor.Accept("WITH", "CUBE");
        return query with { IsGrouped = true, GroupBy = [.. items] };
    }

    private static bool StartsOperand(Token token) =>
        token.Kind is not (TokenKind.End or TokenKind.Symbol) && !Keywords.NoAliases.Contains(token.Key);

    private void ReadItem(List<Expression> items)
    {
        Cursor.Enter();
        if (Cursor.Accept("GROUPING", "SETS", "(") || Cursor.Accept("ROLLUP", "(") || Cursor.Accept("CUBE", "("))
        {
            do
            {
                ReadItem(items);
            }
            while (Cursor.Accept(","));
            Cursor.Expect(")");
        }
        else
        {
            items.AddRange(grammar.Expressions.Read() switch { Expression.Row row => row.Items, var item => [item] });
        }

        Cursor.Leave();
    }
}
