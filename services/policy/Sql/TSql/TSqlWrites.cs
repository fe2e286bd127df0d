using Chaperone.Policy.Sql.Trees;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Chaperone.Policy.Sql.TSql;

/// <summary>Reads INSERT, UPDATE, DELETE and MERGE.</summary>
internal sealed class TSqlWrites(TSqlParts parts)
{
    public Statement Read(DataModificationStatement statement)
    {
        DataModificationSpecification specification = statement switch
        {
            InsertStatement s => s.InsertSpecification,
            UpdateStatement s => s.UpdateSpecification,
            DeleteStatement s => s.DeleteSpecification,
            MergeStatement s => s.MergeSpecification,
            _ => throw new TSqlUnreadableException("writes in a way that is not understood", statement),
        };
        var with = parts.Queries.With(statement.WithCtesAndXmlNamespaces);
        return Read(specification, with);
    }

    /// <summary>The rows that a write within FROM hands out.</summary>
    public FromItem Source(DataModificationSpecification specification)
    {
        var statement = Read(specification, []);
        if (statement.IsOpaque || statement.Inner.Length > 0)
        {
            throw new TSqlUnreadableException("takes rows from a write that is not understood", specification);
        }

        var written = new CommonTable("(written)", [], false) { Write = statement.Write };
        return new FromItem.Derived(TSqlSources.AllOf(new FromItem.Table(new TableName([written.Name]))) with { With = [written] });
    }

    private Statement Read(DataModificationSpecification specification, CommonTable[] with)
    {
        var (kind, write) = specification switch
        {
            InsertSpecification s => (StatementKind.Insert, Insert(s)),
            UpdateSpecification s => (StatementKind.Update, Update(s)),
            DeleteSpecification s => (StatementKind.Delete, Delete(s)),
            MergeSpecification s => (StatementKind.Merge, Merge(s)),
            _ => throw new TSqlUnreadableException("writes in a way that is not understood", specification),
        };
        var (limit, limitParts) = parts.Queries.Top(specification.TopRowFilter);

        // A variable can add up every row, which TOP does not bound.
        var written = write with
        {
            With = with,
            Limit = write.Returning.Length > 0 ? null : limit,
            Values = [.. write.Values, .. limitParts],
        };
        var statement = new Statement(kind)
        {
            Write = Returning(written, specification),
            Tables = Both(specification) is { } into ? [into] : [],
            Expressions = Remote(specification),
            IsOpaque = specification.Target is not (NamedTableReference or VariableTableReference),
        };
        return specification is InsertSpecification { InsertSource: ExecuteInsertSource run } ? Running(statement, run) : statement;
    }

    private Statement Running(Statement statement, ExecuteInsertSource source)
    {
        var run = parts.Calls.Read(source.Execute);
        return statement with { Inner = [run], IsOpaque = statement.IsOpaque || run.IsOpaque };
    }

    private Expression[] Remote(DataModificationSpecification specification) => specification.Target switch
    {
        NamedTableReference or VariableTableReference => [],
        { } target => [new Expression.Nested(TSqlSources.AllOf(parts.Sources.Read(target)), NestedUse.Compared)],
        _ => [],
    };

    private Write Insert(InsertSpecification insert) => new(StatementKind.Insert, Target(insert.Target))
    {
        Columns = Columns(insert.Columns),
        Source = insert.InsertSource switch
        {
            SelectInsertSource s => parts.Queries.Read(s.Select),
            ValuesInsertSource { IsDefaultValues: true } => new Query { ValueRows = 1 },
            ValuesInsertSource s => parts.Queries.Values(s.RowValues),
            ExecuteInsertSource => null,
            _ => throw new TSqlUnreadableException("inserts something that is not understood", insert),
        },
    };

    private Write Update(UpdateSpecification update)
    {
        var from = parts.Sources.Read(update.FromClause);
        return Aimed(new Write(StatementKind.Update, Target(update.Target)), from) with
        {
            Where = Where(update.WhereClause),
            Values = [.. update.SetClauses.Select(Value)],
            Columns = [.. update.SetClauses.Select(Column).OfType<string>()],
            Returning = [.. Kept(update.SetClauses)],
        };
    }

    private Write Delete(DeleteSpecification delete) =>
        Aimed(new Write(StatementKind.Delete, Target(delete.Target)), parts.Sources.Read(delete.FromClause)) with { Where = Where(delete.WhereClause) };

