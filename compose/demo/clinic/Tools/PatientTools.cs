using System.ComponentModel;
using Chaperone.Demo.Clinic.Data;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Chaperone.Demo.Clinic.Tools;

/// <summary>The patient register.</summary>
[McpServerToolType]
internal sealed class PatientTools(PatientStore patients)
{
    [McpServerTool(Name = "search_patients", Title = "Search patients", ReadOnly = true, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Finds patients by the start of a name, by exact date of birth or by the start of a city. Answers with at most `limit` patients in MRN order and the number of all matches.")]
    public PatientPage Search(
        [Description("Start of the given, family or full name.")] string? name = null,
        [Description("Date of birth, yyyy-MM-dd.")] string? birthDate = null,
        [Description("Start of the city.")] string? city = null,
        [Description("At most this many, 1 to 100.")] int limit = 20)
    {
        Require(limit is >= 1 and <= 100, "limit must be 1 to 100.");
        var (total, page) = patients.Search(name, birthDate, city, limit);
        return new PatientPage
        {
            Total = total,
            Patients = [.. page.Select(p => new PatientSummary { Mrn = p.Mrn, FirstName = p.FirstName, LastName = p.LastName, BirthDate = p.BirthDate, Sex = p.Sex, City = p.Address.City })],
        };
    }

    [McpServerTool(Name = "get_patient", Title = "Get one patient", ReadOnly = true, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Everything the register holds about one patient: identifiers, contact data, insurance, emergency contact and physician.")]
    public Patient Get([Description("Medical record number, e.g. MRN-100001.")] string mrn) => patients.Get(mrn);

    [McpServerTool(Name = "update_patient", Title = "Change contact data", Destructive = true, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Replaces the contact data that is given and keeps the rest; answers with the patient afterwards. The old values are lost.")]
    public Patient Update(
        [Description("Medical record number.")] string mrn,
        [Description("New phone number.")] string? phone = null,
        [Description("New e-mail address.")] string? email = null,
        [Description("New street and number.")] string? street = null,
        [Description("New city.")] string? city = null,
        [Description("New two-letter state.")] string? state = null,
        [Description("New ZIP code.")] string? zip = null) => patients.Update(mrn, phone, email, street, city, state, zip);

    [McpServerTool(Name = "delete_patient", Title = "Delete a patient", Destructive = true, Idempotent = false, OpenWorld = false, UseStructuredContent = true)]
    [Description("Removes a patient with all encounters, notes and laboratory values. Cannot be undone.")]
    public Deletion Delete(
        [Description("Medical record number.")] string mrn,
        [Description("Why, in a few words.")] string reason)
    {
        Require(!string.IsNullOrWhiteSpace(reason), "reason must not be empty.");
        return new Deletion { Mrn = mrn, Encounters = patients.Delete(mrn) };
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new McpException(otherwise);
        }
    }
}
