using Chaperone.Recorder.Sealing;
using Npgsql;
using NpgsqlTypes;

namespace Chaperone.Recorder.Store;

/// <summary>One append to PostgreSQL: the row lock on the head lets one recorder append at a time, the compare-and-swap proves it.</summary>
internal sealed class PostgresAppend : IAppend
{
    private const string AddLeaves =
        """
        INSERT INTO recorder.leaf (idx, event, hash, bytes, kind, session, edge, epoch, number)
        SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::bytea[], $4::bytea[], $5::int[], $6::uuid[], $7::text[], $8::bigint[], $9::bigint[])
        """;

    private const string AddRecords = "INSERT INTO recorder.record (idx, header, object) SELECT * FROM unnest($1::bigint[], $2::bytea[], $3::bytea[])";

    private const string AddLog = "INSERT INTO recorder.log VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

    private const string LockHead = "SELECT 1 FROM recorder.head FOR UPDATE";

    private const string SwapHead = "UPDATE recorder.head SET size = $1, root = $2, range = $3 WHERE size = $4 AND root = $5 AND epoch = $6";

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private PostgresAppend(NpgsqlConnection connection, NpgsqlTransaction transaction, LedgerHead head)
    {
        _connection = connection;
        _transaction = transaction;
        Head = head;
    }

    public LedgerHead Head { get; }

    public static async ValueTask<PostgresAppend> BeginAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken);

            // A commit that returns is on disk, whatever the server's default; a recorder that hangs does not hang the others.
            await using var command = new NpgsqlBatch(connection)
            {
                BatchCommands = { new("SET LOCAL synchronous_commit TO on"), new("SET LOCAL lock_timeout TO '2s'"), new(LockHead), new(PostgresLedgerStore.HeadWithLog) },
            };
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);

            // The head is read in a statement of its own after the lock was got: that one sees what whoever held it committed.
            await reader.NextResultAsync(cancellationToken);
            return await reader.ReadAsync(cancellationToken)
                ? new PostgresAppend(connection, transaction, PostgresLedgerStore.ReadHead(reader))
                : throw new InvalidDataException("The store has no tree head.");
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async ValueTask<IReadOnlySet<Guid>> FindKnownAsync(IReadOnlyList<Guid> eventIds, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT event FROM recorder.leaf WHERE event = ANY ($1)", _connection)
        {
            Parameters = { Array(NpgsqlDbType.Uuid, eventIds.ToArray()) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var known = new HashSet<Guid>();
        while (await reader.ReadAsync(cancellationToken))
        {
            known.Add(reader.GetGuid(0));
        }

        return known;
    }

    public async ValueTask CommitAsync(LedgerHead next, IReadOnlyList<SealedRecord> records, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(_connection);
        await CommitAsync(batch, next, records, cancellationToken);
    }

    public async ValueTask RotateAsync(LedgerHead next, SealedRecord carryOver, YearLog log, ClosedLog closed, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(_connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(AddLog)
        {
            Parameters =
            {
                new() { Value = log.Number }, new() { Value = log.Origin }, new() { Value = log.Year }, new() { Value = log.First },
                new() { Value = log.OpenedAt.ToUniversalTime() },
                new() { Value = closed.Head.Size }, new() { Value = closed.Head.Root.ToArray() }, new() { Value = closed.Note },
            },
        });
        await CommitAsync(batch, next, [carryOver], cancellationToken);
    }

    private async ValueTask CommitAsync(NpgsqlBatch batch, LedgerHead next, IReadOnlyList<SealedRecord> records, CancellationToken cancellationToken)
    {
        if (records.Count > 0)
        {
            Add(batch, records);
        }

        var swap = new NpgsqlBatchCommand(SwapHead)
        {
            Parameters =
            {
                new() { Value = next.Size }, new() { Value = next.Root.ToArray() }, new() { Value = next.Range },
                new() { Value = Head.Size }, new() { Value = Head.Root.ToArray() }, new() { Value = Head.Epoch },
            },
        };
        batch.BatchCommands.Add(swap);
        await batch.ExecuteNonQueryAsync(cancellationToken);
        if (swap.RecordsAffected != 1)
        {
            throw new HeadMovedException();
        }

        await _transaction.CommitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private void Add(NpgsqlBatch batch, IReadOnlyList<SealedRecord> records)
    {
        var indexes = Enumerable.Range(0, records.Count).Select(i => Head.Size + i).ToArray();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(AddLeaves)
        {
            Parameters =
            {
                Array(NpgsqlDbType.Bigint, indexes),
                Array(NpgsqlDbType.Uuid, records.Select(r => r.EventId).ToArray()),
                Array(NpgsqlDbType.Bytea, records.Select(r => r.LeafHash.ToArray()).ToArray()),
                Array(NpgsqlDbType.Bytea, records.Select(r => r.Leaf).ToArray()),
                Array(NpgsqlDbType.Integer, records.Select(r => (int)r.Kind).ToArray()),
                Array(NpgsqlDbType.Uuid, records.Select(r => r.SessionId).ToArray()),
                Array(NpgsqlDbType.Text, records.Select(r => r.Stamp?.Edge).ToArray()),
                Array(NpgsqlDbType.Bigint, records.Select(r => r.Stamp?.Epoch).ToArray()),
                Array(NpgsqlDbType.Bigint, records.Select(r => r.Stamp?.Number).ToArray()),
            },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(AddRecords)
        {
            Parameters =
            {
                Array(NpgsqlDbType.Bigint, indexes),
                Array(NpgsqlDbType.Bytea, records.Select(r => r.Header).ToArray()),
                Array(NpgsqlDbType.Bytea, records.Select(r => r.Object).ToArray()),
            },
        });
    }

    private static NpgsqlParameter Array(NpgsqlDbType element, object values) => new() { NpgsqlDbType = NpgsqlDbType.Array | element, Value = values };
}
