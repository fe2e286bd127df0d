namespace Chaperone.Approval;

/// <summary>Where requests for approval are kept.</summary>
public enum ApprovalStoreKind
{
    /// <summary>A SQLite file; jobs are re-derived from it at start.</summary>
    Sqlite = 0,

    /// <summary>PostgreSQL; jobs are kept there as well.</summary>
    PostgreSql = 1,
}
