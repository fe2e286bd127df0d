using Microsoft.Data.Sqlite;

namespace Chaperone.Recorder.Search;

/// <summary>Reads the sessions of a review from <c>search.db</c>, one after another: there may be millions.</summary>
internal static class SqlitePopulation
{
    private const string Sessions =
        """
        SELECT id FROM session WHERE last >= $from AND started < $to AND ($server IS NULL OR server = $server)
        AND ($user IS NULL OR principal ->> '$.Subject' = $user) AND (NOT $refused OR denied > 0)
        """;

    private const string Searched =
        """
         AND id IN (SELECT d.session FROM words w CROSS JOIN document d ON d.idx = w.rowid
          WHERE words MATCH $match AND w.rowid BETWEEN $first AND $last AND d.at >= $from AND d.at < $to)
        """;

    public static IEnumerable<Guid> Read(SqliteConnection connection, PopulationQuery query)
    {
        var (from, to) = (query.From.ToUnixTimeMilliseconds(), query.To.ToUnixTimeMilliseconds());
        using var command = connection.CreateCommand();
        command.CommandText = query.IsSearched ? Sessions + Searched : Sessions;
        command.Parameters.AddWithValue("$from", from);
        command.Parameters.AddWithValue("$to", to);
        command.Parameters.AddWithValue("$server", (object?)query.Server ?? DBNull.Value);
        command.Parameters.AddWithValue("$user", (object?)query.User ?? DBNull.Value);
        command.Parameters.AddWithValue("$refused", query.OnlyRefused);
        if (query.IsSearched)
        {
            var (first, last) = SqliteMessages.Range(connection, from, to);
            command.Parameters.AddWithValue("$match", SqliteMessages.Expression(query.Terms.Words, query.Terms.Fields));
            command.Parameters.AddWithValue("$first", first);
            command.Parameters.AddWithValue("$last", last);
        }

        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return new Guid(reader.GetFieldValue<byte[]>(0), bigEndian: true);
        }
    }
}
