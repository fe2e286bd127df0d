using Chaperone.Policy.Sql.Trees;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Chaperone.Policy.Sql.TSql;

/// <summary>Reads what stands in FROM.</summary>
internal sealed class TSqlSources(TSqlParts parts)
{
    /// <summary>All columns and rows of <paramref name="items"/>.</summary>
    public static Query AllOf(params FromItem[] items) => new() { From = items, Outputs = [new Output(new Expression.Star(null))] };

    public FromItem[] Read(FromClause? from) =>
        from is null ? [] : [.. from.TableReferences.Select(Read), .. (from.PredictTableReference ?? []).Select(Read)];

    public FromItem Read(TableReference source)
    {
        using var level = parts.Enter(source);
        var item = ReadPlain(source);
        return source is not TableReferenceWithAlias named || item is FromItem.Join
            ? item
            : item with { Alias = named.Alias?.Value, Columns = TSqlNames.Columns((source as TableReferenceWithAliasAndColumns)?.Columns) };
    }

    private FromItem ReadPlain(TableReference source) => source switch
    {
        NamedTableReference t => Named(t),
        VariableTableReference v => new FromItem.Table(new TableName([v.Variable.Name])) { IsLocal = true },
        QueryDerivedTable d => new FromItem.Derived(parts.Queries.Read(d.QueryExpression)),
        InlineDerivedTable d => new FromItem.Derived(parts.Queries.Values(d.RowValues)),
        QualifiedJoin j => Qualified(j),
        UnqualifiedJoin j => Unqualified(j),
        JoinParenthesisTableReference j => Read(j.Join),
        OdbcQualifiedJoinTableReference j => Read(j.TableReference),
        PivotedTableReference p => Pivot(p),
        UnpivotedTableReference p => Unpivot(p),
        DataModificationTableReference d => parts.Writes.Source(d.DataModificationSpecification),
        FullTextTableReference t => Searched(t.FullTextFunctionType == FullTextFunctionType.Contains ? "containstable" : "freetexttable", t, t.TableName, t.TopN),
        SemanticTableReference t => Searched(t.SemanticFunctionType.ToString().ToLowerInvariant(), t, t.TableName, null),
        ChangeTableChangesTableReference t => Searched("changetable", t, t.Target, null),
        ChangeTableVersionTableReference t => Searched("changetable", t, t.Target, null),
        VectorSearchTableReference t => Beside("vector_search", t, t.Table),
        PredictTableReference t => Beside("predict", t, t.DataSource),
        _ => Function(source),
    };

    private FromItem.Table Named(NamedTableReference source)
    {
        var name = TSqlNames.Table(source.SchemaObject);
        if (source.TableSampleClause is { } sample)
        {
            parts.Rest.Expressions(sample);
        }

        return new FromItem.Table(name) { IsLocal = TSqlNames.IsLocal(name) };
    }

    private FromItem.Join Qualified(QualifiedJoin join)
    {
        var kind = join.QualifiedJoinType switch
        {
            QualifiedJoinType.LeftOuter => JoinKind.Left,
            QualifiedJoinType.RightOuter => JoinKind.Right,
            QualifiedJoinType.FullOuter => JoinKind.Full,
            _ => JoinKind.Inner,
        };
        var (left, right) = (Read(join.FirstTableReference), Read(join.SecondTableReference));
        return new FromItem.Join(left, right, kind) { On = join.SearchCondition is null ? null : parts.Conditions.Read(join.SearchCondition) };
    }

    private FromItem.Join Unqualified(UnqualifiedJoin join)
    {
        var (left, right) = (Read(join.FirstTableReference), Read(join.SecondTableReference));
        return join.UnqualifiedJoinType == UnqualifiedJoinType.CrossJoin
            ? new FromItem.Join(left, right, JoinKind.Inner)
            : new FromItem.Join(left, Lateral(right), join.UnqualifiedJoinType == UnqualifiedJoinType.OuterApply ? JoinKind.Left : JoinKind.Inner);
    }

    private static FromItem Lateral(FromItem item) => item switch
    {
        FromItem.Derived derived => derived with { IsLateral = true },
        FromItem.Join join => join with { Left = Lateral(join.Left), Right = Lateral(join.Right) },
        _ => item,
    };

