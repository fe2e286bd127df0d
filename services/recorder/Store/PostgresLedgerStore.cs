using Chaperone.Ledger;
using Npgsql;

namespace Chaperone.Recorder.Store;

/// <summary>The ledger in PostgreSQL: any number of recorders append, one at a time by the row lock on the head.</summary>
/// <param name="source">Connections; disposed with the store.</param>
/// <param name="readOnly">True to read it only: nothing is created.</param>
internal sealed class PostgresLedgerStore(NpgsqlDataSource source, bool readOnly = false) : ILedgerStore
{
    private const string LeafColumns = "l.idx, l.event, l.hash, l.bytes, l.kind, l.session, l.edge, l.epoch, l.number";

    /// <summary>Head and open log in one statement, so that they are of one moment.</summary>
    internal const string HeadWithLog =
        "SELECT h.size, h.root, h.range, h.epoch, coalesce(l.number, 0), coalesce(l.first, 0) FROM recorder.head h LEFT JOIN recorder.log l ON l.number = (SELECT max(number) FROM recorder.log)";

    private volatile bool _migrated;

    public string Name { get; } = Describe(source);

    public async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        if (!readOnly && !_migrated)
        {
            await PostgresSchema.MigrateAsync(source, "recorder", PostgresSchema.Versions, cancellationToken);
            _migrated = true;
        }
    }

    public async ValueTask<IAppend> BeginAppendAsync(CancellationToken cancellationToken) => await PostgresAppend.BeginAsync(source, cancellationToken);

    public async ValueTask<LedgerHead> ReadHeadAsync(CancellationToken cancellationToken) =>
        (await ReadAsync(
            await HasLogsAsync(cancellationToken) ? HeadWithLog : "SELECT size, root, range, epoch, 0, 0::bigint FROM recorder.head", ReadHead, cancellationToken)) is [var head]
            ? head
            : throw new InvalidDataException($"{Name} has no tree head.");

    public async ValueTask<IReadOnlyList<YearLog>> ReadLogsAsync(CancellationToken cancellationToken) => await HasLogsAsync(cancellationToken)
        ? YearLogRow.ToLogs(await ReadAsync(
            "SELECT number, origin, year, first, opened_at, closed_size, closed_root, closed_note FROM recorder.log ORDER BY number", ReadLog, cancellationToken))
        : [YearLog.Only];

    public async ValueTask WriteFirstLogAsync(YearLog log, CancellationToken cancellationToken)
    {
        await using var command = Command(
            "INSERT INTO recorder.log (number, origin, year, first, opened_at) VALUES (0, $1, $2, 0, $3) ON CONFLICT DO NOTHING", log.Origin, log.Year, log.OpenedAt.ToUniversalTime());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async ValueTask<long> ReadLastIndexAsync(CancellationToken cancellationToken) =>
        (await ReadAsync("SELECT coalesce(max(idx), -1) FROM recorder.leaf", r => r.GetInt64(0), cancellationToken))[0];

    public async ValueTask<IReadOnlyList<StoredLeaf>> ReadLeavesAsync(long from, int limit, CancellationToken cancellationToken) =>
        await ReadAsync($"SELECT {LeafColumns} FROM recorder.leaf l WHERE l.idx >= $1 ORDER BY l.idx LIMIT $2", ReadLeaf, cancellationToken, from, limit);

    public async ValueTask<IReadOnlyList<StoredRecord>> ReadRecordsAsync(long from, int limit, CancellationToken cancellationToken) =>
        await ReadAsync(Records("l.idx >= $1"), ReadRecord, cancellationToken, from, limit);

    public async ValueTask<IReadOnlyList<StoredRecord>> ReadSessionAsync(Guid sessionId, long from, int limit, CancellationToken cancellationToken) =>
        await ReadAsync(Records("l.idx >= $1 AND l.session = $3"), ReadRecord, cancellationToken, from, limit, sessionId);

    public async ValueTask<PublishedCheckpoint?> ReadCheckpointAsync(CancellationToken cancellationToken) =>
        (await ReadAsync(
            "SELECT size, signed_at, note FROM recorder.checkpoint",
            r => new PublishedCheckpoint(r.GetInt64(0), r.GetFieldValue<DateTimeOffset>(1), r.GetString(2)),
            cancellationToken)).FirstOrDefault();

    public async ValueTask WriteCheckpointAsync(PublishedCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        await using var command = Command(
            """
            INSERT INTO recorder.checkpoint AS c VALUES (1, $1, $2, $3)
            ON CONFLICT (one) DO UPDATE SET size = $1, signed_at = $2, note = $3 WHERE c.size < $1
            """,
            checkpoint.Size,
            checkpoint.SignedAt.ToUniversalTime(),
            checkpoint.Note);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async ValueTask<string?> CheckPagesAsync(CancellationToken cancellationToken)
    {
        var orphans = await ReadAsync(
            "SELECT r.idx FROM recorder.record r WHERE NOT EXISTS (SELECT 1 FROM recorder.leaf l WHERE l.idx = r.idx) LIMIT 1", r => r.GetInt64(0), cancellationToken);
        return orphans is [var index] ? $"record {index} has no leaf" : null;
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    internal static LedgerHead ReadHead(NpgsqlDataReader reader)
    {
        var root = reader.GetFieldValue<byte[]>(1);
        return root.Length == MerkleHash.Size
            ? new LedgerHead(reader.GetInt64(0), MerkleHash.Read(root), reader.GetFieldValue<byte[]>(2), reader.GetInt64(3), reader.GetInt32(4), reader.GetInt64(5))
            : throw new InvalidDataException("The tree head's root does not have 32 bytes.");
    }

    // A database of an earlier version that is only read is not migrated.
    private async ValueTask<bool> HasLogsAsync(CancellationToken cancellationToken) =>
        !readOnly || (await ReadAsync("SELECT to_regclass('recorder.log') IS NOT NULL", r => r.GetBoolean(0), cancellationToken))[0];

    private static YearLogRow ReadLog(NpgsqlDataReader reader) => new(
        new YearLog(reader.GetInt32(0), reader.GetString(1), reader.GetInt32(2), reader.GetInt64(3), reader.GetFieldValue<DateTimeOffset>(4)),
        YearLogRow.Closed(
            reader.IsDBNull(5) ? null : reader.GetInt64(5), reader.IsDBNull(6) ? null : reader.GetFieldValue<byte[]>(6), reader.IsDBNull(7) ? null : reader.GetString(7)));

    private static string Records(string where) =>
        $"SELECT {LeafColumns}, r.header, r.object FROM recorder.leaf l LEFT JOIN recorder.record r ON r.idx = l.idx WHERE {where} ORDER BY l.idx LIMIT $2";

    private static StoredRecord ReadRecord(NpgsqlDataReader reader) => new(
        ReadLeaf(reader),
        reader.IsDBNull(9) ? null : reader.GetFieldValue<byte[]>(9),
        reader.IsDBNull(10) ? null : reader.GetFieldValue<byte[]>(10));

    private static StoredLeaf ReadLeaf(NpgsqlDataReader reader) => new()
    {
        Index = reader.GetInt64(0),
        EventId = reader.GetGuid(1),
        Hash = reader.GetFieldValue<byte[]>(2),
        Bytes = reader.GetFieldValue<byte[]>(3),
        Kind = reader.GetInt32(4),
        SessionId = reader.IsDBNull(5) ? null : reader.GetGuid(5),
        Edge = reader.IsDBNull(6) ? null : reader.GetString(6),
        Epoch = reader.IsDBNull(7) ? null : reader.GetInt64(7),
        Number = reader.IsDBNull(8) ? null : reader.GetInt64(8),
    };

    private static string Describe(NpgsqlDataSource source)
    {
        var connection = new NpgsqlConnectionStringBuilder(source.ConnectionString);
        return $"PostgreSQL {connection.Host}:{connection.Port}/{connection.Database}";
    }

    private async ValueTask<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = source.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
