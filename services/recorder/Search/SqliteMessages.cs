using Chaperone.Contracts;
using Microsoft.Data.Sqlite;

namespace Chaperone.Recorder.Search;

/// <summary>
/// Finds records in <c>search.db</c>. FTS5 walks the records that match from the newest and stops when the page is full, so a
/// common word costs no more than a rare one; a time range becomes a range of indices first, so that an old one does not cost
/// the walk to it.
/// </summary>
internal static class SqliteMessages
{
    /// <summary>Matching records that a list of sessions looks at, the newest first; beyond it, it says so.</summary>
    public const int MostForSessions = 20_000;

    private const long Hour = 3_600_000;

    public static IReadOnlyList<long> Find(SqliteConnection connection, MessageQuery query)
    {
        using var command = connection.CreateCommand();
        var from = query.From?.ToUnixTimeMilliseconds();
        var to = query.To?.ToUnixTimeMilliseconds();
        var (first, last) = from is null && to is null ? (0, long.MaxValue) : Range(connection, from, to);
        command.CommandText = query.IsOpen
            ? """
              SELECT idx FROM document WHERE idx BETWEEN $first AND $last
              AND ($from IS NULL OR at >= $from) AND ($to IS NULL OR at <= $to) ORDER BY idx DESC LIMIT $limit
              """
            : """
              SELECT w.rowid FROM words w CROSS JOIN document d ON d.idx = w.rowid
              WHERE words MATCH $match AND w.rowid BETWEEN $first AND $last
              AND ($from IS NULL OR d.at >= $from) AND ($to IS NULL OR d.at <= $to) ORDER BY w.rowid DESC LIMIT $limit
              """;
        Add(command, "$match", query.IsOpen ? null : Expression(query.Words, query.Fields));
        Add(command, "$first", first);
        Add(command, "$last", Math.Min(last, query.Before - 1));
        Add(command, "$from", from);
        Add(command, "$to", to);
        Add(command, "$limit", query.Limit);
        return Read(command, r => r.GetInt64(0));
    }

    /// <summary>The words and fields as FTS5 reads them: quoted, so that nothing in them is an operator.</summary>
    public static string Expression(IReadOnlyList<SearchWord> words, IReadOnlyList<string> fields) => string.Join(
        " AND ",
        fields.Select(f => $"fields : \"{f}\"")
            .Concat(words.Select(w => $"text : \"{w.Text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"{(w.Beginning ? " *" : "")}")));

    /// <summary>Sessions of the newest records that match, the last active first.</summary>
    public static SessionPage FindSessions(
        SqliteConnection connection, ListSessions query, IReadOnlyList<SearchWord> words, Func<SqliteDataReader, SessionItem> read)
    {
        var where = words.Count == 0 ? "" :
            $"""
            AND id IN (SELECT d.session FROM
              (SELECT rowid AS idx FROM words WHERE words MATCH $match ORDER BY rowid DESC LIMIT {MostForSessions}) w
              CROSS JOIN document d ON d.idx = w.idx)
            """;
        where = $"FROM session WHERE ($from IS NULL OR last >= $from) AND ($to IS NULL OR started <= $to) {where}";
        using var count = connection.CreateCommand();
        count.CommandText = $"SELECT count(*) {where}";
        using var list = connection.CreateCommand();
        list.CommandText = $"SELECT id, principal, server, started, last, calls, denied, masked {where} ORDER BY last DESC, id DESC LIMIT $limit OFFSET $offset";
        using var matches = connection.CreateCommand();
        matches.CommandText = "SELECT count(*) FROM (SELECT rowid FROM words WHERE words MATCH $match ORDER BY rowid DESC LIMIT $most)";
        foreach (var command in (SqliteCommand[])[count, list, matches])
        {
            Add(command, "$from", query.From?.ToUnixTimeMilliseconds());
            Add(command, "$to", query.To?.ToUnixTimeMilliseconds());
            Add(command, "$match", words.Count == 0 ? null : Expression(words, []));
            Add(command, "$limit", Math.Clamp(query.Limit, 1, 200));
            Add(command, "$offset", Math.Max(0, query.Offset));
            Add(command, "$most", MostForSessions + 1);
        }

        return new SessionPage
        {
            Total = (int)(long)count.ExecuteScalar()!,
            Items = [.. Read(list, read)],
            Capped = words.Count > 0 && (long)matches.ExecuteScalar()! > MostForSessions,
        };
    }

    /// <summary>The hour that a time is in, as the table <c>hour</c> counts them.</summary>
    public static long HourOf(long milliseconds) => (long)Math.Floor(milliseconds / (double)Hour);

    /// <summary>Indices between which the records of a time lie.</summary>
    public static (long First, long Last) Range(SqliteConnection connection, long? from, long? to)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT min(first), max(last) FROM hour WHERE ($from IS NULL OR at >= $from) AND ($to IS NULL OR at <= $to)";
        Add(command, "$from", from is { } f ? HourOf(f) : null);
        Add(command, "$to", to is { } t ? HourOf(t) : null);
        return Read(command, r => r.IsDBNull(0) ? (0L, -1L) : (r.GetInt64(0), r.GetInt64(1)))[0];
    }

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

    private static void Add(SqliteCommand command, string name, object? value)
    {
        if (command.CommandText.Contains(name, StringComparison.Ordinal))
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }
    }
}
