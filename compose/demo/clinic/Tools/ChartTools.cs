using System.ComponentModel;
using Chaperone.Demo.Clinic.Data;
using ModelContextProtocol.Server;

namespace Chaperone.Demo.Clinic.Tools;

/// <summary>The charts.</summary>
[McpServerToolType]
internal sealed class ChartTools(PatientStore patients, ChartStore charts)
{
    [McpServerTool(Name = "list_encounters", Title = "List encounters", ReadOnly = true, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("A patient's visits and stays, newest first, with diagnosis codes, laboratory values and the ids of notes.")]
    public EncounterList Encounters([Description("Medical record number.")] string mrn)
    {
        var patient = patients.Get(mrn);
        return new EncounterList { Mrn = patient.Mrn, Encounters = charts.Encounters(patient.Mrn) };
    }

    [McpServerTool(Name = "get_note", Title = "Get a note", ReadOnly = true, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("One clinical note in full, as it was dictated.")]
    public Note Note([Description("Note id from list_encounters.")] long noteId) => charts.Note(noteId);

    /// <summary>A patient's encounters.</summary>
    internal sealed record EncounterList
    {
        public required string Mrn { get; init; }

        public required Encounter[] Encounters { get; init; }
    }
}
