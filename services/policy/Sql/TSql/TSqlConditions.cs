using Chaperone.Policy.Sql.Trees;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Chaperone.Policy.Sql.TSql;

/// <summary>Reads conditions.</summary>
internal sealed class TSqlConditions(TSqlParts parts)
{
    public Expression Read(BooleanExpression condition)
    {
        using var level = parts.Enter(condition);
        return condition switch
        {
            BooleanBinaryExpression b => Chain(b),
            BooleanParenthesisExpression p => Read(p.Expression),
            BooleanNotExpression n => new Expression.Other([Read(n.Expression)]),
            BooleanComparisonExpression c => Compare(Sign(c.ComparisonType), c.FirstExpression, c.SecondExpression),
            DistinctPredicate d => Compare(d.IsNot ? "=" : "", d.FirstExpression, d.SecondExpression),
            BooleanTernaryExpression { TernaryExpressionType: BooleanTernaryExpressionType.Between } b => Between(b),
            InPredicate i => In(i),
            ExistsPredicate e => Query(e.Subquery, NestedUse.Exists, null),
            SubqueryComparisonPredicate s => Query(s.Subquery, Use(s), parts.Expressions.Read(s.Expression)),
            FullTextPredicate f => new Expression.Call([f.FullTextFunctionType.ToString().ToLowerInvariant()], parts.Rest.Expressions(f)),
            RegexpLikePredicate r => new Expression.Call(["regexp_like"], parts.Rest.Expressions(r)),
            _ => new Expression.Other(parts.Rest.Expressions(condition)),
        };
    }

    private Expression Compare(string sign, ScalarExpression first, ScalarExpression second)
    {
        var (left, right) = (parts.Expressions.Read(first), parts.Expressions.Read(second));
        return sign == "=" ? new Expression.Equal(left, right) : Comparison.Of(left, sign, right) ?? (Expression)new Expression.Other([left, right]);
    }

    private Expression Between(BooleanTernaryExpression between)
    {
        var (value, low, high) = (parts.Expressions.Read(between.FirstExpression), parts.Expressions.Read(between.SecondExpression), parts.Expressions.Read(between.ThirdExpression));
        return Comparison.Between(value, low, high) ?? (Expression)new Expression.Other([value, low, high]);
    }

    private static string Sign(BooleanComparisonType type) => type switch
    {
        BooleanComparisonType.Equals or BooleanComparisonType.IsNotDistinctFrom => "=",
        BooleanComparisonType.LessThan => "<",
        BooleanComparisonType.LessThanOrEqualTo or BooleanComparisonType.NotGreaterThan => "<=",
        BooleanComparisonType.GreaterThan => ">",
        BooleanComparisonType.GreaterThanOrEqualTo or BooleanComparisonType.NotLessThan => ">=",
        _ => "",
    };

    private Expression In(InPredicate condition)
    {
        var value = parts.Expressions.Read(condition.Expression);
        if (condition.Subquery is { } subquery)
        {
            return Query(subquery, condition.NotDefined ? NestedUse.Compared : NestedUse.Member, value);
        }

        var items = parts.Expressions.Read(condition.Values);
        return condition.NotDefined ? new Expression.Other([value, .. items]) : new Expression.In(value, items);
    }

    private static NestedUse Use(SubqueryComparisonPredicate condition) =>
        condition is { ComparisonType: BooleanComparisonType.Equals, SubqueryComparisonPredicateType: SubqueryComparisonPredicateType.Any }
            ? NestedUse.Member
            : NestedUse.Compared;

    private Expression.Nested Query(ScalarSubquery subquery, NestedUse use, Expression? value)
    {
        parts.Mark(subquery);
        return new Expression.Nested(parts.Queries.Read(subquery.QueryExpression), use, value);
    }

    private Expression Chain(BooleanBinaryExpression chain)
    {
        var terms = new List<Expression>();
        var left = new Stack<BooleanExpression>([chain]);
        while (left.TryPop(out var term))
        {
            if (term is BooleanBinaryExpression binary && binary.BinaryExpressionType == chain.BinaryExpressionType)
            {
                parts.Mark(binary);
                left.Push(binary.SecondExpression);
                left.Push(binary.FirstExpression);
            }
            else
            {
                terms.Add(Read(term));
            }
        }

        return chain.BinaryExpressionType == BooleanBinaryExpressionType.And ? new Expression.And([.. terms]) : new Expression.Or([.. terms]);
    }
}
