using Microsoft.Data.Sqlite;

namespace Chaperone.Demo.Clinic.Data;

/// <summary>The clinic's SQLite file.</summary>
internal sealed class ClinicDatabase
{
    private const string Schema = """
        CREATE TABLE patients (
          mrn TEXT PRIMARY KEY, first_name TEXT NOT NULL, last_name TEXT NOT NULL, sex TEXT NOT NULL, birth_date TEXT NOT NULL,
          ssn TEXT NOT NULL, phone TEXT NOT NULL, email TEXT NOT NULL, street TEXT NOT NULL, city TEXT NOT NULL, state TEXT NOT NULL, zip TEXT NOT NULL,
          insurer TEXT NOT NULL, member_id TEXT NOT NULL, mbi TEXT, emergency_contact TEXT NOT NULL, emergency_phone TEXT NOT NULL, physician TEXT NOT NULL
        ) STRICT;
        CREATE TABLE encounters (
          id INTEGER PRIMARY KEY, mrn TEXT NOT NULL REFERENCES patients(mrn) ON DELETE CASCADE, admitted_on TEXT NOT NULL, discharged_on TEXT,
          kind TEXT NOT NULL, department TEXT NOT NULL, physician TEXT NOT NULL, reason TEXT NOT NULL, diagnosis_code TEXT NOT NULL
        ) STRICT;
        CREATE TABLE notes (
          id INTEGER PRIMARY KEY, encounter_id INTEGER NOT NULL REFERENCES encounters(id) ON DELETE CASCADE, mrn TEXT NOT NULL,
          written_on TEXT NOT NULL, author TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL
        ) STRICT;
        CREATE TABLE labs (
          id INTEGER PRIMARY KEY, encounter_id INTEGER NOT NULL REFERENCES encounters(id) ON DELETE CASCADE, mrn TEXT NOT NULL,
          taken_on TEXT NOT NULL, loinc TEXT NOT NULL, name TEXT NOT NULL, value REAL NOT NULL, unit TEXT NOT NULL, flag TEXT NOT NULL
        ) STRICT;
        CREATE INDEX patients_by_name ON patients(last_name, first_name);
        CREATE INDEX encounters_by_mrn ON encounters(mrn);
        CREATE INDEX notes_by_encounter ON notes(encounter_id);
        CREATE INDEX labs_by_mrn ON labs(mrn);
        """;

    private readonly string _path;

    private ClinicDatabase(string path) => _path = path;

    /// <summary>Opens the file, or makes and fills it. A start that was cut off leaves no half-filled file.</summary>
    public static ClinicDatabase OpenOrCreate(ClinicOptions options)
    {
        var path = Path.GetFullPath(options.DatabaseFile);
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var unfinished = path + ".new";
            File.Delete(unfinished);
            using (var connection = Open(unfinished, SqliteOpenMode.ReadWriteCreate))
            {
                Execute(connection, Schema);
                using var transaction = connection.BeginTransaction();
                new ClinicSeed(connection).Fill(options.Patients);
                transaction.Commit();
            }

            File.Move(unfinished, path);
        }

        return new ClinicDatabase(path);
    }

    /// <summary>A connection that cannot change anything.</summary>
    public SqliteConnection Read() => Open(_path, SqliteOpenMode.ReadOnly);

    /// <summary>A connection that can.</summary>
    public SqliteConnection Write() => Open(_path, SqliteOpenMode.ReadWrite);

    /// <summary>True once there is somebody to find.</summary>
    public bool HasPatients()
    {
        using var connection = Read();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT EXISTS (SELECT 1 FROM patients)";
        return command.ExecuteScalar() is 1L;
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        // Without a pool: limits and progress handlers of one caller must not meet the next.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, ForeignKeys = true, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
