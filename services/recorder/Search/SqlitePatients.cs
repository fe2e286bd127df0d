using Chaperone.Recorder.Disclosures;
using Microsoft.Data.Sqlite;

namespace Chaperone.Recorder.Search;

/// <summary>Patients by pseudonym in <c>search.db</c>.</summary>
internal static class SqlitePatients
{
    /// <summary>Adds the pseudonyms of one record.</summary>
    public static void Project(Func<string, (string Name, object? Value)[], int> run, long index, DateTimeOffset at, PatientPart patients)
    {
        run("INSERT OR IGNORE INTO patient_key VALUES ($id, $month)", [("$id", patients.KeyId), ("$month", PatientPart.MonthOf(at))]);
        foreach (var row in patients.Rows())
        {
            run(
                "INSERT OR IGNORE INTO patient VALUES ($mark, $idx, $class, $place)",
                [("$mark", row.Mark.ToArray()), ("$idx", index), ("$class", (int)row.Class), ("$place", (int)row.Place)]);
        }
    }

    public static IReadOnlyList<PatientHit> Find(SqliteConnection connection, PatientQuery query)
    {
        var (first, last) = SqliteMessages.Range(connection, query.From.ToUnixTimeMilliseconds(), query.To.ToUnixTimeMilliseconds());
        using var command = connection.CreateCommand();
        var names = query.Marks.Select((_, i) => $"$m{i}").ToArray();
        command.CommandText = $"SELECT idx, class, place FROM patient WHERE mark IN ({string.Join(',', names)}) AND idx BETWEEN $first AND $last ORDER BY idx, class LIMIT $limit";
        for (var i = 0; i < names.Length; i++)
        {
            command.Parameters.AddWithValue(names[i], query.Marks[i]);
        }

        command.Parameters.AddWithValue("$first", first);
        command.Parameters.AddWithValue("$last", last);
        command.Parameters.AddWithValue("$limit", query.Limit);
        using var reader = command.ExecuteReader();
        var hits = new List<PatientHit>();
        while (reader.Read())
        {
            hits.Add(PatientHit.Of(reader.GetInt64(0), reader.GetInt32(1), reader.GetInt32(2)));
        }

        return hits;
    }

    public static IReadOnlyList<string> ReadKeys(SqliteConnection connection, int firstMonth, int lastMonth)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT DISTINCT id FROM patient_key WHERE month BETWEEN $first AND $last ORDER BY id";
        command.Parameters.AddWithValue("$first", firstMonth);
        command.Parameters.AddWithValue("$last", lastMonth);
        using var reader = command.ExecuteReader();
        var keys = new List<string>();
        while (reader.Read())
        {
            keys.Add(reader.GetString(0));
        }

        return keys;
    }
}
