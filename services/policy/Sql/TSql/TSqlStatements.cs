using Chaperone.Policy.Sql.Trees;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Chaperone.Policy.Sql.TSql;

/// <summary>Reads statements that run: what they define stands in <see cref="TSqlDefinitions"/>.</summary>
internal sealed class TSqlStatements(TSqlParts parts)
{
    public Statement Read(TSqlStatement statement)
    {
        using var level = parts.Enter(statement);
        return statement switch
        {
            SelectStatement s => Select(s),
            DataModificationStatement s => parts.Writes.Read(s),
            ExecuteStatement s => parts.Calls.Read(s.ExecuteSpecification),
            DeclareCursorStatement s => Cursor(s.CursorDefinition, s.Name.Value),
            SetVariableStatement { CursorDefinition: { } cursor } s => Cursor(cursor, s.Variable.Name),
            FetchCursorStatement s => new Statement(StatementKind.Select) { IsOpaque = true, Handle = s.Cursor.Name.Value, Expressions = parts.Rest.Expressions(s.FetchType ?? (TSqlFragment)s.Cursor) },
            CursorStatement s => new Statement(StatementKind.Other) { Handle = s.Cursor.Name.Value },
            PrintStatement s => new Statement(StatementKind.Select) { Query = new Query { Outputs = [new Output(parts.Expressions.Read(s.Expression))] } },
            DbccStatement s => Dbcc(s),
            BulkInsertBase s => Of(s, StatementKind.Copy) with { Write = new Write(StatementKind.Insert, TSqlNames.Table(s.To)) },
            CopyStatement s => Of(s, StatementKind.Copy) with { Write = new Write(StatementKind.Insert, TSqlNames.Table(s.Into)) },
            BackupStatement or RestoreStatement => Of(statement, StatementKind.Copy) with { IsOpaque = true },
            ReadTextStatement => Of(statement, StatementKind.Select) with { IsOpaque = true },
            TextModificationStatement => Of(statement, StatementKind.Update) with { IsOpaque = true },
            WhileStatement s => Of(s, StatementKind.Do) with { IsRepeated = true },
            GoToStatement => Of(statement, StatementKind.Do) with { IsOpaque = true },
            _ when Kind(statement) is { } kind => Of(statement, kind),
            _ => parts.Definitions.Read(statement),
        };
    }

    private Statement Of(TSqlStatement statement, StatementKind kind) => parts.Rest.Gather(statement, new Statement(kind));

    private Statement Select(SelectStatement statement)
    {
        var query = parts.Queries.Read(statement);
        return new Statement(query.Into is null ? StatementKind.Select : StatementKind.Insert) { Query = query };
    }

    private Statement Cursor(CursorDefinition cursor, string name) =>
        new(StatementKind.Select) { Query = parts.Queries.Read(cursor.Select), Handle = name };

    private static StatementKind? Kind(TSqlStatement statement) => statement switch
    {
        IfStatement or BeginEndBlockStatement or TryCatchStatement => StatementKind.Do,
        DeclareVariableStatement or DeclareTableVariableStatement or SetVariableStatement => StatementKind.Set,
        SetOnOffStatement or SetCommandStatement or SetRowCountStatement or SetTextSizeStatement => StatementKind.Set,
        SetTransactionIsolationLevelStatement or SetErrorLevelStatement or UseStatement => StatementKind.Set,
        TransactionStatement => StatementKind.Transaction,
        TruncateTableStatement => StatementKind.Truncate,
        BreakStatement or ContinueStatement or LabelStatement or ReturnStatement or LineNoStatement => StatementKind.Other,
        RaiseErrorStatement or RaiseErrorLegacyStatement or ThrowStatement => StatementKind.Other,
        CheckpointStatement or KillStatement or KillStatsJobStatement or ShutdownStatement or ReconfigureStatement => StatementKind.Other,
        WaitForStatement or UpdateStatisticsStatement => StatementKind.Other,
        _ => null,
    };

    // A histogram holds raw values of its column. Pages, buffers and whatever else is not listed hold raw rows.
    private Statement Dbcc(DbccStatement statement)
    {
        var read = Of(statement, StatementKind.Other);
        switch (statement.Command)
        {
            case DbccCommand.ShowStatistics:
                var table = statement.Literals is [{ Value: Literal { Value: { } text } }, ..] ? TSqlNames.FromText(text) : null;
                return read with { Kind = StatementKind.Show, WholeTables = table is null ? [] : [table], IsOpaque = table is null };
            case DbccCommand.OpenTran or DbccCommand.UserOptions or DbccCommand.TraceStatus or DbccCommand.SqlPerf or DbccCommand.ShowContig or DbccCommand.Help:
                return read with { Kind = StatementKind.Show };
            case DbccCommand.CheckAlloc or DbccCommand.CheckCatalog or DbccCommand.CheckDB or DbccCommand.CheckTable or DbccCommand.CheckIdent:
                return read;
            default:
                return read with { IsOpaque = true };
        }
    }
}
