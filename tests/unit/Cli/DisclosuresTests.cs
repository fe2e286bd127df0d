using System.Text;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Masking.Patients;
using Chaperone.Recorder.Tests;

namespace Chaperone.Cli.Tests;

/// <summary>An accounting from the ledger itself: the identifier comes from a file or a pipe, never from the command line, and the asking is recorded.</summary>
public class DisclosuresTests
{
    private const string Reason = "The patient asked, ticket 4711";

    [Fact]
    public async Task Disclosures_OfAPatient_AreListedAndTheAskingIsRecorded()
    {
        await using var rig = await RecorderRig.StartAsync();
        var keys = Keys(rig);
        await rig.KeepAsync(Outcome(rig, keys, "MRN-100010"), Outcome(rig, keys, "MRN-100011"), Outcome(rig, keys, "MRN-100010"));
        await rig.AssertIntactAsync(3);

        var found = await AccountAsync(rig, "mrn 100010\n");
        var other = await AccountAsync(rig, "MRN-555555\n");

        Assert.Equal(0, found.Code);
        Assert.Contains("Calls listed: 2. Calls that gave nothing: 0. Looked through 3 records. Recorded in the ledger as leaf 3.", found.Error, StringComparison.Ordinal);
        var lines = found.Output.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Contains(",clinic,tools/call get_patient,masked: MRN ×1,no,MRN,answer,not stated,", lines[1], StringComparison.Ordinal);
        Assert.Single(other.Output.Split("\r\n", StringSplitOptions.RemoveEmptyEntries));
        await rig.AssertIntactAsync(5);
        foreach (var file in Directory.EnumerateFiles(rig.Folder, "*", SearchOption.AllDirectories))
        {
            var text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
            Assert.False(text.Contains("100010", StringComparison.Ordinal) || text.Contains(Reason, StringComparison.Ordinal), file);
        }
    }

    [Theory]
    [InlineData("", Reason, "is empty")]
    [InlineData("000\n", Reason, "no letter and no digit")]
    [InlineData("MRN-1\n", "short", "--reason has 5 characters")]
    public async Task Disclosures_WhatCannotBeMet_IsRefusedAndNotRecorded(string identifier, string reason, string said)
    {
        await using var rig = await RecorderRig.StartAsync();
        Keys(rig);

        var run = await AccountAsync(rig, identifier, reason);

        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        await rig.AssertIntactAsync(0);
    }

    /// <summary>Records under a line that masking.key lost look like no records: the command says so.</summary>
    [Fact]
    public async Task Disclosures_AfterAKeyWasLost_NamesIt()
    {
        await using var rig = await RecorderRig.StartAsync();
        var old = new PatientKeys([("old", new byte[32])]);
        Keys(rig);
        await rig.KeepAsync(Outcome(rig, old, "MRN-100010"));

        var run = await AccountAsync(rig, "MRN-100010\n");

        var events = await AccountAsync(rig, "MRN-100010\n", more: ["--format", "fhir", "--gateway", "https://mcp.example.org/mcp"]);

        Assert.Contains("masking.key no longer has (old)", run.Error, StringComparison.Ordinal);
        Assert.Equal((0, 1), (run.Code, events.Code));
    }

    internal static PatientKeys Keys(RecorderRig rig) => new(KeyFile.LoadOrCreate(Path.Combine(rig.Folder, "keys", "masking.key")).Keys);

    internal static Task<CliRun> AccountAsync(RecorderRig rig, string identifier, string reason = Reason, string[]? more = null) => CliRun.OfInputAsync(
        Encoding.UTF8.GetBytes(identifier),
        ["disclosures", "--store", rig.DataDirectory, "--keys", Path.Combine(rig.Folder, "keys"), "--reason", reason, "--from", "2026-01-01", "--to", "2026-12-31", .. more ?? []]);

    internal static RecordEntry Outcome(RecorderRig rig, PatientKeys keys, string mrn)
    {
        var id = Guid.CreateVersion7(rig.Time.GetUtcNow());
        byte[] part = [1, 0, .. keys.Of(new PatientIdentifier { Kind = PatientIdentifierKind.Number, Value = mrn })![0], (byte)PatientIdentifierClass.Mrn, 2];
        return rig.Entry(id) with
        {
            Kind = RecordKind.Outcome,
            Source = "masking",
            Outcome = new OutcomeFacts { Status = OutcomeStatus.Answered, HttpStatus = 200, Findings = [new MaskFinding { Type = "MRN", Count = 1 }] },
            Parts = [new RecordPart { Name = "patients", MediaType = $"application/vnd.chaperone.patients;v=1;key={keys.Ids[0]}", Searchable = false, Content = rig.Seal.Seal(part, id) }],
        };
    }
}
