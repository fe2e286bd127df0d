using Microsoft.Data.Sqlite;

namespace Chaperone.Recorder.Store;

/// <summary>The prepared statements of the hot path; used by one append at a time.</summary>
internal sealed class SqliteAppendCommands : IDisposable
{
    public SqliteAppendCommands(SqliteConnection connection)
    {
        Begin = Prepare(connection, "BEGIN IMMEDIATE");
        Commit = Prepare(connection, "COMMIT");
        Rollback = Prepare(connection, "ROLLBACK");
        ReadHead = Prepare(connection, SqliteLedgerStore.HeadWithLog);
        FindEvent = Prepare(connection, "SELECT 1 FROM leaf WHERE event = $event", "$event");
        AddLeaf = Prepare(
            connection,
            "INSERT INTO leaf VALUES ($idx, $event, $hash, $bytes, $kind, $session, $edge, $epoch, $number)",
            "$idx", "$event", "$hash", "$bytes", "$kind", "$session", "$edge", "$epoch", "$number");
        AddRecord = Prepare(connection, "INSERT INTO record VALUES ($idx, $header, $object)", "$idx", "$header", "$object");
        AddLog = Prepare(
            connection,
            "INSERT INTO log VALUES ($number, $origin, $year, $first, $at, $size, $root, $note)",
            "$number", "$origin", "$year", "$first", "$at", "$size", "$root", "$note");
        SwapHead = Prepare(
            connection,
            "UPDATE head SET size = $size, root = $root, range = $range WHERE size = $old AND root = $oldRoot AND epoch = $mine",
            "$size", "$root", "$range", "$old", "$oldRoot", "$mine");
    }

    public SqliteCommand Begin { get; }

    public SqliteCommand Commit { get; }

    public SqliteCommand Rollback { get; }

    public SqliteCommand ReadHead { get; }

    public SqliteCommand FindEvent { get; }

    public SqliteCommand AddLeaf { get; }

    public SqliteCommand AddRecord { get; }

    public SqliteCommand AddLog { get; }

    public SqliteCommand SwapHead { get; }

    public static void Set(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }

    public void Dispose()
    {
        foreach (var command in (ReadOnlySpan<SqliteCommand>)[Begin, Commit, Rollback, ReadHead, FindEvent, AddLeaf, AddRecord, AddLog, SwapHead])
        {
            command.Dispose();
        }
    }

    private static SqliteCommand Prepare(SqliteConnection connection, string sql, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name, Value = DBNull.Value });
        }

        command.Prepare();
        return command;
    }
}
