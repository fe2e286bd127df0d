using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Chaperone.Approval.Store;

/// <summary>A SQLite file (WAL, synchronous=FULL): a committed write survives a power cut.</summary>
internal sealed class SqliteDatabase : IApprovalDatabase, IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // SQLite has one writer, and its own waiting is a sleep: queue here instead. Other processes are met by its busy timeout.
    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly string _connectionString;
    private readonly string _directory;

    public SqliteDatabase(IOptions<ApprovalOptions> options)
    {
        _directory = options.Value.DataDirectory;
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(_directory, "approval.db"),
            DefaultTimeout = 5,
            ForeignKeys = true,
        }.ConnectionString;
    }

    public string LockClause => "";

    public string IdentityType => "INTEGER PRIMARY KEY AUTOINCREMENT";

    public string BytesType => "BLOB";

    public async Task<T> WriteAsync<T>(Func<DbSession, Task<T>> work, CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken);
        try
        {
            await using var connection = await OpenAsync(cancellationToken);

            // Not deferred: the write lock is taken at once, so what the work reads stays true until it commits.
            await using var transaction = connection.BeginTransaction(deferred: false);
            var result = await work(new DbSession(connection, transaction, cancellationToken));
            await transaction.CommitAsync(cancellationToken);
            return result;
        }
        finally
        {
            _writer.Release();
        }
    }

    public async Task<T> ReadAsync<T>(Func<DbSession, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        return await work(new DbSession(connection, null, cancellationToken));
    }

    public async Task UpgradeAsync(Func<DbSession, Task> work, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_directory, OwnerOnly);
        await using (var connection = await OpenAsync(cancellationToken))
        {
            await new DbSession(connection, null, cancellationToken).ExecuteAsync("PRAGMA journal_mode=WAL");
        }

        await WriteAsync(
            async session =>
            {
                await work(session);
                return true;
            },
            cancellationToken);
    }

    public void Dispose()
    {
        SqliteConnection.ClearPool(new SqliteConnection(_connectionString));
        _writer.Dispose();
    }

    private async Task<SqliteConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await new DbSession(connection, null, cancellationToken).ExecuteAsync("PRAGMA synchronous=FULL");
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
