using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Recorder.Disclosures;
using Chaperone.Recorder.Reviews;
using Chaperone.Recorder.Store;
using Npgsql;

namespace Chaperone.Recorder.Search;

/// <summary>The search in PostgreSQL (schema <c>recorder_search</c>, tsvector). One recorder leads by an advisory lock; all answer questions.</summary>
/// <param name="source">Connections, shared with the ledger's store, which disposes them.</param>
internal sealed class PostgresSearchStore(NpgsqlDataSource source) : ISearchStore
{
    private const string Sessions = "SELECT id, principal, server, started, last, calls, denied, masked FROM recorder_search.session";
    private const string SetState = "INSERT INTO recorder_search.state VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2";
    private const string WatermarkName = "watermark";

    // As in SQLite: a list of sessions looks at the newest matching records.
    private const int MostForSessions = SqliteMessages.MostForSessions;

    private readonly SemaphoreSlim _opening = new(1, 1);
    private volatile bool _open;

    // Holds the advisory lock while this process leads; owned by the one loop that asks.
    private NpgsqlConnection? _lead;

    public async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        if (_open)
        {
            return;
        }

        await _opening.WaitAsync(cancellationToken);
        try
        {
            await PostgresSchema.MigrateAsync(source, "recorder_search", PostgresSearchSchema.Versions, cancellationToken);
            _open = true;
        }
        finally
        {
            _opening.Release();
        }
    }

    public async ValueTask<bool> TryLeadAsync(CancellationToken cancellationToken)
    {
        if (_lead is not null)
        {
            try
            {
                // The lock lives as long as its connection: a broken one lost it.
                await using var alive = new NpgsqlCommand("SELECT 1", _lead);
                await alive.ExecuteScalarAsync(cancellationToken);
                return true;
            }
            catch (NpgsqlException)
            {
                await DropLeadAsync();
                return false;
            }
        }

        var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("SELECT pg_try_advisory_lock(hashtext('chaperone/recorder/lead'))", connection);
        if ((bool)(await command.ExecuteScalarAsync(cancellationToken))!)
        {
            _lead = connection;
            return true;
        }

        await connection.DisposeAsync();
        return false;
    }

    public async ValueTask<long> ReadWatermarkAsync(CancellationToken cancellationToken) =>
        long.Parse(await ReadStateAsync(WatermarkName, cancellationToken) ?? "0", CultureInfo.InvariantCulture);

    public async ValueTask ProjectAsync(long from, IReadOnlyList<SearchDocument> documents, long next, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

        // The watermark is swapped first: a second leader, were there one, fails here and writes nothing.
        await using (var move = Command(
            connection,
            "INSERT INTO recorder_search.state AS s VALUES ('watermark', $2) ON CONFLICT (name) DO UPDATE SET value = $2 WHERE s.value = $1",
            Text(from),
            Text(next)))
        {
            if (await move.ExecuteNonQueryAsync(cancellationToken) != 1)
            {
                throw new InvalidOperationException("Another recorder moved the search's watermark.");
            }
        }

        await using var batch = PostgresProjection.Of(connection, documents);
        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    public async ValueTask ClearAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("TRUNCATE recorder_search.session, recorder_search.document, recorder_search.hour, recorder_search.gap, recorder_search.patient, recorder_search.patient_key, recorder_search.review, recorder_search.state");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async ValueTask RebuildAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            "DELETE FROM recorder_search.state WHERE name = 'watermark'; TRUNCATE recorder_search.session, recorder_search.document, recorder_search.hour, recorder_search.gap, recorder_search.patient, recorder_search.patient_key, recorder_search.review");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async ValueTask<SessionPage> FindSessionsAsync(ListSessions query, IReadOnlyList<SearchWord> words, CancellationToken cancellationToken)
    {
        var newest = $"SELECT idx, session FROM recorder_search.document WHERE words @@ $3::tsquery ORDER BY idx DESC LIMIT {MostForSessions + 1}";
        var where =
            $"""
             WHERE ($1::timestamptz IS NULL OR last >= $1) AND ($2::timestamptz IS NULL OR started <= $2)
            AND ($3 = '' OR id IN (SELECT session FROM ({newest}) n))
            """;
        var match = PostgresWords.Query(words, []);
        object?[] values = [query.From?.ToUniversalTime(), query.To?.ToUniversalTime(), match];
        var total = await ReadAsync($"SELECT count(*) FROM recorder_search.session{where}", r => r.GetInt64(0), cancellationToken, values);
        var items = await ReadAsync(
            $"{Sessions}{where} ORDER BY last DESC, id DESC LIMIT $4 OFFSET $5", ReadSession, cancellationToken, [.. values, Math.Clamp(query.Limit, 1, 200), Math.Max(0, query.Offset)]);
        var matches = match.Length == 0
            ? [0]
            : await ReadAsync($"SELECT count(*) FROM ({newest.Replace("$3", "$1", StringComparison.Ordinal)}) n", r => r.GetInt64(0), cancellationToken, match);
        return new SessionPage { Total = (int)total[0], Items = [.. items], Capped = matches[0] > MostForSessions };
    }

    /// <summary>A time range becomes a range of indices first. The planner then walks back from the newest for a common word and takes the GIN index for a rare one.</summary>
    public async ValueTask<IReadOnlyList<long>> FindMessagesAsync(MessageQuery query, CancellationToken cancellationToken)
    {
        var (first, last) = (0L, long.MaxValue);
        if (query.From is not null || query.To is not null)
        {
            (first, last) = (await ReadAsync(
                "SELECT min(first), max(last) FROM recorder_search.hour WHERE ($1::bigint IS NULL OR at >= $1) AND ($2::bigint IS NULL OR at <= $2)",
                r => r.IsDBNull(0) ? (0L, -1L) : (r.GetInt64(0), r.GetInt64(1)),
                cancellationToken,
                HourOf(query.From),
                HourOf(query.To)))[0];
        }

        return await ReadAsync(
            $"""
            SELECT idx FROM recorder_search.document WHERE idx BETWEEN $1 AND $2
            AND ($3::timestamptz IS NULL OR at >= $3) AND ($4::timestamptz IS NULL OR at <= $4)
            {(query.IsOpen ? "AND $5 = ''" : "AND words @@ $5::tsquery")} ORDER BY idx DESC LIMIT $6
            """,
            r => r.GetInt64(0),
            cancellationToken,
            first,
            Math.Min(last, query.Before - 1),
            query.From?.ToUniversalTime(),
            query.To?.ToUniversalTime(),
            PostgresWords.Query(query.Words, query.Fields),
            query.Limit);
    }

    public async ValueTask<IReadOnlyList<PatientHit>> FindPatientsAsync(PatientQuery query, CancellationToken cancellationToken) => await ReadAsync(
        """
        SELECT idx, class, place FROM recorder_search.patient WHERE mark = ANY ($1)
        AND idx BETWEEN (SELECT min(first) FROM recorder_search.hour WHERE at >= $2) AND (SELECT max(last) FROM recorder_search.hour WHERE at <= $3)
        ORDER BY idx, class LIMIT $4
        """,
        r => PatientHit.Of(r.GetInt64(0), r.GetInt16(1), r.GetInt16(2)),
        cancellationToken,
        query.Marks.ToArray(),
        HourOf(query.From),
        HourOf(query.To),
        query.Limit);

    public async ValueTask<IReadOnlyList<string>> ReadPatientKeysAsync(int firstMonth, int lastMonth, CancellationToken cancellationToken) => await ReadAsync(
        "SELECT DISTINCT id FROM recorder_search.patient_key WHERE month BETWEEN $1 AND $2 ORDER BY id", r => r.GetString(0), cancellationToken, firstMonth, lastMonth);

    public async ValueTask<IReadOnlyList<ReviewStep>> ReadReviewsAsync(CancellationToken cancellationToken) => await ReadAsync(
        "SELECT idx, at, actor, note FROM recorder_search.review ORDER BY idx",
        r => new ReviewStep(r.GetInt64(0), r.GetFieldValue<DateTimeOffset>(1), r.IsDBNull(2) ? null : JsonSerializer.Deserialize<Principal>(r.GetString(2)), r.GetString(3)),
        cancellationToken);

    public async IAsyncEnumerable<Guid> ReadPopulationAsync(PopulationQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var searched = query.IsSearched ? " AND id IN (SELECT session FROM recorder_search.document WHERE at >= $1 AND at < $2 AND words @@ $6::tsquery)" : " AND $6 = ''";
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var command = Command(
            connection,
            $"""
            SELECT id FROM recorder_search.session WHERE last >= $1 AND started < $2 AND ($3::text IS NULL OR server = $3)
            AND ($4::text IS NULL OR principal::jsonb ->> 'Subject' = $4) AND (NOT $5 OR denied > 0){searched}
            """,
            query.From.ToUniversalTime(),
            query.To.ToUniversalTime(),
            query.Server,
            query.User,
            query.OnlyRefused,
            query.IsSearched ? PostgresWords.Query(query.Terms.Words, query.Terms.Fields) : "");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return reader.GetGuid(0);
        }
    }

    public async ValueTask<SessionItem?> ReadSessionAsync(Guid sessionId, CancellationToken cancellationToken) =>
        (await ReadAsync($"{Sessions} WHERE id = $1", ReadSession, cancellationToken, sessionId)).FirstOrDefault();

    public async ValueTask<IReadOnlyList<NumberingGap>> ReadGapsAsync(int limit, CancellationToken cancellationToken) =>
        await ReadAsync(
            "SELECT edge, epoch, first, last, noticed FROM recorder_search.gap ORDER BY noticed DESC, edge, epoch, first LIMIT $1",
            r => new NumberingGap { Edge = r.GetString(0), Epoch = r.GetInt64(1), From = r.GetInt64(2), To = r.GetInt64(3), NoticedAt = r.GetFieldValue<DateTimeOffset>(4) },
            cancellationToken,
            limit);

    public async ValueTask<string?> ReadStateAsync(string name, CancellationToken cancellationToken) =>
        (await ReadAsync("SELECT value FROM recorder_search.state WHERE name = $1", r => r.GetString(0), cancellationToken, name)).FirstOrDefault();

    public async ValueTask WriteStateAsync(string name, string value, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var command = Command(connection, SetState, name, value);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async ValueTask<bool> TryMoveStateAsync(string name, string? from, string to, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var command = from is null
            ? Command(connection, "INSERT INTO recorder_search.state VALUES ($1, $2) ON CONFLICT (name) DO NOTHING", name, to)
            : Command(connection, "UPDATE recorder_search.state SET value = $2 WHERE name = $1 AND value = $3", name, to, from);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    public ValueTask DisposeAsync() => DropLeadAsync();

    private static long? HourOf(DateTimeOffset? at) => at is { } time ? SqliteMessages.HourOf(time.ToUnixTimeMilliseconds()) : null;

    private static SessionItem ReadSession(NpgsqlDataReader reader) => new()
    {
        SessionId = reader.GetGuid(0),
        Principal = JsonSerializer.Deserialize<Principal>(reader.GetString(1))!,
        Server = reader.GetString(2),
        StartedAt = reader.GetFieldValue<DateTimeOffset>(3),
        LastAt = reader.GetFieldValue<DateTimeOffset>(4),
        Calls = reader.GetInt32(5),
        Denied = reader.GetInt32(6),
        Masked = reader.GetInt32(7),
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private async ValueTask DropLeadAsync()
    {
        if (_lead is { } lead)
        {
            _lead = null;

            // Back in the pool it would keep the lock.
            NpgsqlConnection.ClearPool(lead);
            await lead.DisposeAsync();
        }
    }

    private async ValueTask<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params object?[] values)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var command = Command(connection, sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object?[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        return command;
    }
}
