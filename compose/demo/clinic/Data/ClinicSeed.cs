using Bogus;
using Microsoft.Data.Sqlite;

namespace Chaperone.Demo.Clinic.Data;

/// <summary>Fills an empty database. The same seed gives the same clinic, so that tests and readers meet the same patients.</summary>
internal sealed class ClinicSeed(SqliteConnection connection)
{
    private const int Seed = 20260728;
    private static readonly DateOnly Today = new(2026, 7, 28);
    private static readonly string[] Departments = ["Cardiology", "Endocrinology", "Emergency", "Family Medicine", "Neurology", "Oncology", "Orthopedics", "Pulmonology"];
    private static readonly (string Reason, string Code)[] Reasons =
    [
        ("chest pain on exertion", "R07.9"), ("type 2 diabetes follow-up", "E11.9"), ("shortness of breath", "R06.02"), ("persistent headache", "R51.9"),
        ("fall at home", "W19.XXXA"), ("hypertension follow-up", "I10"), ("knee pain", "M25.569"), ("annual examination", "Z00.00"),
    ];

    private static readonly (string Loinc, string Name, string Unit, double Low, double High)[] Labs =
    [
        ("4548-4", "Hemoglobin A1c", "%", 4.0, 5.6), ("2345-7", "Glucose", "mg/dL", 70, 99), ("2160-0", "Creatinine", "mg/dL", 0.6, 1.3),
        ("718-7", "Hemoglobin", "g/dL", 12, 17.5), ("2951-2", "Sodium", "mmol/L", 135, 145), ("2089-1", "LDL cholesterol", "mg/dL", 40, 129),
    ];

    private readonly Faker _faker = new("en") { Random = new Randomizer(Seed) };
    private string[] _physicians = [];
    private long _encounters;

    /// <summary>Adds <paramref name="patients"/> patients with their charts, inside the caller's transaction.</summary>
    public void Fill(int patients)
    {
        _physicians = [.. Enumerable.Range(0, 40).Select(_ => $"Dr. {_faker.Name.FirstName()} {_faker.Name.LastName()}")];
        var people = new PatientMaker(_faker, Today, _physicians);
        var notes = new NoteWriter(_faker);
        for (var number = 1; number <= patients; number++)
        {
            var patient = people.Make(number);
            Insert(patient);
            for (var visits = _faker.Random.Int(1, 4); visits > 0; visits--)
            {
                Visit(patient, notes);
            }
        }
    }

    private void Visit(Patient patient, NoteWriter notes)
    {
        var id = ++_encounters;
        var admitted = Today.AddDays(-_faker.Random.Int(1, 900));
        var kind = _faker.PickRandom("ambulatory", "emergency", "inpatient");
        var discharged = kind == "inpatient" ? admitted.AddDays(_faker.Random.Int(1, 9)) : admitted;
        var (reason, code) = _faker.PickRandom(Reasons);
        var physician = _faker.PickRandom(_physicians);
        var department = _faker.PickRandom(Departments);
        Run(
            "INSERT INTO encounters VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            id, patient.Mrn, Iso(admitted), discharged > Today ? DBNull.Value : Iso(discharged), kind, department, physician, reason, code);
        var note = notes.Write(patient, physician, reason, department, admitted);
        Run("INSERT INTO notes (encounter_id, mrn, written_on, author, title, body) VALUES ($1, $2, $3, $4, $5, $6)", id, patient.Mrn, Iso(admitted), physician, note.Title, note.Body);
        for (var count = _faker.Random.Int(1, 4); count > 0; count--)
        {
            var lab = _faker.PickRandom(Labs);
            var value = Math.Round(_faker.Random.Double(lab.Low * 0.8, lab.High * 1.3), 1);
            var flag = value < lab.Low ? "low" : value > lab.High ? "high" : "normal";
            Run("INSERT INTO labs (encounter_id, mrn, taken_on, loinc, name, value, unit, flag) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", id, patient.Mrn, Iso(admitted), lab.Loinc, lab.Name, value, lab.Unit, flag);
        }
    }

    private void Insert(Patient p) => Run(
        "INSERT INTO patients VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
        p.Mrn, p.FirstName, p.LastName, p.Sex, p.BirthDate, p.Ssn, p.Phone, p.Email, p.Address.Street, p.Address.City, p.Address.State, p.Address.Zip,
        p.Insurance.Insurer, p.Insurance.MemberId, (object?)p.Insurance.Mbi ?? DBNull.Value, p.EmergencyContact.Name, p.EmergencyContact.Phone, p.Physician);

    private void Run(string sql, params object[] values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", values[i]);
        }

        command.ExecuteNonQuery();
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd");
}
