using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.PostgreSql;

/// <summary>The kind of a statement, by the name of its node.</summary>
internal static class PgKinds
{
    private static readonly string[] Rights =
    [
        "GrantStmt", "GrantRoleStmt", "AlterDefaultPrivilegesStmt", "CreateRoleStmt", "AlterRoleStmt", "AlterRoleSetStmt", "DropRoleStmt",
        "CreatePolicyStmt", "AlterPolicyStmt", "AlterOwnerStmt", "ReassignOwnedStmt", "DropOwnedStmt", "CreateUserMappingStmt",
        "AlterUserMappingStmt", "DropUserMappingStmt",
    ];

    private static readonly string[] Definitions =
    [
        "Create", "Alter", "Drop", "Define", "Index", "Rule", "Comment", "SecLabel", "Reindex", "RefreshMatView", "ImportForeignSchema",
    ];

    /// <summary>The kind of <paramref name="type"/>.</summary>
    public static StatementKind Of(string type) => type switch
    {
        "TransactionStmt" => StatementKind.Transaction,
        "VariableShowStmt" => StatementKind.Show,
        "VariableSetStmt" or "ConstraintsSetStmt" or "DiscardStmt" or "AlterSystemStmt" => StatementKind.Set,
        "TruncateStmt" => StatementKind.Truncate,
        "ClosePortalStmt" or "DeallocateStmt" => StatementKind.Other,
        _ when Rights.Contains(type) => StatementKind.Grant,
        _ when Definitions.Any(d => type.StartsWith(d, StringComparison.Ordinal)) => StatementKind.Ddl,
        _ => StatementKind.Other,
    };
}
