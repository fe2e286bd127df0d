namespace Chaperone.Demo.Issuer;

/// <summary>Somebody to be during a trial.</summary>
internal sealed record DemoPerson(string Key, string Subject, string Name, string Email, string Role, string[] Groups)
{
    /// <summary>The four people of the trial.</summary>
    public static IReadOnlyList<DemoPerson> All { get; } =
    [
        new("nurse", "demo|nurse", "Nora Nurse", "nora.nurse@hospital.example", "reads patients", ["nurses", "clinical-read"]),
        new("engineer", "demo|engineer", "Emil Engineer", "emil.engineer@hospital.example", "builds agents, reads patients masked, asks before changing one", ["engineers"]),
        new("approver", "demo|approver", "Ada Approver", "ada.approver@hospital.example", "answers held calls in the console", ["approvers", "admin-write"]),
        new("analyst", "demo|analyst", "Ana Analyst", "ana.analyst@hospital.example", "reads the records in the console", ["analysts"]),
    ];

    /// <summary>The person called <paramref name="key"/>; null if there is none.</summary>
    public static DemoPerson? Find(string? key) => All.FirstOrDefault(person => person.Key == key);
}
