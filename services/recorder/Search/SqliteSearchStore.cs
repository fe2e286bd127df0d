using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Recorder.Disclosures;
using Chaperone.Recorder.Reviews;
using Chaperone.Recorder.Store;
using Microsoft.Data.Sqlite;

namespace Chaperone.Recorder.Search;

/// <summary>The search in one SQLite file with FTS5, beside the ledger's. One process.</summary>
internal sealed class SqliteSearchStore(string path) : ISearchStore
{
    private const string WatermarkName = "watermark";

    // Guards _writer.
    private readonly SemaphoreSlim _writing = new(1, 1);
    private SqliteConnection? _writer;

    // Of _writer and guarded like it: parsing a statement costs more than running it.
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    public async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            _writer ??= SqliteDatabase.OpenWriter(path, SqliteSearchSchema.Versions, durable: false);
        }
        finally
        {
            _writing.Release();
        }
    }

    public ValueTask<bool> TryLeadAsync(CancellationToken cancellationToken) => ValueTask.FromResult(true);

    public async ValueTask<long> ReadWatermarkAsync(CancellationToken cancellationToken) =>
        long.Parse(await ReadStateAsync(WatermarkName, cancellationToken) ?? "0", CultureInfo.InvariantCulture);

    public ValueTask ProjectAsync(long from, IReadOnlyList<SearchDocument> documents, long next, CancellationToken cancellationToken) =>
        WriteAsync(
            run =>
            {
                var moved = run(
                    "INSERT INTO state VALUES ($name, $next) ON CONFLICT (name) DO UPDATE SET value = $next WHERE value = $from",
                    [("$name", WatermarkName), ("$next", Text(next)), ("$from", Text(from))]);
                if (moved != 1)
                {
                    throw new InvalidOperationException("Another recorder moved the search's watermark.");
                }

                Project(run, documents);
            },
            cancellationToken);

    public ValueTask ClearAsync(CancellationToken cancellationToken) => WriteAsync(
        run => run("DELETE FROM session; DELETE FROM document; DELETE FROM hour; DELETE FROM gap; DELETE FROM patient; DELETE FROM patient_key; DELETE FROM review; DELETE FROM state; INSERT INTO words(words) VALUES ('delete-all');", []),
        cancellationToken);

    public ValueTask RebuildAsync(CancellationToken cancellationToken) => WriteAsync(
        run => run($"DELETE FROM session; DELETE FROM document; DELETE FROM hour; DELETE FROM gap; DELETE FROM patient; DELETE FROM patient_key; DELETE FROM review; DELETE FROM state WHERE name = '{WatermarkName}'; INSERT INTO words(words) VALUES ('delete-all');", []),
        cancellationToken);

    public ValueTask<SessionPage> FindSessionsAsync(ListSessions query, IReadOnlyList<SearchWord> words, CancellationToken cancellationToken)
    {
        using var connection = SqliteDatabase.OpenReader(path);
        return ValueTask.FromResult(SqliteMessages.FindSessions(connection, query, words, ReadSession));
    }

    public ValueTask<IReadOnlyList<long>> FindMessagesAsync(MessageQuery query, CancellationToken cancellationToken)
    {
        using var connection = SqliteDatabase.OpenReader(path);
        return ValueTask.FromResult(SqliteMessages.Find(connection, query));
    }

    public ValueTask<IReadOnlyList<PatientHit>> FindPatientsAsync(PatientQuery query, CancellationToken cancellationToken)
    {
        using var connection = SqliteDatabase.OpenReader(path);
        return ValueTask.FromResult(SqlitePatients.Find(connection, query));
    }

    public ValueTask<IReadOnlyList<string>> ReadPatientKeysAsync(int firstMonth, int lastMonth, CancellationToken cancellationToken)
    {
        using var connection = SqliteDatabase.OpenReader(path);
        return ValueTask.FromResult(SqlitePatients.ReadKeys(connection, firstMonth, lastMonth));
    }

    public ValueTask<IReadOnlyList<ReviewStep>> ReadReviewsAsync(CancellationToken cancellationToken)
    {
        using var connection = SqliteDatabase.OpenReader(path);
        using var command = Command(connection, "SELECT idx, at, actor, note FROM review ORDER BY idx", []);
        return ValueTask.FromResult<IReadOnlyList<ReviewStep>>(Read(command, r => new ReviewStep(
            r.GetInt64(0), DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(1)), r.IsDBNull(2) ? null : JsonSerializer.Deserialize<Principal>(r.GetString(2)), r.GetString(3))));
    }

    public async IAsyncEnumerable<Guid> ReadPopulationAsync(PopulationQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var connection = SqliteDatabase.OpenReader(path);
        foreach (var session in SqlitePopulation.Read(connection, query))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return session;
        }

        await ValueTask.CompletedTask;
    }

    public ValueTask<SessionItem?> ReadSessionAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        using var connection = SqliteDatabase.OpenReader(path);
        using var command = Command(
            connection,
            "SELECT id, principal, server, started, last, calls, denied, masked FROM session WHERE id = $id",
            [("$id", sessionId.ToByteArray(bigEndian: true))]);
        return ValueTask.FromResult(Read(command, ReadSession).FirstOrDefault());
    }

    public ValueTask<IReadOnlyList<NumberingGap>> ReadGapsAsync(int limit, CancellationToken cancellationToken)
    {
        using var connection = SqliteDatabase.OpenReader(path);
        using var command = Command(connection, "SELECT edge, epoch, first, last, noticed FROM gap ORDER BY noticed DESC, edge, epoch, first LIMIT $limit", [("$limit", limit)]);
        return ValueTask.FromResult<IReadOnlyList<NumberingGap>>(Read(command, r => new NumberingGap
        {
            Edge = r.GetString(0),
            Epoch = r.GetInt64(1),
            From = r.GetInt64(2),
            To = r.GetInt64(3),
            NoticedAt = DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(4)),
        }));
    }

    public ValueTask<string?> ReadStateAsync(string name, CancellationToken cancellationToken)
    {
        using var connection = SqliteDatabase.OpenReader(path);
        using var command = Command(connection, "SELECT value FROM state WHERE name = $name", [("$name", name)]);
        return ValueTask.FromResult((string?)command.ExecuteScalar());
    }

    public ValueTask WriteStateAsync(string name, string value, CancellationToken cancellationToken) => WriteAsync(
        run => run("INSERT OR REPLACE INTO state VALUES ($name, $value)", [("$name", name), ("$value", value)]), cancellationToken);

    public async ValueTask<bool> TryMoveStateAsync(string name, string? from, string to, CancellationToken cancellationToken)
    {
        var moved = 0;
        var sql = from is null
            ? "INSERT OR IGNORE INTO state VALUES ($name, $to)"
            : "UPDATE state SET value = $to WHERE name = $name AND value = $from";
        await WriteAsync(run => moved = run(sql, [("$name", name), ("$from", from), ("$to", to)]), cancellationToken);
        return moved == 1;
    }

    public async ValueTask DisposeAsync()
    {
        await _writing.WaitAsync(CancellationToken.None);

        // The writer closes last: only it can fold the WAL into the file.
        SqliteDatabase.CloseReaders(path);
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }

        _prepared.Clear();
        _writer?.Dispose();
        _writer = null;
        _writing.Release();
    }

    private static void Project(Run run, IReadOnlyList<SearchDocument> documents)
    {
        foreach (var document in documents)
        {
            Project(run, document);
        }

        var growth = new SearchGrowth(documents);
        foreach (var (id, grown) in growth.Sessions)
        {
            Project(run, id, grown);
        }

        foreach (var (hour, (first, last)) in growth.Hours)
        {
            run(
                "INSERT INTO hour VALUES ($hour, $first, $last) ON CONFLICT (at) DO UPDATE SET last = max(last, $last)",
                [("$hour", hour), ("$first", first), ("$last", last)]);
        }
    }

    private static void Project(Run run, Guid session, SessionGrowth grown) => run(
        """
        INSERT INTO session VALUES ($id, $principal, $server, $first, $last, $calls, $denied, $masked)
        ON CONFLICT (id) DO UPDATE SET started = min(started, $first), last = max(last, $last),
          calls = calls + $calls, denied = denied + $denied, masked = masked + $masked
        """,
        [
            ("$id", session.ToByteArray(bigEndian: true)),
            ("$principal", grown.Principal),
            ("$server", grown.Server),
            ("$first", grown.First.ToUnixTimeMilliseconds()),
            ("$last", grown.Last.ToUnixTimeMilliseconds()),
            ("$calls", grown.Calls),
            ("$denied", grown.Denied),
            ("$masked", grown.Masked),
        ]);

    private static void Project(Run run, SearchDocument document)
    {
        if (document.Gap is { } gap)
        {
            run(
                "INSERT OR IGNORE INTO gap VALUES ($edge, $epoch, $first, $last, $noticed)",
                [("$edge", gap.Edge), ("$epoch", gap.Epoch), ("$first", gap.From), ("$last", gap.To), ("$noticed", gap.NoticedAt.ToUnixTimeMilliseconds())]);
        }

        if (document.Review is { } step)
        {
            run(
                "INSERT OR IGNORE INTO review VALUES ($idx, $at, $actor, $note)",
                [("$idx", step.Index), ("$at", step.At.ToUnixTimeMilliseconds()), ("$actor", step.Actor is null ? null : JsonSerializer.Serialize(step.Actor)), ("$note", step.Note)]);
        }

        if (document.Patients is { } patients)
        {
            SqlitePatients.Project((sql, values) => run(sql, values), document.Index, document.Entry.OccurredAt, patients);
        }

        if (document.Entry.Call is not { } call)
        {
            return;
        }

        var session = call.SessionId.ToByteArray(bigEndian: true);
        var at = document.Entry.OccurredAt.ToUnixTimeMilliseconds();
        run("INSERT INTO document VALUES ($idx, $session, $at)", [("$idx", document.Index), ("$session", session), ("$at", at)]);
        run(
            "INSERT INTO words (rowid, text, fields) VALUES ($idx, $text, $fields)",
            [("$idx", document.Index), ("$text", document.Text), ("$fields", document.Fields)]);
    }

    private static SessionItem ReadSession(SqliteDataReader reader) => new()
    {
        SessionId = new Guid(reader.GetFieldValue<byte[]>(0), bigEndian: true),
        Principal = JsonSerializer.Deserialize<Principal>(reader.GetString(1))!,
        Server = reader.GetString(2),
        StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(3)),
        LastAt = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(4)),
        Calls = reader.GetInt32(5),
        Denied = reader.GetInt32(6),
        Masked = reader.GetInt32(7),
    };

    private delegate int Run(string sql, (string Name, object? Value)[] values);

    private async ValueTask WriteAsync(Action<Run> write, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            var writer = _writer ?? throw new InvalidOperationException("The search is not open.");
            using var transaction = writer.BeginTransaction(deferred: false);
            write((sql, values) =>
            {
                var command = Prepared(writer, sql, values);
                command.Transaction = transaction;
                return command.ExecuteNonQuery();
            });
            transaction.Commit();
        }
        finally
        {
            _writing.Release();
        }
    }

    private SqliteCommand Prepared(SqliteConnection writer, string sql, (string Name, object? Value)[] values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            return _prepared[sql] = Command(writer, sql, values);
        }

        // A statement is always run from one place, with its values in one order.
        var all = command.Parameters.Count == values.Length;
        for (var i = 0; i < values.Length; i++)
        {
            var (name, value) = values[i];
            if (all)
            {
                command.Parameters[i].Value = value ?? DBNull.Value;
            }
            else if (command.Parameters.Contains(name))
            {
                command.Parameters[name].Value = value ?? DBNull.Value;
            }
        }

        return command;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static List<T> Read<T>(SqliteCommand command, Func<SqliteDataReader, T> read)
    {
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, (string Name, object? Value)[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            if (sql.Contains(name, StringComparison.Ordinal))
            {
                command.Parameters.AddWithValue(name, value ?? DBNull.Value);
            }
        }

        return command;
    }
}