    // PIVOT groups by every column that it does not name; where those are not known, what comes out is as good as all there is.
    private FromItem.Derived Pivot(PivotedTableReference pivot)
    {
        var inner = Read(pivot.TableReference);
        var values = parts.Expressions.Read(pivot.ValueColumns);
        var call = new Expression.Call(TSqlNames.Parts(pivot.AggregateFunctionIdentifier), values);
        if (inner is FromItem.Derived { Columns: [], Query: { Sides: null, Outputs: var outputs } } && Array.TrueForAll(outputs, o => o.KnownName is not null))
        {
            var used = pivot.ValueColumns.Append(pivot.PivotColumn).Select(c => TSqlNames.Parts(c.MultiPartIdentifier)[^1]).ToHashSet(StringComparer.OrdinalIgnoreCase);
            Output[] groups = [.. outputs.Where(o => !used.Contains(o.KnownName!)).Select(o => new Output(new Expression.Column([o.KnownName!])))];
            return new FromItem.Derived(new Query
            {
                From = [inner],
                IsGrouped = true,
                GroupBy = [.. groups.Select(g => g.Value)],
                Outputs = [.. groups, .. pivot.InColumns.Select(c => new Output(call, c.Value))],
            });
        }

        var aggregate = new Expression.Other([call with { IsWindow = true }, parts.Expressions.Read(pivot.PivotColumn)]);
        return new FromItem.Derived(new Query
        {
            From = [inner],
            Outputs = [new Output(new Expression.Star(null)), .. pivot.InColumns.Select(c => new Output(aggregate, c.Value))],
        });
    }

    private FromItem.Derived Unpivot(UnpivotedTableReference pivot)
    {
        var inner = Read(pivot.TableReference);
        var columns = new Expression.Other(parts.Expressions.Read(pivot.InColumns));
        return new FromItem.Derived(new Query
        {
            From = [inner],
            Outputs = [new Output(new Expression.Star(null)), new Output(columns, pivot.ValueColumn.Value), new Output(new Expression.Other([]), pivot.PivotColumn.Value)],
        });
    }

    // Such a function hands out keys and ranks of rows of a table, so it counts as the table.
    private FromItem.Derived Searched(string function, TableReference source, SchemaObjectName table, ValueExpression? top)
    {
        var query = Listed(function, source, new FromItem.Table(TSqlNames.Table(table)));
        var limit = top as IntegerLiteral;
        return new FromItem.Derived(query with
        {
            HasLimit = top is not null,
            Limit = limit is not null && long.TryParse(limit.Value, out var rows) ? rows : null,
        });
    }

    // The rows of the table and what the function says of each stand side by side, each with an alias.
    private FromItem.Join Beside(string function, TableReferenceWithAlias source, TableReference table)
    {
        var call = new Expression.Call([function], parts.Rest.Expressions(source));
        return new FromItem.Join(Read(table), new FromItem.Functions([call]) { Alias = source.Alias?.Value }, JoinKind.Inner);
    }

    private Query Listed(string function, TableReference source, params FromItem[] from) => AllOf(from) with
    {
        Outputs = [new Output(new Expression.Star(null)), new Output(new Expression.Call([function], parts.Rest.Expressions(source)))],
    };

    private FromItem.Functions Function(TableReference source)
    {
        string[]? name = source switch
        {
            SchemaObjectFunctionTableReference f => TSqlNames.Parts(f.SchemaObject),
            GlobalFunctionTableReference f => [f.Name.Value],
            BuiltInFunctionTableReference f => [f.Name.Value],
            VariableMethodCallTableReference f => [f.MethodName.Value],
            OpenJsonTableReference => ["openjson"],
            OpenXmlTableReference => ["openxml"],
            OpenQueryTableReference => ["openquery"],
            OpenRowsetTableReference or BulkOpenRowset or InternalOpenRowset or OpenRowsetCosmos => ["openrowset"],
            AdHocTableReference => ["opendatasource"],
            AIGenerateChunksTableReference => ["ai_generate_chunks"],
            _ => null,
        };
        var namesTable = source is OpenRowsetTableReference or AdHocTableReference;
        return name is null
            ? throw new TSqlUnreadableException("takes rows from something that is not understood", source)
            : new FromItem.Functions([new Expression.Call(name, namesTable ? parts.Rest.ExpressionsAndTables(source) : parts.Rest.Expressions(source))]);
    }
}
