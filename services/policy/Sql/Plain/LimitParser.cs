using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Plain;

/// <summary>Reads LIMIT, OFFSET, FETCH and TOP. Only a plain number without ties or percent is a limit.</summary>
internal sealed class LimitParser(Grammar grammar)
{
    private readonly List<Expression> _parts = [];

    private long? _limit;
    private bool _hasLimit;

    private TokenCursor Cursor => grammar.Cursor;

    /// <summary>Reads the limit at the end of <paramref name="query"/>.</summary>
    public Query Read(Query query)
    {
        if (Cursor.Accept("LIMIT"))
        {
            ReadLimit();
        }

        if (Cursor.Accept("OFFSET"))
        {
            _parts.AddRange(NoLiteral(grammar.Operands.Read()));
            Cursor.AcceptAny("ROW", "ROWS");
        }

        if (Cursor.Accept("FETCH"))
        {
            ReadFetch();
        }

        return query with { HasLimit = _hasLimit, Limit = Least(query.Limit, _limit), LimitParts = [.. query.LimitParts, .. _parts] };
    }

    /// <summary>Reads what follows TOP.</summary>
    public Query ReadTop(Query query)
    {
        _hasLimit = true;
        var count = grammar.Values.Read();
        var isWhole = !Cursor.Accept("PERCENT") & !Cursor.Accept("WITH", "TIES");
        Take(count, isWhole);
        return query with { HasLimit = true, Limit = _limit, LimitParts = [.. _parts] };
    }

    private static long? Least(long? a, long? b) => a is null ? b : b is null ? a : Math.Min(a.Value, b.Value);

    private void ReadLimit()
    {
        _hasLimit = true;
        if (Cursor.Accept("ALL"))
        {
            return;
        }

        var first = grammar.Operands.Read();
        if (!Cursor.Accept(","))
        {
            Take(first, true);
            return;
        }

        _parts.AddRange(NoLiteral(first));
        Take(grammar.Operands.Read(), true);
    }

    private void ReadFetch()
    {
        if (_hasLimit)
        {
            throw Cursor.Unexpected();
        }

        _hasLimit = true;
        var isNamed = Cursor.AcceptAny("FIRST", "NEXT");
        if (!isNamed && grammar.Dialect != SqlDialect.Snowflake)
        {
            throw Cursor.Unexpected();
        }

        var count = Cursor.IsAny("ROW", "ROWS") ? new Expression.Constant("1", true) : grammar.Operands.Read();
        var isWhole = !Cursor.Accept("PERCENT");
        var hasRows = Cursor.AcceptAny("ROW", "ROWS");
        if (Cursor.Accept("WITH", "TIES"))
        {
            isWhole = false;
        }
        else if (!Cursor.Accept("ONLY") && (hasRows || grammar.Dialect != SqlDialect.Snowflake) && grammar.Dialect != SqlDialect.Snowflake)
        {
            throw Cursor.Unexpected();
        }

        Take(count, isWhole);
    }

    private void Take(Expression count, bool isWhole)
    {
        if (isWhole && count is Expression.Constant { IsNumber: true, Text: { } text } && PredicateParser.TryCount(text, out var limit))
        {
            _limit = limit;
            return;
        }

        _parts.AddRange(NoLiteral(count));
    }

    private static Expression[] NoLiteral(Expression value) => value is Expression.Constant ? [] : [value];
}
