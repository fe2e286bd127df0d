using System.ComponentModel;
using System.Text.Json;
using Chaperone.Demo.Clinic.Data;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Chaperone.Demo.Clinic.Tools;

/// <summary>What can be read without a tool.</summary>
[McpServerResourceType]
internal sealed class ClinicResources(PatientStore patients)
{
    [McpServerResource(UriTemplate = "clinic://about", Name = "about", Title = "About this clinic", MimeType = "text/plain")]
    [Description("What this server is.")]
    public static string About() => "A clinic that does not exist, with synthetic patients made from a fixed seed. MRNs run from MRN-100001. Nothing here is about a real person.";

    [McpServerResource(UriTemplate = "clinic://patients/{mrn}", Name = "patient", Title = "Patient record", MimeType = "application/json")]
    [Description("One patient's register entry as JSON.")]
    public TextResourceContents Patient(string mrn) => new()
    {
        Uri = $"clinic://patients/{mrn}",
        MimeType = "application/json",
        Text = JsonSerializer.Serialize(patients.Get(mrn), McpJsonUtilities.DefaultOptions),
    };
}
