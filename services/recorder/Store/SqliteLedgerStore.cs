using System.Globalization;
using Chaperone.Ledger;
using Microsoft.Data.Sqlite;

namespace Chaperone.Recorder.Store;

/// <summary>The ledger in one SQLite file: one writer connection, readers beside it (WAL). A commit is an fsync (synchronous=FULL).</summary>
/// <param name="path">The file.</param>
/// <param name="readOnly">True to read it offline: nothing is created, locked or changed.</param>
internal sealed class SqliteLedgerStore(string path, bool readOnly = false) : ILedgerStore
{
    private const string LeafColumns = "l.idx, l.event, l.hash, l.bytes, l.kind, l.session, l.edge, l.epoch, l.number";

    /// <summary>Head and open log in one statement, so that they are of one moment.</summary>
    internal const string HeadWithLog =
        "SELECT h.size, h.root, h.range, h.epoch, coalesce(l.number, 0), coalesce(l.first, 0) FROM head h LEFT JOIN log l ON l.number = (SELECT max(number) FROM log)";

    // Guards _writer: appends and the checkpoint row share the one writer connection.
    private readonly SemaphoreSlim _writing = new(1, 1);
    private SqliteConnection? _writer;
    private SqliteAppendCommands? _commands;

    public string Name => path;

    /// <summary>The writer connection, for tests that fill the disk or hold the lock.</summary>
    internal SqliteConnection Writer => _writer ?? throw new InvalidOperationException("The store is not open.");

