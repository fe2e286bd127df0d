using Chaperone.Policy.Sql.Trees;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Chaperone.Policy.Sql.TSql;

/// <summary>Reads values.</summary>
internal sealed class TSqlExpressions(TSqlParts parts)
{
    public Expression[] Read(IEnumerable<ScalarExpression>? expressions) => expressions is null ? [] : [.. expressions.Select(Read)];

    public Expression Read(ScalarExpression expression)
    {
        using var level = parts.Enter(expression);
        var value = ReadPlain(expression);

        // A collation decides what is equal, so a collated column is no longer the column.
        return expression is PrimaryExpression { Collation: not null } ? new Expression.Other([value]) : value;
    }

    /// <summary>The expressions of ORDER BY.</summary>
    public Expression[] Order(OrderByClause? order) => order is null ? [] : Read(order.OrderByElements.Select(e => e.Expression));

    private Expression ReadPlain(ScalarExpression expression) => expression switch
    {
        ColumnReferenceExpression c => Column(c),
        Literal l => Constant(l),
        VariableReference v => parts.Variable(v.Name),
        GlobalVariableExpression g => new Expression.Call([g.Name], []),
        ParenthesisExpression p => Read(p.Expression),
        UnaryExpression u => Signed(u),
        BinaryExpression b => Chain(b),
        ScalarSubquery q => new Expression.Nested(parts.Queries.Read(q.QueryExpression), NestedUse.Value),
        CastCall c => Cast(c.Parameter, c.DataType, null),
        TryCastCall c => Cast(c.Parameter, c.DataType, null),
        ConvertCall c => Cast(c.Parameter, c.DataType, c.Style),
        TryConvertCall c => Cast(c.Parameter, c.DataType, c.Style),
        ParseCall c => Cast(c.StringValue, c.DataType, c.Culture),
        TryParseCall c => Cast(c.StringValue, c.DataType, c.Culture),
        CaseExpression c => new Expression.Other(parts.Rest.Expressions(c)),
        IIfCall c => new Expression.Other(parts.Rest.Expressions(c)),
        _ => parts.FunctionCalls.Read(expression),
    };

    private static Expression Column(ColumnReferenceExpression column)
    {
        string[] name = column.MultiPartIdentifier is null ? [] : TSqlNames.Parts(column.MultiPartIdentifier);
        if (column.ColumnType == ColumnType.Wildcard)
        {
            return new Expression.Star(name.Length == 0 ? null : name[^1]);
        }

        if (column.ColumnType != ColumnType.Regular)
        {
            return new Expression.Column([.. name, "$" + column.ColumnType.ToString().Replace("PseudoColumn", string.Empty, StringComparison.Ordinal).ToLowerInvariant()]);
        }

        // With QUOTED_IDENTIFIER off, "name" is a string. It is neither a key nor a value to compare a key with, then.
        var isString = name.Length == 1 && column.MultiPartIdentifier!.Identifiers[^1].QuoteType == QuoteType.DoubleQuote;
        return isString ? new Expression.Other([new Expression.Column(name)]) : new Expression.Column(name);
    }

    private static Expression Constant(Literal literal) => literal switch
    {
        NullLiteral => new Expression.Constant(null, false),
        IntegerLiteral or NumericLiteral or RealLiteral or MoneyLiteral => new Expression.Constant(literal.Value, true),
        StringLiteral s when TSqlNames.IsDoubleQuoted(s) => new Expression.Other([]),
        StringLiteral or BinaryLiteral or OdbcLiteral => new Expression.Constant(literal.Value, false),
        IdentifierLiteral { QuoteType: QuoteType.NotQuoted } part => new Expression.Constant(part.Value, false),
        _ => new Expression.Other([]),
    };

    private Expression Signed(UnaryExpression unary)
    {
        var value = Read(unary.Expression);
        return (unary.UnaryExpressionType, value) switch
        {
            (UnaryExpressionType.Negative, Expression.Constant { IsNumber: true, Text: { } text }) when !text.StartsWith('-') => new Expression.Constant("-" + text, true),
            (UnaryExpressionType.Positive, Expression.Constant { IsNumber: true }) => value,
            _ => new Expression.Other([value]),
        };
    }

    // A chain leans to the left and can be as long as the text, so it is walked and not recursed into.
    private Expression.Other Chain(BinaryExpression chain)
    {
        var items = new List<Expression>();
        ScalarExpression rest = chain;
        while (rest is BinaryExpression binary)
        {
            parts.Mark(binary);
            items.Add(Read(binary.SecondExpression));
            rest = binary.FirstExpression;
        }

        items.Add(Read(rest));
        items.Reverse();
        return new Expression.Other([.. items]) { Sign = items.Count == 2 ? Sign(chain.BinaryExpressionType) : null };
    }

    private static string? Sign(BinaryExpressionType type) => type switch
    {
        BinaryExpressionType.Add => "+",
        BinaryExpressionType.Subtract => "-",
        BinaryExpressionType.Divide => "/",
        _ => null,
    };

    private Expression Cast(ScalarExpression value, DataTypeReference type, ScalarExpression? style)
    {
        var cast = new Expression.Cast(Read(value), TypeName(type));
        return style is null or Literal ? cast : new Expression.Other([cast, Read(style)]);
    }

    private static string TypeName(DataTypeReference type)
    {
        string[] name = type.Name is null ? [type is XmlDataTypeReference ? "xml" : "unknown"] : TSqlNames.Parts(type.Name);
        var lengths = (type as ParameterizedDataTypeReference)?.Parameters;
        var length = lengths is { Count: > 0 } ? $"({string.Join(',', lengths.Select(l => l.Value))})" : string.Empty;
        return string.Join('.', name).ToLowerInvariant() + length.ToLowerInvariant();
    }
}