    private Write Merge(MergeSpecification merge)
    {
        var values = new List<Expression>();
        foreach (var clause in merge.ActionClauses)
        {
            values.AddRange(parts.Rest.Expressions(clause));
        }

        return new Write(StatementKind.Merge, Target(merge.Target))
        {
            Alias = merge.TableAlias?.Value,
            From = [parts.Sources.Read(merge.TableReference)],
            Where = parts.Conditions.Read(merge.SearchCondition),
            Values = [.. values],
            Assigned = [.. merge.ActionClauses.Select(c => c.Action).OfType<UpdateMergeAction>().SelectMany(a => a.SetClauses).Select(c => (Column(c) ?? "", Value(c)))],
            Returning = [.. merge.ActionClauses.Select(c => c.Action).OfType<UpdateMergeAction>().SelectMany(a => Kept(a.SetClauses))],
        };
    }

    // What goes to a variable leaves the table.
    private IEnumerable<Output> Kept(IList<SetClause> clauses) =>
        clauses.OfType<AssignmentSetClause>().Where(c => c.Variable is not null).Select(c => new Output(parts.Expressions.Read(c.NewValue)));

    // The target may be named by the alias that it has in FROM, or stand there once under its own name.
    private static Write Aimed(Write write, FromItem[] from)
    {
        var name = write.Target.Parts;
        var items = from.SelectMany(Leaves).ToList();
        var aliased = name.Length > 1 ? null : items.Find(i => string.Equals(i.Alias, name[0], StringComparison.OrdinalIgnoreCase));
        var same = items.OfType<FromItem.Table>().Where(t => t.Name.Parts.SequenceEqual(name, StringComparer.OrdinalIgnoreCase)).ToList();
        return (aliased, same) switch
        {
            (FromItem.Table table, _) => write with { Target = table.Name, Alias = table.Alias, From = from },
            (FromItem.Derived derived, _) => write with { Target = Base(derived.Query), Alias = derived.Alias, From = from },
            (not null, _) => throw new TSqlUnreadableException("writes to something that is not understood"),
            (null, [{ } table]) => write with { Alias = table.Alias, From = from },
            _ => write with { From = from },
        };
    }

    private static TableName Base(Query query) => query.From.SelectMany(Leaves).ToList() switch
    {
        [FromItem.Table table] => table.Name,
        [FromItem.Derived derived] => Base(derived.Query),
        _ => throw new TSqlUnreadableException("writes to a query of several tables"),
    };

    private static IEnumerable<FromItem> Leaves(FromItem item) =>
        item is FromItem.Join join ? Leaves(join.Left).Concat(Leaves(join.Right)) : [item];

    private Write Returning(Write write, DataModificationSpecification specification)
    {
        Output[] stored = specification.OutputIntoClause is { } into ? parts.Queries.Outputs(into.SelectColumns) : [];
        Output[] handedOut = specification.OutputClause is { } output ? parts.Queries.Outputs(output.SelectColumns) : [];
        var isStored = specification.OutputIntoClause is not null && handedOut.Length == 0 && write.Returning.Length == 0;
        return write with
        {
            Returning = [.. write.Returning, .. stored, .. handedOut],
            ReturningInto = isStored ? Target(specification.OutputIntoClause!.IntoTable) : null,
        };
    }

    // Rows that are both stored and handed out count as handed out; the table they are stored in is named apart.
    private TableName? Both(DataModificationSpecification specification) =>
        specification.OutputIntoClause is { } into ? Target(into.IntoTable) : null;

    private TableName Target(TableReference target)
    {
        parts.Mark(target);
        return target switch
        {
            NamedTableReference t => TSqlNames.Table(t.SchemaObject),
            VariableTableReference v => new TableName([v.Variable.Name]),
            _ => new TableName(["(remote)"]),
        };
    }

    private static string[] Columns(IList<ColumnReferenceExpression> columns) =>
        [.. columns.Where(c => c.MultiPartIdentifier is not null).Select(c => c.MultiPartIdentifier.Identifiers[^1].Value)];

    private Expression? Where(WhereClause? where) => where switch
    {
        null => null,
        { SearchCondition: { } condition } => parts.Conditions.Read(condition),
        _ => new Expression.Other([]),
    };

    private Expression Value(SetClause clause) => clause switch
    {
        AssignmentSetClause a => parts.Expressions.Read(a.NewValue),
        FunctionCallSetClause f => parts.Expressions.Read(f.MutatorFunction),
        _ => throw new TSqlUnreadableException("sets something that is not understood", clause),
    };

    private static string? Column(SetClause clause) => clause switch
    {
        AssignmentSetClause a => a.Column?.MultiPartIdentifier?.Identifiers[^1].Value,
        FunctionCallSetClause { MutatorFunction.CallTarget: MultiPartIdentifierCallTarget t } => t.MultiPartIdentifier.Identifiers[^1].Value,
        _ => null,
    };
}