    public async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (!readOnly && _writer is null)
            {
                var writer = SqliteDatabase.OpenWriter(path, SqliteSchema.Versions, durable: true);
                _commands = new SqliteAppendCommands(writer);
                _writer = writer;
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    public async ValueTask<IAppend> BeginAppendAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            return new SqliteAppend(_commands ?? throw new InvalidOperationException("The store is not open."), _writing);
        }
        catch
        {
            _writing.Release();
            throw;
        }
    }

    public ValueTask<LedgerHead> ReadHeadAsync(CancellationToken cancellationToken)
    {
        using var connection = OpenReader();
        using var command = Command(connection, HasLogs(connection) ? HeadWithLog : "SELECT size, root, range, epoch, 0, 0 FROM head");
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? ValueTask.FromResult(ReadHead(reader))
            : throw new InvalidDataException($"{path} has no tree head.");
    }

    public ValueTask<IReadOnlyList<YearLog>> ReadLogsAsync(CancellationToken cancellationToken)
    {
        using var connection = OpenReader();
        if (!HasLogs(connection))
        {
            return ValueTask.FromResult<IReadOnlyList<YearLog>>([YearLog.Only]);
        }

        using var command = Command(connection, "SELECT number, origin, year, first, opened_at, closed_size, closed_root, closed_note FROM log ORDER BY number");
        using var reader = command.ExecuteReader();
        var rows = new List<YearLogRow>();
        while (reader.Read())
        {
            var log = new YearLog(
                reader.GetInt32(0), reader.GetString(1), reader.GetInt32(2), reader.GetInt64(3), DateTimeOffset.Parse(reader.GetString(4), CultureInfo.InvariantCulture));
            rows.Add(new YearLogRow(log, YearLogRow.Closed(
                reader.IsDBNull(5) ? null : reader.GetInt64(5), Bytes(reader, 6), reader.IsDBNull(7) ? null : reader.GetString(7))));
        }

        return ValueTask.FromResult(YearLogRow.ToLogs(rows));
    }

    public async ValueTask WriteFirstLogAsync(YearLog log, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            using var command = Command(
                Writer,
                "INSERT INTO log VALUES (0, $origin, $year, 0, $at, NULL, NULL, NULL) ON CONFLICT DO NOTHING",
                ("$origin", log.Origin),
                ("$year", log.Year),
                ("$at", Time(log.OpenedAt)));
            command.ExecuteNonQuery();
        }
        finally
        {
            _writing.Release();
        }
    }

    public ValueTask<long> ReadLastIndexAsync(CancellationToken cancellationToken)
    {
        using var connection = OpenReader();
        using var command = Command(connection, "SELECT coalesce(max(idx), -1) FROM leaf");
        return ValueTask.FromResult((long)command.ExecuteScalar()!);
    }

    public ValueTask<IReadOnlyList<StoredLeaf>> ReadLeavesAsync(long from, int limit, CancellationToken cancellationToken)
    {
        using var connection = OpenReader();
        using var command = Command(connection, $"SELECT {LeafColumns} FROM leaf l WHERE l.idx >= $from ORDER BY l.idx LIMIT $limit", ("$from", from), ("$limit", limit));
        using var reader = command.ExecuteReader();
        var leaves = new List<StoredLeaf>();
        while (reader.Read())
        {
            leaves.Add(ReadLeaf(reader));
        }

        return ValueTask.FromResult<IReadOnlyList<StoredLeaf>>(leaves);
    }

    public ValueTask<IReadOnlyList<StoredRecord>> ReadRecordsAsync(long from, int limit, CancellationToken cancellationToken) =>
        ReadRecords("l.idx >= $from", cancellationToken, ("$from", from), ("$limit", limit));

    public ValueTask<IReadOnlyList<StoredRecord>> ReadSessionAsync(Guid sessionId, long from, int limit, CancellationToken cancellationToken) =>
        ReadRecords("l.session = $session AND l.idx >= $from", cancellationToken, ("$session", sessionId.ToByteArray(bigEndian: true)), ("$from", from), ("$limit", limit));

    public ValueTask<PublishedCheckpoint?> ReadCheckpointAsync(CancellationToken cancellationToken)
    {
        using var connection = OpenReader();
        using var command = Command(connection, "SELECT size, signed_at, note FROM checkpoint");
        using var reader = command.ExecuteReader();
        return ValueTask.FromResult(reader.Read()
            ? new PublishedCheckpoint(reader.GetInt64(0), DateTimeOffset.Parse(reader.GetString(1), CultureInfo.InvariantCulture), reader.GetString(2))
            : null);
    }

    public async ValueTask WriteCheckpointAsync(PublishedCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            using var command = Command(
                Writer,
                """
                INSERT INTO checkpoint VALUES (1, $size, $at, $note)
                ON CONFLICT (one) DO UPDATE SET size = $size, signed_at = $at, note = $note WHERE excluded.size >= checkpoint.size
                """,
                ("$size", checkpoint.Size),
                ("$at", Time(checkpoint.SignedAt)),
                ("$note", checkpoint.Note));
            command.ExecuteNonQuery();
        }
        finally
        {
            _writing.Release();
        }
    }

    public ValueTask<string?> CheckPagesAsync(CancellationToken cancellationToken)
    {
        using var connection = OpenReader();
        using var check = Command(connection, "PRAGMA integrity_check(1)");
        check.CommandTimeout = 0;
        var found = (string?)check.ExecuteScalar();
        if (found != "ok")
        {
            return ValueTask.FromResult<string?>(found ?? "integrity_check gave no answer");
        }

        using var orphan = Command(connection, "SELECT idx FROM record WHERE idx NOT IN (SELECT idx FROM leaf) LIMIT 1");
        orphan.CommandTimeout = 0;
        return ValueTask.FromResult(orphan.ExecuteScalar() is { } index ? $"record {index} has no leaf" : null);
    }

    public async ValueTask DisposeAsync()
    {
        await _writing.WaitAsync(CancellationToken.None);

        // The writer closes last: only it can fold the WAL into the file.
        SqliteDatabase.CloseReaders(path);
        _commands?.Dispose();
        _writer?.Dispose();
        _commands = null;
        _writer = null;
        _writing.Release();
    }

    internal static LedgerHead ReadHead(SqliteDataReader reader)
    {
        var root = reader.GetFieldValue<byte[]>(1);
        return root.Length == MerkleHash.Size
            ? new LedgerHead(reader.GetInt64(0), MerkleHash.Read(root), reader.GetFieldValue<byte[]>(2), reader.GetInt64(3), reader.GetInt32(4), reader.GetInt64(5))
            : throw new InvalidDataException("The tree head's root does not have 32 bytes.");
    }

    internal static string Time(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    // A file of an earlier version that is only read is not migrated.
    private static bool HasLogs(SqliteConnection connection)
    {
        using var command = Command(connection, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'log'");
        return command.ExecuteScalar() is not null;
    }

    private SqliteConnection OpenReader() => readOnly ? SqliteDatabase.OpenOffline(path) : SqliteDatabase.OpenReader(path);

    private ValueTask<IReadOnlyList<StoredRecord>> ReadRecords(string where, CancellationToken cancellationToken, params (string Name, object Value)[] values)
    {
        using var connection = OpenReader();
        using var command = Command(
            connection,
            $"SELECT {LeafColumns}, r.header, r.object FROM leaf l LEFT JOIN record r ON r.idx = l.idx WHERE {where} ORDER BY l.idx LIMIT $limit",
            values);
        using var reader = command.ExecuteReader();
        var records = new List<StoredRecord>();
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            records.Add(new StoredRecord(ReadLeaf(reader), Bytes(reader, 9), Bytes(reader, 10)));
        }

        return ValueTask.FromResult<IReadOnlyList<StoredRecord>>(records);
    }

    private static StoredLeaf ReadLeaf(SqliteDataReader reader) => new()
    {
        Index = reader.GetInt64(0),
        EventId = ReadGuid(reader, 1),
        Hash = reader.GetFieldValue<byte[]>(2),
        Bytes = reader.GetFieldValue<byte[]>(3),
        Kind = reader.GetInt32(4),
        SessionId = reader.IsDBNull(5) ? null : ReadGuid(reader, 5),
        Edge = reader.IsDBNull(6) ? null : reader.GetString(6),
        Epoch = reader.IsDBNull(7) ? null : reader.GetInt64(7),
        Number = reader.IsDBNull(8) ? null : reader.GetInt64(8),
    };

    // A blob of another length was tampered with: it then equals no id, and the verifier says so.
    private static Guid ReadGuid(SqliteDataReader reader, int column) =>
        reader.GetFieldValue<byte[]>(column) is { Length: 16 } bytes ? new Guid(bytes, bigEndian: true) : Guid.Empty;

    private static byte[]? Bytes(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<byte[]>(column);

    private static SqliteCommand Command(SqliteConnection connection, string sql, params (string Name, object Value)[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
}
