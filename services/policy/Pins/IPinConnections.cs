using System.Data.Common;

namespace Chaperone.Policy.Pins;

/// <summary>Where pins are kept: SQLite or PostgreSQL, reached in one way. The SQL above it is the same for both.</summary>
internal interface IPinConnections : IAsyncDisposable
{
    /// <summary>Type of a whole number of 64 bits.</summary>
    string LongType { get; }

    /// <summary>What has to stand before the tables; empty where nothing has.</summary>
    string CreateSchema { get; }

    /// <summary>Prefix of the tables' names.</summary>
    string Prefix { get; }

    /// <summary>An open connection; the store is there, its tables may not be.</summary>
    /// <exception cref="DbException">It cannot be reached.</exception>
    Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Begins a transaction that no other process's can overtake. Durable once committed.</summary>
    Task<DbTransaction> BeginAsync(DbConnection connection, CancellationToken cancellationToken);
}
