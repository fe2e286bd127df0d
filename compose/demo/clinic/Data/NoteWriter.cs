using Bogus;

namespace Chaperone.Demo.Clinic.Data;

/// <summary>Writes notes the way clinicians do: names, dates, numbers and relatives in the middle of sentences.</summary>
internal sealed class NoteWriter(Faker faker)
{
    private static readonly Func<Scene, (string Title, string Body)>[] Templates =
    [
        s => ("Progress note",
            $"{s.Patient.FirstName} {s.Patient.LastName} (MRN: {s.Mrn}, DOB {s.Birth}) was seen on {s.Day} in {s.Department} for {s.Reason}. "
            + $"The patient's {s.Relation}, {s.Relative}, drove from {s.Patient.Address.City} and can be reached at {s.Patient.Phone}. "
            + $"Plan discussed with {s.Physician}; follow-up in six weeks."),
        s => ("Discharge summary",
            $"Patient: {s.Patient.LastName}, {s.Patient.FirstName}\nMRN: {s.Mrn}\nSSN: {s.Patient.Ssn}\nAddress: {s.Patient.Address.Street}, {s.Patient.Address.City}, {s.Patient.Address.State} {s.Patient.Address.Zip}\n\n"
            + $"Admitted {s.Day} with {s.Reason}. Course uneventful. Discharged home in the care of {s.Relative} ({s.Relation}). "
            + $"Insurance {s.Patient.Insurance.Insurer}, member {s.Patient.Insurance.MemberId}. Results go to {s.Patient.Email}."),
        s => ("Telephone encounter",
            $"{s.Relative} called at 14:20 on {s.Day} about {s.Honorific} {s.Patient.LastName}'s {s.Reason}. Call back: {s.Patient.Phone}, alternatively {s.Patient.EmergencyContact.Phone}. "
            + $"Advised to come in if symptoms worsen. {s.Patient.FirstName} agreed. Message left for {s.Physician}."),
        s => ("Consultation",
            $"Dear colleague, thank you for referring {s.Honorific} {s.Patient.LastName}, born {s.Birth}, with {s.Reason}. "
            + $"{s.Patient.FirstName} works at {s.Employer} and lives with {s.Relative} near {s.Patient.Address.Street}. Portal: https://portal.example.org/p/{s.Mrn}, last login from {s.Address}. "
            + $"I will see {s.Patient.FirstName} again in three months. {s.Physician}"),
    ];

    /// <summary>A note about <paramref name="patient"/>.</summary>
    public (string Title, string Body) Write(Patient patient, string physician, string reason, string department, DateOnly day)
    {
        var scene = new Scene(
            patient,
            patient.Mrn[4..],
            DateOnly.Parse(patient.BirthDate).ToString("MM/dd/yyyy"),
            day.ToString("MMMM d, yyyy"),
            department,
            reason,
            physician,
            faker.PickRandom("daughter", "son", "spouse", "neighbor"),
            $"{faker.Name.FirstName()} {faker.Name.LastName()}",
            patient.Sex == "male" ? "Mr." : "Ms.",
            faker.Company.CompanyName(),
            faker.Internet.Ip());
        return faker.PickRandom(Templates)(scene);
    }

    private sealed record Scene(
        Patient Patient, string Mrn, string Birth, string Day, string Department, string Reason, string Physician,
        string Relation, string Relative, string Honorific, string Employer, string Address);
}
