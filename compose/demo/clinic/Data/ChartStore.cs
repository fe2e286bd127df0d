using Microsoft.Data.Sqlite;
using ModelContextProtocol;

namespace Chaperone.Demo.Clinic.Data;

/// <summary>Reads charts.</summary>
internal sealed class ChartStore(ClinicDatabase database)
{
    /// <summary>A patient's encounters, newest first.</summary>
    public Encounter[] Encounters(string mrn)
    {
        using var connection = database.Read();
        var notes = Many(connection, "SELECT encounter_id, id FROM notes WHERE mrn = $1 ORDER BY id", mrn, row => (Encounter: row.GetInt64(0), Id: row.GetInt64(1)));
        var labs = Many(connection, "SELECT encounter_id, taken_on, loinc, name, value, unit, flag FROM labs WHERE mrn = $1 ORDER BY id", mrn, row => (Encounter: row.GetInt64(0), Value: Lab(row)));
        return Many(
            connection,
            "SELECT id, admitted_on, discharged_on, kind, department, physician, reason, diagnosis_code FROM encounters WHERE mrn = $1 ORDER BY admitted_on DESC, id",
            mrn,
            row => new Encounter
            {
                Id = row.GetInt64(0),
                AdmittedOn = row.GetString(1),
                DischargedOn = row.IsDBNull(2) ? null : row.GetString(2),
                Kind = row.GetString(3),
                Department = row.GetString(4),
                Physician = row.GetString(5),
                Reason = row.GetString(6),
                DiagnosisCode = row.GetString(7),
                NoteIds = [.. notes.Where(note => note.Encounter == row.GetInt64(0)).Select(note => note.Id)],
                Labs = [.. labs.Where(lab => lab.Encounter == row.GetInt64(0)).Select(lab => lab.Value)],
            });
    }

    /// <summary>One note.</summary>
    /// <exception cref="McpException">There is none with this id.</exception>
    public Note Note(long id)
    {
        using var connection = database.Read();
        var found = Many(connection, "SELECT id, mrn, encounter_id, written_on, author, title, body FROM notes WHERE id = $1", id, row => new Note
        {
            Id = row.GetInt64(0),
            Mrn = row.GetString(1),
            EncounterId = row.GetInt64(2),
            WrittenOn = row.GetString(3),
            Author = row.GetString(4),
            Title = row.GetString(5),
            Body = row.GetString(6),
        });
        return found.Length == 1 ? found[0] : throw new McpException("There is no note with this id. Use list_encounters to find note ids.");
    }

    /// <summary>Encounters by department and kind.</summary>
    public (string Department, string Kind, int Count)[] Counts()
    {
        using var connection = database.Read();
        return Many(connection, "SELECT department, kind, count(*) FROM encounters WHERE $1 GROUP BY department, kind ORDER BY department, kind", 1L, row => (row.GetString(0), row.GetString(1), row.GetInt32(2)));
    }

    private static LabValue Lab(SqliteDataReader row) => new()
    {
        TakenOn = row.GetString(1),
        Loinc = row.GetString(2),
        Name = row.GetString(3),
        Value = row.GetDouble(4),
        Unit = row.GetString(5),
        Flag = row.GetString(6),
    };

    private static T[] Many<T>(SqliteConnection connection, string sql, object value, Func<SqliteDataReader, T> read)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$1", value);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return [.. rows];
    }
}
