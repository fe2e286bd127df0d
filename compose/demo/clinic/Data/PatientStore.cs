using Microsoft.Data.Sqlite;
using ModelContextProtocol;

namespace Chaperone.Demo.Clinic.Data;

/// <summary>Finds, changes and removes patients.</summary>
internal sealed class PatientStore(ClinicDatabase database)
{
    /// <summary>Patients whose fields start with what is given, by MRN; nulls match all.</summary>
    public (int Total, Patient[] Page) Search(string? name, string? birthDate, string? city, int limit)
    {
        using var connection = database.Read();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT *, count(*) OVER () AS total FROM patients
            WHERE ($name IS NULL OR first_name LIKE $name || '%' OR last_name LIKE $name || '%' OR first_name || ' ' || last_name LIKE $name || '%')
              AND ($born IS NULL OR birth_date = $born) AND ($city IS NULL OR city LIKE $city || '%')
            ORDER BY mrn LIMIT $limit
            """;
        command.Parameters.AddWithValue("$name", (object?)name ?? DBNull.Value);
        command.Parameters.AddWithValue("$born", (object?)birthDate ?? DBNull.Value);
        command.Parameters.AddWithValue("$city", (object?)city ?? DBNull.Value);
        command.Parameters.AddWithValue("$limit", limit);
        using var reader = command.ExecuteReader();
        var page = new List<Patient>();
        var total = 0;
        while (reader.Read())
        {
            page.Add(Read(reader));
            total = reader.GetInt32(reader.GetOrdinal("total"));
        }

        return (total, [.. page]);
    }

    /// <summary>One patient.</summary>
    /// <exception cref="McpException">There is none with this MRN.</exception>
    public Patient Get(string mrn)
    {
        using var connection = database.Read();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT * FROM patients WHERE mrn = $mrn";
        command.Parameters.AddWithValue("$mrn", mrn);
        using var reader = command.ExecuteReader();
        return reader.Read() ? Read(reader) : throw Unknown();
    }

    /// <summary>Changes what is not null and answers with the patient afterwards.</summary>
    /// <exception cref="McpException">There is none with this MRN.</exception>
    public Patient Update(string mrn, string? phone, string? email, string? street, string? city, string? state, string? zip)
    {
        using (var connection = database.Write())
        using (var command = connection.CreateCommand())
        {
            command.CommandText = """
                UPDATE patients SET phone = coalesce($phone, phone), email = coalesce($email, email), street = coalesce($street, street),
                  city = coalesce($city, city), state = coalesce($state, state), zip = coalesce($zip, zip) WHERE mrn = $mrn
                """;
            foreach (var (key, value) in new[] { ("$mrn", mrn), ("$phone", phone), ("$email", email), ("$street", street), ("$city", city), ("$state", state), ("$zip", zip) })
            {
                command.Parameters.AddWithValue(key, (object?)value ?? DBNull.Value);
            }

            if (command.ExecuteNonQuery() == 0)
            {
                throw Unknown();
            }
        }

        return Get(mrn);
    }

    /// <summary>Removes a patient with the whole chart; the number of encounters that went along.</summary>
    /// <exception cref="McpException">There is none with this MRN.</exception>
    public int Delete(string mrn)
    {
        using var connection = database.Write();
        using var transaction = connection.BeginTransaction();
        using var count = connection.CreateCommand();
        count.CommandText = "SELECT count(*) FROM encounters WHERE mrn = $mrn";
        count.Parameters.AddWithValue("$mrn", mrn);
        var encounters = Convert.ToInt32(count.ExecuteScalar());
        using var delete = connection.CreateCommand();
        delete.CommandText = "DELETE FROM patients WHERE mrn = $mrn";
        delete.Parameters.AddWithValue("$mrn", mrn);
        if (delete.ExecuteNonQuery() == 0)
        {
            throw Unknown();
        }

        transaction.Commit();
        return encounters;
    }

    /// <summary>MRNs that start with <paramref name="typed"/>.</summary>
    public (int Total, string[] First) Complete(string typed, int limit)
    {
        using var connection = database.Read();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT mrn, count(*) OVER () FROM patients WHERE substr(mrn, 1, length($typed)) = $typed ORDER BY mrn LIMIT $limit";
        command.Parameters.AddWithValue("$typed", typed);
        command.Parameters.AddWithValue("$limit", limit);
        using var reader = command.ExecuteReader();
        var found = new List<string>();
        var total = 0;
        while (reader.Read())
        {
            found.Add(reader.GetString(0));
            total = reader.GetInt32(1);
        }

        return (total, [.. found]);
    }

    private static McpException Unknown() => new("There is no patient with this MRN. Use search_patients to find the MRN.");

    private static Patient Read(SqliteDataReader row)
    {
        string Text(string column) => row.GetString(row.GetOrdinal(column));
        return new Patient
        {
            Mrn = Text("mrn"),
            FirstName = Text("first_name"),
            LastName = Text("last_name"),
            Sex = Text("sex"),
            BirthDate = Text("birth_date"),
            Ssn = Text("ssn"),
            Phone = Text("phone"),
            Email = Text("email"),
            Address = new Address { Street = Text("street"), City = Text("city"), State = Text("state"), Zip = Text("zip") },
            Insurance = new Insurance { Insurer = Text("insurer"), MemberId = Text("member_id"), Mbi = row.IsDBNull(row.GetOrdinal("mbi")) ? null : Text("mbi") },
            EmergencyContact = new Contact { Name = Text("emergency_contact"), Phone = Text("emergency_phone") },
            Physician = Text("physician"),
        };
    }
}
