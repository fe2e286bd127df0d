using Bogus;

namespace Chaperone.Demo.Clinic.Data;

/// <summary>Makes patients up. Phone numbers are of the fictitious 555-01xx range and mail goes to example domains; nobody is meant.</summary>
internal sealed class PatientMaker(Faker faker, DateOnly today, IReadOnlyList<string> physicians)
{
    // CMS: positions of a Medicare beneficiary identifier; letters without S, L, O, I, B, Z.
    private const string MbiShape = "1ANNANNAANN";
    private const string MbiLetters = "ACDEFGHJKMNPQRTUVWXY";
    private static readonly string[] Insurers = ["Blue Harbor Health", "Northfield Mutual", "Prairie Care Plan", "Summit Assurance"];

    /// <summary>The patient with this number; MRNs run from MRN-100001.</summary>
    public Patient Make(int number)
    {
        var sex = faker.Random.WeightedRandom(["female", "male", "other"], [0.5f, 0.48f, 0.02f]);
        var gender = sex == "male" ? Bogus.DataSets.Name.Gender.Male : Bogus.DataSets.Name.Gender.Female;
        var first = faker.Name.FirstName(gender);
        var last = faker.Name.LastName();
        var born = today.AddDays(-faker.Random.Int(0, 96 * 365));
        return new Patient
        {
            Mrn = $"MRN-{100_000 + number}",
            FirstName = first,
            LastName = last,
            Sex = sex,
            BirthDate = born.ToString("yyyy-MM-dd"),
            Ssn = Ssn(),
            Phone = Phone(),
            Email = $"{first}.{last}{number}@{faker.PickRandom("example.com", "example.net", "example.org")}".ToLowerInvariant().Replace("'", string.Empty, StringComparison.Ordinal),
            Address = new Address
            {
                Street = faker.Address.StreetAddress(),
                City = faker.Address.City(),
                State = faker.Address.StateAbbr(),
                Zip = faker.Address.ZipCode("#####"),
            },
            Insurance = new Insurance
            {
                Insurer = faker.PickRandom(Insurers),
                MemberId = $"{faker.Random.String2(3, "ABCDEFGHJKLMNPQRSTUVWXYZ")}{faker.Random.Int(100_000_000, 999_999_999)}",
                Mbi = born.AddYears(65) <= today ? Mbi() : null,
            },
            EmergencyContact = new Contact { Name = $"{faker.Name.FirstName()} {last}", Phone = Phone() },
            Physician = faker.PickRandom<string>(physicians),
        };
    }

    private string Phone() => $"({faker.Random.Int(201, 989)}) 555-01{faker.Random.Int(0, 99):00}";

    private string Ssn()
    {
        var area = faker.Random.Int(1, 898);
        return $"{(area == 666 ? 899 : area):000}-{faker.Random.Int(1, 99):00}-{faker.Random.Int(1, 9999):0000}";
    }

    private string Mbi() => string.Concat(MbiShape.Select(place => place switch
    {
        'A' => faker.Random.String2(1, MbiLetters),
        'N' => faker.Random.Int(0, 9).ToString(),
        _ => faker.Random.Int(1, 9).ToString(),
    }));
}
