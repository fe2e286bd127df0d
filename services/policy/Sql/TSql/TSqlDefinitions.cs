using Chaperone.Policy.Sql.Trees;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Chaperone.Policy.Sql.TSql;

/// <summary>Reads statements that change definitions and rights. What is none of the known ones is opaque.</summary>
internal sealed class TSqlDefinitions(TSqlParts parts)
{
    public Statement Read(TSqlStatement statement)
    {
        var read = parts.Rest.Gather(statement, new Statement(Kind(statement)));
        return statement switch
        {
            ViewStatementBody s => read with { Query = View(s), Names = TSqlNames.Table(s.SchemaObjectName), Inner = [] },
            ProcedureStatementBody s => read with { Names = TSqlNames.Table(s.ProcedureReference.Name), IsOpaque = s.MethodSpecifier is not null },
            FunctionStatementBody { ReturnType: SelectFunctionReturnType r } s => read with { Names = TSqlNames.Table(s.Name), Query = parts.Queries.Read(r.SelectStatement), Inner = [] },
            FunctionStatementBody s => read with { Names = TSqlNames.Table(s.Name), IsOpaque = s.MethodSpecifier is not null },
            TriggerStatementBody s => read with { Names = TSqlNames.Table(s.Name), IsOpaque = s.MethodSpecifier is not null },
            CreateTableStatement { SelectStatement: { } select } s => read with { Names = TSqlNames.Table(s.SchemaObjectName), Query = parts.Queries.Read(select), Inner = [] },
            AlterTableAddTableElementStatement s => read with
            {
                Remade = [.. s.Definition.ColumnDefinitions.Select(c => c.ColumnIdentifier.Value)],
                IsRenaming = s.Definition.ColumnDefinitions.Any(c => c.ComputedColumnExpression is not null),
            },
            AlterTableAlterColumnStatement s => read with { Remade = [s.ColumnIdentifier.Value] },
            _ => read with { IsRenaming = IsRenaming(statement), IsOpaque = read.Kind == StatementKind.Other },
        };
    }

    private Query View(ViewStatementBody view)
    {
        var query = parts.Queries.Read(view.SelectStatement);
        var names = view.Columns ?? [];
        var isPlain = names.Count == query.Outputs.Length && !query.Outputs.Any(o => o.Value is Expression.Star);
        return isPlain ? query with { Outputs = [.. query.Outputs.Zip(names, (output, name) => output with { Name = name.Value })] } : query;
    }

    // Each of them makes a table reachable under a second name.
    private static bool IsRenaming(TSqlStatement statement) => statement switch
    {
        CreateSynonymStatement or RenameEntityStatement or AlterSchemaStatement or AlterTableSwitchStatement => true,
        AlterDatabaseModifyNameStatement or ExternalTableStatement or AlterTableSetStatement => true,
        CreateTableStatement t => t.CloneSource is not null || t.Options.Any(o => o is SystemVersioningTableOption),
        CreateDatabaseStatement d => d.DatabaseSnapshot is not null || d.CopyOf is not null || d.AttachMode != AttachMode.None,
        _ => false,
    };

    private static StatementKind Kind(TSqlStatement statement)
    {
        var name = statement.GetType().Name;
        return statement switch
        {
            _ when IsOfRights(statement) => StatementKind.Grant,
            _ when name.StartsWith("Create", StringComparison.Ordinal) || name.StartsWith("Alter", StringComparison.Ordinal) => StatementKind.Ddl,
            _ when name.StartsWith("Drop", StringComparison.Ordinal) || name.StartsWith("Rename", StringComparison.Ordinal) => StatementKind.Ddl,
            EnableDisableTriggerStatement => StatementKind.Ddl,
            _ => StatementKind.Other,
        };
    }

    private static bool IsOfRights(TSqlStatement statement) => statement switch
    {
        SecurityStatement or SecurityStatementBody80 or SecurityPolicyStatement or AlterAuthorizationStatement => true,
        RoleStatement or ApplicationRoleStatement or UserStatement or CreateLoginStatement or AlterLoginStatement => true,
        DropRoleStatement or DropApplicationRoleStatement or DropUserStatement or DropLoginStatement or DropServerRoleStatement => true,
        ExecuteAsStatement or RevertStatement or SetUserStatement or SignatureStatementBase or CredentialStatement => true,
        ServerAuditStatement or AuditSpecificationStatement or OpenMasterKeyStatement or OpenSymmetricKeyStatement => true,
        _ => false,
    };
}
