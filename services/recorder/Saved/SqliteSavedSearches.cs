using Chaperone.Recorder.Store;
using Microsoft.Data.Sqlite;

namespace Chaperone.Recorder.Saved;

/// <summary>Saved searches in one SQLite file, opened for each question: they are few and rarely asked for.</summary>
internal sealed class SqliteSavedSearches(string path) : ISavedSearches
{
    private static readonly string[] Versions =
    [
        """
        CREATE TABLE search (id BLOB PRIMARY KEY, owner TEXT NOT NULL, key TEXT NOT NULL, content BLOB NOT NULL, saved INTEGER NOT NULL) STRICT;
        CREATE INDEX search_owner ON search (owner, saved DESC);
        """,
    ];

    public ValueTask<IReadOnlyList<SealedSearch>> ListAsync(string owner, CancellationToken cancellationToken)
    {
        using var connection = Open();
        using var command = Command(connection, "SELECT id, key, content, saved FROM search WHERE owner = $owner ORDER BY saved DESC, id DESC", ("$owner", owner));
        using var reader = command.ExecuteReader();
        var found = new List<SealedSearch>();
        while (reader.Read())
        {
            found.Add(new SealedSearch(
                new Guid(reader.GetFieldValue<byte[]>(0), bigEndian: true), owner, reader.GetString(1), reader.GetFieldValue<byte[]>(2), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(3))));
        }

        return ValueTask.FromResult<IReadOnlyList<SealedSearch>>(found);
    }

    public ValueTask<bool> TryKeepAsync(SealedSearch search, int most, CancellationToken cancellationToken)
    {
        using var connection = Open();
        using var command = Command(
            connection,
            """
            INSERT INTO search SELECT $id, $owner, $key, $content, $saved WHERE (SELECT count(*) FROM search WHERE owner = $owner AND id <> $id) < $most
            ON CONFLICT (id) DO UPDATE SET key = $key, content = $content, saved = $saved WHERE owner = $owner
            """,
            ("$id", search.Id.ToByteArray(bigEndian: true)),
            ("$owner", search.Owner),
            ("$key", search.KeyId),
            ("$content", search.Content),
            ("$saved", search.SavedAt.ToUnixTimeMilliseconds()),
            ("$most", most));
        return ValueTask.FromResult(command.ExecuteNonQuery() == 1);
    }

    public ValueTask ForgetAsync(string owner, Guid id, CancellationToken cancellationToken)
    {
        using var connection = Open();
        using var command = Command(connection, "DELETE FROM search WHERE owner = $owner AND id = $id", ("$owner", owner), ("$id", id.ToByteArray(bigEndian: true)));
        command.ExecuteNonQuery();
        return ValueTask.CompletedTask;
    }

    private SqliteConnection Open() => SqliteDatabase.OpenWriter(path, Versions, durable: true);

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
