using Npgsql;

namespace Chaperone.Recorder.Store;

/// <summary>The PostgreSQL schema <c>recorder</c>, one script a version; a script is never changed once released.</summary>
internal static class PostgresSchema
{
    public static readonly IReadOnlyList<string> Versions =
    [
        """
        CREATE TABLE recorder.head (
          one int PRIMARY KEY CHECK (one = 1),
          size bigint NOT NULL, root bytea NOT NULL, range bytea NOT NULL, epoch bigint NOT NULL);
        INSERT INTO recorder.head VALUES (1, 0, '\xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '\x0000000000000000', 1);
        CREATE TABLE recorder.leaf (
          idx bigint PRIMARY KEY,
          event uuid NOT NULL UNIQUE, hash bytea NOT NULL, bytes bytea NOT NULL,
          kind int NOT NULL, session uuid, edge text, epoch bigint, number bigint);
        CREATE INDEX leaf_session ON recorder.leaf (session, idx) WHERE session IS NOT NULL;
        CREATE TABLE recorder.record (idx bigint PRIMARY KEY, header bytea NOT NULL, object bytea NOT NULL);
        ALTER TABLE recorder.record ALTER COLUMN object SET STORAGE EXTERNAL;
        CREATE TABLE recorder.checkpoint (
          one int PRIMARY KEY CHECK (one = 1),
          size bigint NOT NULL, signed_at timestamptz NOT NULL, note text NOT NULL);
        CREATE FUNCTION recorder.refuse() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN RAISE EXCEPTION ''the ledger is append-only''; END';
        CREATE TRIGGER leaf_keep BEFORE UPDATE OR DELETE ON recorder.leaf FOR EACH ROW EXECUTE FUNCTION recorder.refuse();
        CREATE TRIGGER record_keep BEFORE UPDATE OR DELETE ON recorder.record FOR EACH ROW EXECUTE FUNCTION recorder.refuse();
        CREATE TRIGGER leaf_stay BEFORE TRUNCATE ON recorder.leaf EXECUTE FUNCTION recorder.refuse();
        CREATE TRIGGER record_stay BEFORE TRUNCATE ON recorder.record EXECUTE FUNCTION recorder.refuse();
        """,
        """
        CREATE TABLE recorder.log (
          number int PRIMARY KEY, origin text NOT NULL UNIQUE, year int NOT NULL, first bigint NOT NULL, opened_at timestamptz NOT NULL,
          closed_size bigint, closed_root bytea, closed_note text);
        CREATE TRIGGER log_keep BEFORE UPDATE OR DELETE ON recorder.log FOR EACH ROW EXECUTE FUNCTION recorder.refuse();
        CREATE TRIGGER log_stay BEFORE TRUNCATE ON recorder.log EXECUTE FUNCTION recorder.refuse();
        """,
    ];

    /// <summary>Brings a schema forward; safe when several recorders start at once.</summary>
    /// <exception cref="InvalidDataException">It was written by a newer version.</exception>
    public static async ValueTask MigrateAsync(NpgsqlDataSource source, string schema, IReadOnlyList<string> versions, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

        // One starts at a time: CREATE ... IF NOT EXISTS is not safe against itself.
        await ExecuteAsync(connection, "SELECT pg_advisory_xact_lock(hashtext('chaperone/recorder/schema'))", cancellationToken);
        await ExecuteAsync(
            connection,
            $"CREATE SCHEMA IF NOT EXISTS {schema}; CREATE TABLE IF NOT EXISTS {schema}.version (number int PRIMARY KEY);",
            cancellationToken);
        await using var command = new NpgsqlCommand($"SELECT coalesce(max(number), 0) FROM {schema}.version", connection);
        var version = (int)(await command.ExecuteScalarAsync(cancellationToken))!;
        if (version > versions.Count)
        {
            throw new InvalidDataException($"Schema {schema} was written by a newer version of Chaperone (schema {version}, this one knows {versions.Count}). Run that version.");
        }

        for (var i = version; i < versions.Count; i++)
        {
            await ExecuteAsync(connection, versions[i], cancellationToken);
            await ExecuteAsync(connection, $"INSERT INTO {schema}.version VALUES ({i + 1})", cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static async ValueTask ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
