using System.IO.Compression;
using System.Text;
using Chaperone.Contracts;
using Chaperone.Recorder.Tests;

namespace Chaperone.Cli.Tests;

/// <summary>After two people shredded a session: what the command says, and that everything still verifies.</summary>
public class RetentionTests
{
    [Fact]
    public async Task Retention_AfterAShred_IsToldByEveryCommand()
    {
        await using var rig = await ShreddedAsync();

        var shown = await CliRun.OfAsync("retention", "--store", rig.DataDirectory);
        var verified = await CliRun.OfAsync("verify", "--store", rig.DataDirectory);

        Assert.Equal((0, ""), (shown.Code, shown.Error));
        Assert.StartsWith("month    messages  facts     sessions  key ", shown.Lines[0], StringComparison.Ordinal);
        Assert.Matches("^2026-11  open      open             1  p202611-[0-9a-f]{8} +k[0-9a-f]{8}$", shown.Lines[1]);
        Assert.Contains("holds: none", shown.Lines);
        Assert.Contains(shown.Lines, l => l.Contains("messages of session", StringComparison.Ordinal) && l.EndsWith("approved, agreed: anna, bert, 1 keys destroyed 2027-01-02", StringComparison.Ordinal));
        Assert.Equal("The ledger is intact.", verified.Lines[0]);
        Assert.Contains("  shredded    1 record: their keys were destroyed by orders that the ledger holds", verified.Lines);
    }

    [Fact]
    public async Task Export_AfterAShred_HoldsTheDeletionLedgerAndVerifies()
    {
        await using var rig = await ShreddedAsync();
        var file = Path.Combine(rig.Folder, "evidence.zip");

        var made = await CliRun.OfAsync("export", "--from", "2026-11-01", "--to", "2027-01-31", "--store", rig.DataDirectory, "--keys", Path.Combine(rig.Folder, "keys"), "--out", file, "--masked-text");
        var verified = await CliRun.OfAsync("verify", file);

        Assert.True(made.Code == 0, made.Error);
        Assert.Equal("The bundle is intact.", verified.Lines[0]);
        using var zip = ZipFile.OpenRead(file);
        var retention = Text(zip, "populations/retention.csv").Split("\r\n");
        Assert.Equal(["what", "shred-asked", "shred-agreed", "shred-approved"], retention[..4].Select(l => l.Split(',')[2]));
        Assert.Contains("anna bert", retention[3], StringComparison.Ordinal);
        Assert.DoesNotContain("GONE", Text(zip, "content.jsonl"), StringComparison.Ordinal);
        Assert.Contains("STAYS", Text(zip, "content.jsonl"), StringComparison.Ordinal);
    }

    private static string Text(ZipArchive zip, string name)
    {
        using var reader = new StreamReader(zip.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    private static async Task<RecorderRig> ShreddedAsync()
    {
        var rig = await RecorderRig.StartAsync();
        var gone = rig.Entry(masked: "GONE");
        await rig.KeepAsync(gone, rig.Entry(masked: "STAYS"));
        rig.Time.Advance(TimeSpan.FromDays(40));
        var order = await ChangeAsync(rig, RetentionChange.Ask, "anna", null, new RetentionTarget { SessionId = gone.Call!.SessionId });
        await ChangeAsync(rig, RetentionChange.Agree, "bert", order, null);
        await rig.Log.PublishAsync(TestContext.Current.CancellationToken);
        await rig.StopAsync();
        return rig;
    }

    private static async Task<Guid> ChangeAsync(RecorderRig rig, RetentionChange change, string who, Guid? id, RetentionTarget? target)
    {
        var request = Guid.CreateVersion7(rig.Time.GetUtcNow());
        var changed = await rig.AskAsync<ChangeRetention, RetentionChanged>(new ChangeRetention
        {
            RequestId = request,
            Change = change,
            Id = id,
            Target = target,
            Actor = new Principal { Issuer = "https://issuer.example", Subject = who, Groups = [], ClientId = "console" },
            Reason = rig.Seal.Seal(Encoding.UTF8.GetBytes("Ticket 4711 of the court."), request),
        });
        Assert.Null(changed.Problem);
        return request;
    }
}
