using System.ComponentModel;
using System.Text.Json;
using Chaperone.Demo.Clinic.Data;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Chaperone.Demo.Clinic.Tools;

/// <summary>Prompts.</summary>
[McpServerPromptType]
internal sealed class ClinicPrompts(PatientStore patients, ChartStore charts)
{
    [McpServerPrompt(Name = "summarize_patient", Title = "Summarize a patient")]
    [Description("Asks for a one-paragraph summary and carries the patient's record and chart along.")]
    public PromptMessage[] Summarize([Description("Medical record number.")] string mrn)
    {
        var patient = patients.Get(mrn);
        return
        [
            new() { Role = Role.User, Content = new TextContentBlock { Text = $"Summarize the chart of {patient.FirstName} {patient.LastName} ({patient.Mrn}) in one paragraph for the treating physician." } },
            new()
            {
                Role = Role.User,
                Content = new EmbeddedResourceBlock
                {
                    Resource = new TextResourceContents
                    {
                        Uri = $"clinic://patients/{patient.Mrn}",
                        MimeType = "application/json",
                        Text = JsonSerializer.Serialize(new { patient, encounters = charts.Encounters(patient.Mrn) }, McpJsonUtilities.DefaultOptions),
                    },
                },
            },
        ];
    }
}
