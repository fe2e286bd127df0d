using System.Text.Json;
using Chaperone.Recorder.Disclosures;
using Npgsql;
using NpgsqlTypes;

namespace Chaperone.Recorder.Search;

/// <summary>Writes documents into the schema <c>recorder_search</c>: one statement for all rows of a table, however many records a commit has.</summary>
internal static class PostgresProjection
{
    private const NpgsqlDbType Many = NpgsqlDbType.Array;

    public static NpgsqlBatch Of(NpgsqlConnection connection, IReadOnlyList<SearchDocument> documents)
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var document in documents)
        {
            AddFacts(batch, document);
        }

        SearchDocument[] found = [.. documents.Where(d => d.Entry.Call is not null)];
        if (found.Length == 0)
        {
            return batch;
        }

        AddDocuments(batch, found);
        var growth = new SearchGrowth(found);
        AddHours(batch, growth.Hours);
        if (growth.Sessions.Count > 0)
        {
            AddSessions(batch, growth.Sessions);
        }

        return batch;
    }

    private static void AddDocuments(NpgsqlBatch batch, SearchDocument[] documents) => Add(
        batch,
        """
        INSERT INTO recorder_search.document
        SELECT idx, session, at, words::tsvector FROM unnest($1, $2, $3, $4) AS u (idx, session, at, words) ON CONFLICT DO NOTHING
        """,
        (Many | NpgsqlDbType.Bigint, documents.Select(d => d.Index).ToArray()),
        (Many | NpgsqlDbType.Uuid, documents.Select(d => d.Entry.Call!.SessionId).ToArray()),
        (Many | NpgsqlDbType.TimestampTz, documents.Select(d => d.Entry.OccurredAt.UtcDateTime).ToArray()),
        (Many | NpgsqlDbType.Text, documents.Select(d => PostgresWords.Vector(d.Text, d.Fields)).ToArray()));

    private static void AddHours(NpgsqlBatch batch, IReadOnlyDictionary<long, (long First, long Last)> hours) => Add(
        batch,
        """
        INSERT INTO recorder_search.hour AS h SELECT * FROM unnest($1, $2, $3)
        ON CONFLICT (at) DO UPDATE SET last = greatest(h.last, excluded.last)
        """,
        (Many | NpgsqlDbType.Bigint, hours.Keys.ToArray()),
        (Many | NpgsqlDbType.Bigint, hours.Values.Select(h => h.First).ToArray()),
        (Many | NpgsqlDbType.Bigint, hours.Values.Select(h => h.Last).ToArray()));

    private static void AddSessions(NpgsqlBatch batch, IReadOnlyDictionary<Guid, SessionGrowth> sessions) => Add(
        batch,
        """
        INSERT INTO recorder_search.session AS s SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (id) DO UPDATE SET started = least(s.started, excluded.started), last = greatest(s.last, excluded.last),
          calls = s.calls + excluded.calls, denied = s.denied + excluded.denied, masked = s.masked + excluded.masked
        """,
        (Many | NpgsqlDbType.Uuid, sessions.Keys.ToArray()),
        (Many | NpgsqlDbType.Text, sessions.Values.Select(s => s.Principal).ToArray()),
        (Many | NpgsqlDbType.Text, sessions.Values.Select(s => s.Server).ToArray()),
        (Many | NpgsqlDbType.TimestampTz, sessions.Values.Select(s => s.First.UtcDateTime).ToArray()),
        (Many | NpgsqlDbType.TimestampTz, sessions.Values.Select(s => s.Last.UtcDateTime).ToArray()),
        (Many | NpgsqlDbType.Integer, sessions.Values.Select(s => s.Calls).ToArray()),
        (Many | NpgsqlDbType.Integer, sessions.Values.Select(s => s.Denied).ToArray()),
        (Many | NpgsqlDbType.Integer, sessions.Values.Select(s => s.Masked).ToArray()));

    // What few records have: gaps, steps of reviews, patients.
    private static void AddFacts(NpgsqlBatch batch, SearchDocument document)
    {
        if (document.Gap is { } gap)
        {
            Add(
                batch,
                "INSERT INTO recorder_search.gap VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
                (NpgsqlDbType.Text, gap.Edge),
                (NpgsqlDbType.Bigint, gap.Epoch),
                (NpgsqlDbType.Bigint, gap.From),
                (NpgsqlDbType.Bigint, gap.To),
                (NpgsqlDbType.TimestampTz, gap.NoticedAt.UtcDateTime));
        }

        if (document.Review is { } step)
        {
            Add(
                batch,
                "INSERT INTO recorder_search.review VALUES ($1, $2, NULLIF($3, ''), $4) ON CONFLICT DO NOTHING",
                (NpgsqlDbType.Bigint, step.Index),
                (NpgsqlDbType.TimestampTz, step.At.UtcDateTime),
                (NpgsqlDbType.Text, step.Actor is null ? "" : JsonSerializer.Serialize(step.Actor)),
                (NpgsqlDbType.Text, step.Note));
        }

        if (document.Patients is { } patients)
        {
            AddPatients(batch, document.Index, document.Entry.OccurredAt, patients);
        }
    }

    // All rows of a record in one statement: an answer may hold ten thousand patients.
    private static void AddPatients(NpgsqlBatch batch, long index, DateTimeOffset at, PatientPart patients)
    {
        Add(
            batch,
            "INSERT INTO recorder_search.patient_key VALUES ($1, $2) ON CONFLICT DO NOTHING",
            (NpgsqlDbType.Text, patients.KeyId),
            (NpgsqlDbType.Integer, PatientPart.MonthOf(at)));
        var rows = patients.Rows().ToArray();
        Add(
            batch,
            "INSERT INTO recorder_search.patient SELECT m, $2, c, p FROM unnest($1, $3, $4) AS u (m, c, p) ON CONFLICT DO NOTHING",
            (Many | NpgsqlDbType.Bytea, rows.Select(r => r.Mark.ToArray()).ToArray()),
            (NpgsqlDbType.Bigint, index),
            (Many | NpgsqlDbType.Smallint, rows.Select(r => (short)r.Class).ToArray()),
            (Many | NpgsqlDbType.Smallint, rows.Select(r => (short)r.Place).ToArray()));
    }

    private static void Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<(NpgsqlDbType Type, object Value)> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var (type, value) in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value, NpgsqlDbType = type });
        }

        batch.BatchCommands.Add(command);
    }
}
