using Chaperone.Ledger;
using Npgsql;

namespace Chaperone.Recorder.Store;

/// <summary>The ledger in PostgreSQL: any number of recorders append, one at a time by the row lock on the head.</summary>
/// <param name="source">Connections; disposed with the store.</param>
/// <param name="readOnly">True to read it only: nothing is created.</param>
internal sealed class PostgresLedgerStore(NpgsqlDataSource source, bool readOnly = false) : ILedgerStore
{
    private const string LeafColumns = "l.idx, l.event, l.hash, l.bytes, l.kind, l.session, l.edge, l.epoch, l.number";

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
        (await ReadAsync("SELECT size, root, range, epoch FROM recorder.head", ReadHead, cancellationToken)) is [var head]
            ? head
            : throw new InvalidDataException($"{Name} has no tree head.");

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
            ? new LedgerHead(reader.GetInt64(0), MerkleHash.Read(root), reader.GetFieldValue<byte[]>(2), reader.GetInt64(3))
            : throw new InvalidDataException("The tree head's root does not have 32 bytes.");
    }

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
