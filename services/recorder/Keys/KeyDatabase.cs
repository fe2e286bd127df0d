using System.Data.Common;

namespace Chaperone.Recorder.Keys;

/// <summary>
/// Where wrapped keys, holds and orders lie: apart from the ledger, which can forget nothing. The statements are the same for
/// SQLite and PostgreSQL. A write is on disk when it returns; what is overwritten can be wiped. Thread-safe.
/// </summary>
internal abstract class KeyDatabase : IAsyncDisposable
{
    /// <summary>What stands before a table's name.</summary>
    public abstract string Prefix { get; }

    /// <summary>Creates the schema, or migrates it forward; cheap once it is there.</summary>
    public abstract ValueTask OpenAsync(CancellationToken cancellationToken);

    /// <summary>Removes what was overwritten from the database's files, as far as the database can.</summary>
    public abstract void Wipe();

    public abstract ValueTask DisposeAsync();

    /// <summary>Reads rows.</summary>
    public List<T> Read<T>(string sql, Func<DbDataReader, T> map, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var connection = Reader();
        using var command = KeyCommand.Of(connection, null, sql, values);
        return KeyCommand.Read(command, map);
    }

    /// <summary>Runs <paramref name="work"/> in one transaction; nothing is written if it throws.</summary>
    public abstract T Write<T>(Func<KeyWriter, T> work);

    protected abstract DbConnection Reader();

    protected static T Run<T>(DbConnection connection, string prefix, Func<KeyWriter, T> work)
    {
        using var transaction = connection.BeginTransaction();
        var result = work(new KeyWriter(connection, transaction, prefix));
        transaction.Commit();
        return result;
    }

    protected static string Schema(string prefix, string blob) =>
        $"""
         CREATE TABLE {prefix}gate (one INTEGER PRIMARY KEY, turn BIGINT NOT NULL);
         INSERT INTO {prefix}gate VALUES (1, 0);
         CREATE TABLE {prefix}period (
           id TEXT PRIMARY KEY, month TEXT NOT NULL UNIQUE, root TEXT NOT NULL, meta {blob}, body {blob}, meta_order TEXT, body_order TEXT);
         CREATE TABLE {prefix}session (
           session TEXT NOT NULL, period TEXT NOT NULL, person TEXT NOT NULL, wrapped {blob}, shred_order TEXT, PRIMARY KEY (session, period));
         CREATE INDEX session_person ON {prefix}session (person);
         CREATE INDEX session_period ON {prefix}session (period);
         CREATE TABLE {prefix}hold (
           id TEXT PRIMARY KEY, target TEXT NOT NULL, reason_key TEXT NOT NULL, reason {blob} NOT NULL, set_act TEXT NOT NULL, lift_act TEXT);
         CREATE TABLE {prefix}shred (
           id TEXT PRIMARY KEY, target TEXT NOT NULL, scope INTEGER NOT NULL, state INTEGER NOT NULL, reason_key TEXT, reason {blob},
           asked TEXT NOT NULL, agreed TEXT NOT NULL, refused TEXT, done TEXT, keys BIGINT NOT NULL);
         """;

    /// <summary>Version 2: one key for what belongs to no month.</summary>
    protected static string StandingSchema(string prefix, string blob) =>
        $"CREATE TABLE {prefix}standing (one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL UNIQUE, root TEXT NOT NULL, wrapped {blob} NOT NULL);";
}
