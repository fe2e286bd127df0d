using Microsoft.Data.Sqlite;

namespace Chaperone.Recorder.Store;

/// <summary>Opens SQLite files as the recorder wants them: WAL, owner-only folder, schema migrated forward.</summary>
internal static class SqliteDatabase
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Longest wait for a lock that another process holds, in seconds; shorter than the journal's patience, so that the cause is told.</summary>
    private const int LockWaitSeconds = 1;

    /// <summary>Opens for writing, creating file and folder. Each commit of a <paramref name="durable"/> file is on disk when it returns; one that is not durable may lose its last commits in a power cut, but is never torn.</summary>
    public static SqliteConnection OpenWriter(string path, IReadOnlyList<string> schema, bool durable)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!, OwnerOnly);
        var connection = Open(path, SqliteOpenMode.ReadWriteCreate, pooling: false);
        try
        {
            Execute(connection, $"PRAGMA journal_mode=WAL; PRAGMA synchronous={(durable ? "FULL" : "NORMAL")}; PRAGMA wal_autocheckpoint=4000;");
            Migrate(connection, path, schema);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens for reading beside a writer.</summary>
    public static SqliteConnection OpenReader(string path) => Open(path, SqliteOpenMode.ReadOnly, pooling: true);

    /// <summary>Opens a file that nobody writes, leaving no trace beside it; a live one (with a WAL file) is read beside its writer.</summary>
    public static SqliteConnection OpenOffline(string path) => File.Exists(path + "-wal")
        ? Open(path, SqliteOpenMode.ReadOnly, pooling: false)
        : Open(new Uri(Path.GetFullPath(path)).AbsoluteUri + "?immutable=1", SqliteOpenMode.ReadOnly, pooling: false);

    /// <summary>Closes the readers that wait for the next question, so that the file can be moved or replaced.</summary>
    public static void CloseReaders(string path)
    {
        using var connection = new SqliteConnection(ConnectionString(path, SqliteOpenMode.ReadOnly, pooling: true));
        SqliteConnection.ClearPool(connection);
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode, bool pooling)
    {
        var connection = new SqliteConnection(ConnectionString(path, mode, pooling));
        connection.Open();
        return connection;
    }

    private static string ConnectionString(string path, SqliteOpenMode mode, bool pooling) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = mode,
        Pooling = pooling,
        DefaultTimeout = LockWaitSeconds,
    }.ToString();

    private static void Migrate(SqliteConnection connection, string path, IReadOnlyList<string> schema)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var version = ReadVersion(connection, transaction);
        if (version > schema.Count)
        {
            throw new InvalidDataException($"{path} was written by a newer version of Chaperone (schema {version}, this one knows {schema.Count}). Run that version.");
        }

        for (var i = version; i < schema.Count; i++)
        {
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = $"{schema[(int)i]} PRAGMA user_version = {i + 1};";
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private static long ReadVersion(SqliteConnection connection, SqliteTransaction transaction)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "PRAGMA user_version;";
        return (long)command.ExecuteScalar()!;
    }
}
