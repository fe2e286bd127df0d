using Chaperone.Policy.Sql.Trees;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Chaperone.Policy.Sql.TSql;

/// <summary>Collects what a fragment without a place of its own in the tree is made of.</summary>
internal sealed class TSqlRest(TSqlParts parts)
{
    /// <summary>The expressions and queries in <paramref name="fragment"/>.</summary>
    public Expression[] Expressions(TSqlFragment fragment) => Gather(fragment, new Statement(StatementKind.Other)).Expressions;

    /// <summary>The same, and every row of the tables that <paramref name="fragment"/> names.</summary>
    public Expression[] ExpressionsAndTables(TSqlFragment fragment)
    {
        var rest = Gather(fragment, new Statement(StatementKind.Other));
        return [.. rest.Expressions, .. rest.Tables.Select(t => new Expression.Nested(TSqlSources.AllOf(new FromItem.Table(t)), NestedUse.Compared))];
    }

    /// <summary><paramref name="statement"/> with the tables, expressions and statements in <paramref name="fragment"/>.</summary>
    public Statement Gather(TSqlFragment fragment, Statement statement)
    {
        var tables = new List<TableName>();
        var expressions = new List<Expression>();
        var inner = new List<Statement>();
        foreach (var child in TSqlFragments.Children(fragment))
        {
            Take(child, tables, expressions, inner);
        }

        return statement with { Tables = [.. tables], Expressions = [.. expressions], Inner = [.. inner] };
    }

    private void Take(TSqlFragment fragment, List<TableName> tables, List<Expression> expressions, List<Statement> inner)
    {
        switch (fragment)
        {
            case ScalarExpression e:
                expressions.Add(parts.Expressions.Read(e));
                break;
            case BooleanExpression e:
                expressions.Add(parts.Conditions.Read(e));
                break;
            case QueryExpression q:
                expressions.Add(new Expression.Nested(parts.Queries.Read(q), NestedUse.Value));
                break;
            case TableReference t:
                expressions.Add(new Expression.Nested(TSqlSources.AllOf(parts.Sources.Read(t)), NestedUse.Compared));
                break;
            case SchemaObjectName n:
                tables.Add(TSqlNames.Table(n));
                break;
            case SecurityTargetObjectName n:
                tables.Add(TSqlNames.Table(n.MultiPartIdentifier));
                break;
            case DataTypeReference or Identifier or MultiPartIdentifier:
                break;
            case TSqlStatement s and not IndexDefinition:
                inner.Add(parts.Statements.Read(s));
                break;
            default:
                TakeParts(fragment, tables, expressions, inner);
                break;
        }
    }

    private void TakeParts(TSqlFragment fragment, List<TableName> tables, List<Expression> expressions, List<Statement> inner)
    {
        using var level = parts.Enter(fragment);
        foreach (var child in TSqlFragments.Children(fragment))
        {
            Take(child, tables, expressions, inner);
        }
    }
}
