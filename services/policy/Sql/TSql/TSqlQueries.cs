using Chaperone.Policy.Sql.Trees;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Chaperone.Policy.Sql.TSql;

/// <summary>Reads queries.</summary>
internal sealed class TSqlQueries(TSqlParts parts)
{
    public Query Read(SelectStatement statement)
    {
        parts.Mark(statement);
        var query = Read(statement.QueryExpression);
        Expression[] computed = [.. (statement.ComputeClauses ?? []).SelectMany(parts.Rest.Expressions)];
        return query with
        {
            With = [.. With(statement.WithCtesAndXmlNamespaces), .. query.With],
            Into = statement.Into is null ? null : TSqlNames.Table(statement.Into),
            Others = [.. query.Others, .. computed],
        };
    }

    public Query Read(QueryExpression expression)
    {
        using var level = parts.Enter(expression);
        var query = expression switch
        {
            QuerySpecification q => Specification(q),
            BinaryQueryExpression b => new Query { Sides = (Read(b.FirstQueryExpression), Read(b.SecondQueryExpression)), IsDistinct = !b.All },
            QueryParenthesisExpression p => Parenthesis(p),
            _ => throw new TSqlUnreadableException("holds a query that is not understood", expression),
        };
        return Bounded(query, expression);
    }

    public CommonTable[] With(WithCtesAndXmlNamespaces? with) =>
        with?.CommonTableExpressions is { } tables ? [.. tables.Select(Common)] : [];

    /// <summary>A VALUES list. With several rows, an output is made of what each has in its place.</summary>
    public Query Values(IList<RowValue> rows)
    {
        Expression[][] values = [.. rows.Select(r => parts.Expressions.Read(r.ColumnValues))];
        if (values.Any(v => v.Length != values[0].Length))
        {
            throw new TSqlUnreadableException("has rows of several lengths", rows[0]);
        }

        var columns = rows.Count == 1
            ? values[0]
            : [.. values[0].Select((_, i) => new Expression.Other([.. values.Select(v => v[i])]))];
        return new Query { ValueRows = rows.Count, Outputs = [.. columns.Select(c => new Output(c))] };
    }

    /// <summary>What TOP says: a literal number of rows, or the expression that says it.</summary>
    public (long? Limit, Expression[] Parts) Top(TopRowFilter? top)
    {
        if (top is null)
        {
            return (null, []);
        }

        var count = parts.Expressions.Read(top.Expression);
        return Literal(count) is { } limit && !top.Percent && !top.WithTies && !top.WithApproximate ? (limit, []) : (null, [count]);
    }

    /// <summary>What SELECT or OUTPUT lists.</summary>
    public Output[] Outputs(IEnumerable<SelectElement> elements) => [.. elements.Select(Output)];

    private Output Output(SelectElement element)
    {
        parts.Mark(element);
        return element switch
        {
            SelectScalarExpression s => new Output(parts.Expressions.Read(s.Expression), s.ColumnName?.Value ?? Last(s.Expression)),
            SelectStarExpression s => new Output(new Expression.Star(s.Qualifier?.Identifiers[^1].Value)),
            SelectSetVariable s => new Output(parts.Expressions.Read(s.Expression)),
            _ => throw new TSqlUnreadableException("lists something that is not understood", element),
        };
    }

    private static string? Last(ScalarExpression expression) =>
        expression is ColumnReferenceExpression { MultiPartIdentifier.Identifiers: [.., { } last] } ? last.Value : null;

    private CommonTable Common(CommonTableExpression table)
    {
        parts.Mark(table);
        var name = table.ExpressionName.Value;
        var query = Read(table.QueryExpression);
        var isRecursive = table.QueryExpression is BinaryQueryExpression { BinaryQueryExpressionType: BinaryQueryExpressionType.Union, All: true }
            && TSqlFragments.All(table.QueryExpression).Exists(f => f is NamedTableReference t && t.SchemaObject.Count == 1
                && string.Equals(t.SchemaObject.BaseIdentifier.Value, name, StringComparison.OrdinalIgnoreCase));
        return new CommonTable(name, TSqlNames.Columns(table.Columns), isRecursive)
        {
            Query = query with { With = [.. With(table.WithCtesAndXmlNamespaces), .. query.With] },
        };
    }

    private Query Specification(QuerySpecification query)
    {
        var (limit, limitParts) = Top(query.TopRowFilter);
        return new Query
        {
            From = parts.Sources.Read(query.FromClause),
            Where = query.WhereClause?.SearchCondition is { } where ? parts.Conditions.Read(where) : null,
            GroupBy = [.. (query.GroupByClause?.GroupingSpecifications ?? []).SelectMany(parts.Rest.Expressions)],
            IsGrouped = query.GroupByClause is not null,
            Outputs = Outputs(query.SelectElements),
            IsDistinct = query.UniqueRowFilter == UniqueRowFilter.Distinct,
            Others = Others(query),
            Limit = limit,
            HasLimit = query.TopRowFilter is not null,
            LimitParts = limitParts,
            IsPacked = Accumulates(query.SelectElements),
        };
    }

    private Expression[] Others(QuerySpecification query)
    {
        Expression[] having = query.HavingClause is null ? [] : [parts.Conditions.Read(query.HavingClause.SearchCondition)];
        var windows = query.WindowClause?.WindowDefinition ?? [];
        return [.. having, .. windows.SelectMany(w => parts.FunctionCalls.Window(w.Partitions, w.OrderByClause, w.WindowFrameClause))];
    }

    // A clause after parentheses bounds what comes out of them, not what the query in them says.
    private Query Parenthesis(QueryParenthesisExpression parenthesis)
    {
        var query = Read(parenthesis.QueryExpression);
        return parenthesis is { OrderByClause: null, OffsetClause: null, ForClause: null }
            ? query
            : TSqlSources.AllOf(new FromItem.Derived(query));
    }

    private Query Bounded(Query query, QueryExpression expression)
    {
        query = query with
        {
            Others = [.. query.Others, .. parts.Expressions.Order(expression.OrderByClause)],
            IsPacked = query.IsPacked || expression.ForClause is XmlForClause or JsonForClause,
        };
        if (expression.OffsetClause is not { } offset)
        {
            return query;
        }

        var skip = parts.Expressions.Read(offset.OffsetExpression);
        var fetch = offset.FetchExpression is null ? null : parts.Expressions.Read(offset.FetchExpression);
        var limit = fetch is null || offset.WithApproximate || query.HasLimit ? null : Literal(fetch);
        Expression[] open = [skip, .. fetch is null || limit is not null ? [] : new[] { fetch }];
        return query with
        {
            Limit = limit,
            HasLimit = query.HasLimit || fetch is not null,
            LimitParts = [.. query.LimitParts, .. open.Where(e => e is not Expression.Constant)],
        };
    }

    private static long? Literal(Expression value) =>
        value is Expression.Constant { IsNumber: true, Text: { } text } && long.TryParse(text, out var number) && number >= 0 ? number : null;

    // SELECT @s = @s + name adds up every row in one value.
    private static bool Accumulates(IList<SelectElement> elements)
    {
        var assigned = elements.OfType<SelectSetVariable>().ToList();
        var names = assigned.Select(a => a.Variable.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return assigned.Exists(a => a.AssignmentKind != AssignmentKind.Equals
            || TSqlFragments.All(a.Expression).Exists(f => f is VariableReference v && names.Contains(v.Name)));
    }
}
