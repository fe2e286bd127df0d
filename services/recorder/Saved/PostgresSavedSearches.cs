using Chaperone.Recorder.Store;
using Npgsql;

namespace Chaperone.Recorder.Saved;

/// <summary>Saved searches in PostgreSQL (schema <c>recorder_saved</c>); any recorder answers.</summary>
internal sealed class PostgresSavedSearches(NpgsqlDataSource source) : ISavedSearches
{
    private static readonly string[] Versions =
    [
        """
        CREATE TABLE recorder_saved.search (id uuid PRIMARY KEY, owner text NOT NULL, key text NOT NULL, content bytea NOT NULL, saved timestamptz NOT NULL);
        CREATE INDEX search_owner ON recorder_saved.search (owner, saved DESC);
        """,
    ];

    // Set once the schema is there; two that find it unset both migrate, which is safe.
    private volatile bool _open;

    public async ValueTask<IReadOnlyList<SealedSearch>> ListAsync(string owner, CancellationToken cancellationToken)
    {
        await using var command = await CommandAsync(
            "SELECT id, key, content, saved FROM recorder_saved.search WHERE owner = $1 ORDER BY saved DESC, id DESC", cancellationToken, owner);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<SealedSearch>();
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(new SealedSearch(reader.GetGuid(0), owner, reader.GetString(1), reader.GetFieldValue<byte[]>(2), reader.GetFieldValue<DateTimeOffset>(3)));
        }

        return found;
    }

    public async ValueTask<bool> TryKeepAsync(SealedSearch search, int most, CancellationToken cancellationToken)
    {
        await using var command = await CommandAsync(
            """
            INSERT INTO recorder_saved.search AS s SELECT $1, $2, $3, $4, $5
            WHERE (SELECT count(*) FROM recorder_saved.search WHERE owner = $2 AND id <> $1) < $6
            ON CONFLICT (id) DO UPDATE SET key = $3, content = $4, saved = $5 WHERE s.owner = $2
            """,
            cancellationToken,
            search.Id,
            search.Owner,
            search.KeyId,
            search.Content,
            search.SavedAt.ToUniversalTime(),
            most);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    public async ValueTask ForgetAsync(string owner, Guid id, CancellationToken cancellationToken)
    {
        await using var command = await CommandAsync("DELETE FROM recorder_saved.search WHERE owner = $1 AND id = $2", cancellationToken, owner, id);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async ValueTask<NpgsqlCommand> CommandAsync(string sql, CancellationToken cancellationToken, params object[] values)
    {
        if (!_open)
        {
            await PostgresSchema.MigrateAsync(source, "recorder_saved", Versions, cancellationToken);
            _open = true;
        }

        var command = source.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
