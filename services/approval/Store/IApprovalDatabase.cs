namespace Chaperone.Approval.Store;

/// <summary>
/// Where requests are kept: SQLite or PostgreSQL. The SQL above it is the same for both.
/// A write is durable when <see cref="WriteAsync"/> returns; when it throws, it may have been committed or not, but never half.
/// Writes may run at once, in several processes; rows read with <see cref="LockClause"/> stay as read until the write ends.
/// </summary>
internal interface IApprovalDatabase
{
    /// <summary>Appended to a SELECT inside a write so that nobody else changes those rows meanwhile; empty where a write excludes all others.</summary>
    string LockClause { get; }

    /// <summary>Type of a row number that the database counts up itself.</summary>
    string IdentityType { get; }

    /// <summary>Type of a column of bytes.</summary>
    string BytesType { get; }

    /// <summary>Runs <paramref name="work"/> in one transaction and commits it.</summary>
    Task<T> WriteAsync<T>(Func<DbSession, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>Runs <paramref name="work"/> without a transaction of its own.</summary>
    Task<T> ReadAsync<T>(Func<DbSession, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>Runs <paramref name="work"/> in one transaction while no other process does the same; for schema changes.</summary>
    Task UpgradeAsync(Func<DbSession, Task> work, CancellationToken cancellationToken);
}
