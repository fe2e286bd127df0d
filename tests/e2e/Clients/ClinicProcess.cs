using Chaperone.TestKit;
using Microsoft.Data.Sqlite;

namespace Chaperone.E2E.Tests.Clients;

/// <summary>The demo clinic as shipped, with a look into its database past the gateway.</summary>
public sealed class ClinicProcess : IAsyncDisposable
{
    public const string TokenVariable = "CLINIC_TOKEN";

    private readonly DirectoryInfo _folder;
    private readonly RoomProcess _process;

    private ClinicProcess(DirectoryInfo folder)
    {
        _folder = folder;
        _process = RoomProcess.Start("clinic", ShippedRooms.Program("compose/demo/clinic", "Chaperone.Demo.Clinic"), folder.FullName, new Dictionary<string, string>
        {
            [TokenVariable] = Token,
            ["CHAPERONE_Clinic__DatabaseFile"] = DatabaseFile,
            ["CHAPERONE_Clinic__Patients"] = "200",
            ["CHAPERONE_Clinic__ReportTime"] = "00:00:03",
        });
    }

    public string Url => _process.Url;

    /// <summary>What the clinic wants to see; only the gateway has it.</summary>
    public string Token { get; } = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(24));

    private string DatabaseFile => Path.Combine(_folder.FullName, "clinic.db");

    public static ClinicProcess Start() => new(Directory.CreateTempSubdirectory("chaperone-clinic-"));

    public Task ReadyAsync(CancellationToken cancellationToken) => _process.ReadyAsync(cancellationToken, "/health");

    /// <summary>Every identifier the clinic has of a patient, by column: what must not be seen behind the gateway.</summary>
    public IReadOnlyDictionary<string, string> IdentifiersOf(string mrn)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT mrn, first_name, last_name, birth_date, ssn, phone, email, street, city, zip, member_id, mbi, emergency_contact, emergency_phone FROM patients WHERE mrn = $mrn";
        command.Parameters.AddWithValue("$mrn", mrn);
        using var row = command.ExecuteReader();
        Assert.True(row.Read(), $"the clinic has no {mrn}");
        return Enumerable.Range(0, row.FieldCount).Where(i => !row.IsDBNull(i)).ToDictionary(row.GetName, row.GetString);
    }

    /// <summary>What the example policy keeps from a nurse, who may see names.</summary>
    public IReadOnlyDictionary<string, string> HiddenFromNurses(string mrn) =>
        IdentifiersOf(mrn).Where(i => i.Key is not ("first_name" or "last_name" or "emergency_contact")).ToDictionary();

    public bool Has(string mrn)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT EXISTS (SELECT 1 FROM patients WHERE mrn = $mrn)";
        command.Parameters.AddWithValue("$mrn", mrn);
        return command.ExecuteScalar() is 1L;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = DatabaseFile, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
