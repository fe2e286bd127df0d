using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Recorder.Tests;

namespace Chaperone.Cli.Tests;

/// <summary>Bundles of evidence: whole, without PHI, the same each time, and every altered member named by both verifiers.</summary>
public class EvidenceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Export_APeriod_MakesABundleThatBothVerifiersFindIntact()
    {
        await using var rig = await DayAsync();
        var bundle = await ExportAsync(rig);
        var folder = Unpack(bundle);

        var verified = await CliRun.OfAsync("verify", bundle);
        var unpacked = await CliRun.OfAsync("verify", folder, "--key", Path.Combine(rig.LogDirectory, "log.vkey"));
        var (code, said) = await ScriptAsync(folder);

        Assert.Equal((0, "The bundle is intact.", "  holds       6 records, each proved to be in the tree"), (verified.Code, verified.Lines[0], verified.Lines[1]));
        Assert.Equal(0, unpacked.Code);
        Assert.DoesNotContain("read from the bundle itself", unpacked.Output, StringComparison.Ordinal);
        Assert.StartsWith("INTACT: 6 records of chaperone.local/ledger, tree of 6", said, StringComparison.Ordinal);
        Assert.Equal(0, code);
    }

    [Fact]
    public async Task Export_TheSameFilterAndTreeSize_GivesTheSameBytesThoughTheLedgerGrew()
    {
        await using var rig = await DayAsync();
        var first = await ExportAsync(rig);
        await using var again = await RecorderRig.StartAsync(rig.Folder);
        await again.KeepAsync(again.Entry(), again.Entry());
        await again.AssertIntactAsync(9);
        await again.StopAsync();

        var second = await ExportAsync(rig, "--tree-size", "6");
        var grown = await ExportAsync(rig);

        Assert.Equal(await File.ReadAllBytesAsync(first, Cancel), await File.ReadAllBytesAsync(second, Cancel));
        Assert.NotEqual(await File.ReadAllBytesAsync(first, Cancel), await File.ReadAllBytesAsync(grown, Cancel));
    }

    /// <summary>Invariant 4: nothing of a message is in a bundle unless masked text is asked for, and raw text never is; escapes in JSON hide nothing.</summary>
    [Fact]
    public async Task Export_Default_HoldsNoTextOfAnyMessage()
    {
        await using var rig = await DayAsync();

        var plain = Texts(await ExportAsync(rig));
        var masked = Texts(await ExportAsync(rig, "--masked-text"));

        Assert.DoesNotContain(plain, t => t.Value.Contains("CANARY", StringComparison.Ordinal) || t.Value.Contains("MASKED-TEXT", StringComparison.Ordinal));
        Assert.Contains("MASKED-TEXT", masked["content.jsonl"], StringComparison.Ordinal);
        Assert.DoesNotContain(masked, t => t.Value.Contains("CANARY", StringComparison.Ordinal));
        Assert.Contains("\"profile\": \"masked-text\"", masked["manifest.json"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--user nurse-1", 4)]
    [InlineData("--user doctor-2", 1)]
    [InlineData("--server clinic", 5)]
    [InlineData("--server lab", 0)]
    [InlineData("--tool get_patient", 4)]
    [InlineData("--decision deny", 1)]
    [InlineData("--decision allow", 4)]
    [InlineData("--user nurse-1 --decision deny", 0)]
    public async Task Export_Filter_TakesTheRecordsOfThoseCallsAlone(string filter, int records)
    {
        await using var rig = await DayAsync();
        var bundle = await ExportAsync(rig, filter.Split(' '));

        Assert.Equal(records, Texts(bundle)["records.jsonl"].Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(0, (await CliRun.OfAsync("verify", bundle)).Code);
        Assert.Equal(0, (await ScriptAsync(Unpack(bundle))).Code);
    }

    [Fact]
    public async Task Export_Completeness_NamesHolesVoidsAndOrphans()
    {
        await using var rig = await DayAsync();

        var report = JsonDocument.Parse(Texts(await ExportAsync(rig))["completeness.json"]).RootElement;

        var hole = Assert.Single(report.GetProperty("holes").EnumerateArray());
        Assert.Equal(("edge-a", 3, 3), (hole.GetProperty("edge").GetString(), hole.GetProperty("from").GetInt32(), hole.GetProperty("to").GetInt32()));
        var edge = Assert.Single(report.GetProperty("edges").EnumerateArray());
        Assert.Equal((1, 4, 1), (edge.GetProperty("first_number").GetInt32(), edge.GetProperty("last_number").GetInt32(), edge.GetProperty("voids").GetInt32()));
        Assert.Equal(2, Assert.Single(report.GetProperty("orphans").EnumerateArray()).GetProperty("intent_leaf").GetInt32());
        Assert.Equal((1, 6), (report.GetProperty("refused").GetInt32(), report.GetProperty("records").GetInt32()));
    }

    [Fact]
    public async Task Export_SinceAKeptCheckpoint_ProvesThatTheLedgerOnlyGrew()
    {
        await using var rig = await DayAsync();
        var kept = Path.Combine(rig.Folder, "kept");
        File.Copy(Path.Combine(rig.LogDirectory, "checkpoint"), kept);
        await using var again = await RecorderRig.StartAsync(rig.Folder);
        // Each export is a record itself.
        for (var size = 7; size <= 19; size += 2)
        {
            await again.KeepAsync(again.Entry());
            await again.AssertIntactAsync(size);
            var bundle = await ExportAsync(rig, "--since", kept);
            var folder = Unpack(bundle);

            Assert.Equal(0, (await CliRun.OfAsync("verify", bundle, "--since", kept)).Code);
            Assert.Equal(0, (await ScriptAsync(folder)).Code);
            Flip(Path.Combine(folder, "consistency.txt"), 3);
            Assert.Contains("checkpoint.older: the tree does not begin with its 6 records", (await ScriptAsync(folder)).Said, StringComparison.Ordinal);
        }
    }

    /// <summary>A bundle of a forked ledger is intact in itself; only the checkpoint that was kept tells.</summary>
    [Fact]
    public async Task Export_SinceACheckpointOfAnotherTree_IsNotMade()
    {
        await using var rig = await DayAsync();
        var forged = rig.CopyFolder();
        Directory.Delete(Path.Combine(forged, "recorder"), recursive: true);
        await using var other = await RecorderRig.StartAsync(forged);
        await other.KeepAsync([.. Enumerable.Range(0, 7).Select(_ => other.Entry())]);
        await other.AssertIntactAsync(7);
        await other.StopAsync();
        var kept = Path.Combine(rig.LogDirectory, "checkpoint");

        var run = await CliRun.OfAsync([.. Export(other, Path.Combine(forged, "bundle.zip")), "--since", kept]);
        var alone = await ExportAsync(other);
        var against = await CliRun.OfAsync("verify", alone, "--since", kept);

        Assert.Equal((1, "NOT INTACT: older checkpoint: its 6 records are not the first of the ledger\n"), (run.Code, run.Error));
        Assert.False(File.Exists(Path.Combine(forged, "bundle.zip")));
        Assert.Equal(1, against.Code);
    }

    /// <summary>One byte of each member, near its beginning, middle and end.</summary>
    [Fact]
    public async Task Verify_AByteOfAnyMemberAltered_IsNamedByBothVerifiers()
    {
        await using var rig = await DayAsync();
        var kept = Path.Combine(rig.Folder, "kept");
        File.Copy(Path.Combine(rig.LogDirectory, "checkpoint"), kept);
        var folder = Unpack(await ExportAsync(rig, "--since", kept, "--masked-text"));
        var members = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => new FileInfo(f).Length > 0).ToArray();
        Assert.True(members.Length >= 18, $"only {members.Length} members");
        foreach (var member in members)
        {
            var name = Path.GetRelativePath(folder, member);
            var bytes = await File.ReadAllBytesAsync(member, Cancel);
            foreach (var at in new[] { 0, bytes.Length / 2, bytes.Length - 1 })
            {
                Flip(member, at);
                var run = await CliRun.OfAsync("verify", folder);
                Assert.Equal(1, run.Code);
                Assert.Contains(name, Assert.Single(run.Lines), StringComparison.Ordinal);

                // The script cannot vouch for itself once it is altered: the untouched one of the recorder is run.
                var (code, said) = await ScriptAsync(folder);
                Assert.Equal(1, code);
                Assert.Contains(name, said, StringComparison.Ordinal);
                await File.WriteAllBytesAsync(member, bytes, Cancel);
            }
        }

        Assert.Equal(0, (await ScriptAsync(folder)).Code);
    }

    [Fact]
    public async Task Verify_ARecordAltered_IsNamedByItsIndex()
    {
        await using var rig = await DayAsync();
        var folder = Unpack(await ExportAsync(rig));
        var records = Path.Combine(folder, "records.jsonl");
        var lines = await File.ReadAllLinesAsync(records, Cancel);
        lines[2] = lines[2].Replace("nurse-1", "nurse-9", StringComparison.Ordinal);
        await File.WriteAllTextAsync(records, string.Join('\n', lines) + "\n", Cancel);

        var run = await CliRun.OfAsync("verify", folder);
        var (_, said) = await ScriptAsync(folder);

        Assert.Equal("NOT INTACT: records.jsonl: it was altered (and 1 more: record 2)", Assert.Single(run.Lines));
        Assert.Equal("NOT INTACT: records.jsonl: it was altered\nNOT INTACT: record 2: its header is not the one that was logged\n", said);
    }

    [Theory]
    [InlineData("log.vkey")]
    [InlineData("manifest.json")]
    [InlineData("manifest.note")]
    [InlineData("checkpoint")]
    [InlineData("records.jsonl")]
    [InlineData("proofs.tsv")]
    [InlineData("completeness.json")]
    public async Task Verify_AMemberTakenAwayOrAdded_IsNotIntact(string member)
    {
        await using var rig = await DayAsync();
        var folder = Unpack(await ExportAsync(rig));
        File.Move(Path.Combine(folder, member), Path.Combine(folder, "other"));

        var run = await CliRun.OfAsync("verify", folder);
        var (code, said) = await ScriptAsync(folder);

        Assert.Equal((1, 1), (run.Code, code));
        Assert.Contains($"NOT INTACT: {member}: it is missing", run.Output, StringComparison.Ordinal);
        Assert.Contains($"NOT INTACT: {member}: it is missing", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_ABundleSignedByAnotherKey_IsNotIntactForTheKeptKey()
    {
        await using var rig = await DayAsync();
        await using var other = await DayAsync();
        var bundle = await ExportAsync(other);
        var key = Path.Combine(rig.LogDirectory, "log.vkey");

        var run = await CliRun.OfAsync("verify", bundle, "--key", key);
        var (code, said) = await ScriptAsync(Unpack(bundle), (await File.ReadAllTextAsync(key, Cancel)).Trim());

        Assert.Equal((1, 1), (run.Code, code));
        Assert.Contains("manifest.note: it is not signed by chaperone.local/ledger+", run.Output, StringComparison.Ordinal);
        Assert.Contains("manifest.note: it is not signed by chaperone.local/ledger+", said, StringComparison.Ordinal);
    }

    /// <summary>What a rule lets through is not told as masked: neither in the tables, nor in the summary, nor in the events.</summary>
    [Theory]
    [InlineData("safe-harbor", "name", 1, 2, "NAME")]
    [InlineData("none", "", 0, 3, "MRN NAME")]
    [InlineData("safe-harbor", "", 3, 0, "")]
    public async Task Export_IdentifiersThatARuleLetsThrough_AreToldAsLeftInTheClear(string profile, string exempt, int masked, int clear, string types)
    {
        await using var rig = await RecorderRig.StartAsync();
        var call = rig.Entry();
        await rig.KeepAsync(call with
        {
            Kind = RecordKind.Outcome,
            Decision = call.Decision! with { Masking = profile, Exempt = exempt.Split(' ', StringSplitOptions.RemoveEmptyEntries) },
            Outcome = new OutcomeFacts { Status = OutcomeStatus.Answered, HttpStatus = 200, Findings = [new MaskFinding { Type = "MRN", Count = 1 }, new MaskFinding { Type = "NAME", Count = 2 }] },
        });
        await rig.AssertIntactAsync(1);
        await rig.StopAsync();

        var bundle = Texts(await ExportAsync(rig));

        Assert.Contains($",200,{masked},{clear},MRN NAME,{types},", bundle["populations/outcomes.csv"], StringComparison.Ordinal);
        Assert.EndsWith($",{masked},{clear}\r\n", bundle["populations/users.csv"], StringComparison.Ordinal);
        Assert.Contains($"\"identifiers_masked\":{masked},\"identifiers_in_clear\":{clear}", bundle["sessions.jsonl"], StringComparison.Ordinal);
        Assert.Contains($"{masked} identifiers were masked before a response left, and {clear} left in the clear", bundle["SUMMARY.html"], StringComparison.Ordinal);
        Assert.Contains($"\"type\":\"identifiers-in-clear\",\"valueString\":\"{clear}\"", bundle["fhir/AuditEvent.ndjson"], StringComparison.Ordinal);
        Assert.Contains($"\"action_id\":{(masked > 0 ? 4 : 1)},", bundle["ocsf/api_activity.ndjson"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_ABrokenGlass_IsToldWithTheDecisionsItMade()
    {
        await using var rig = await RecorderRig.StartAsync();
        var (call, alarm, window) = (rig.Entry(), rig.Entry(), Guid.CreateVersion7());
        await rig.KeepAsync(alarm with { Kind = RecordKind.Alarm, Call = null, Decision = null, Note = "{\"alarm\":\"break-glass-opened\"}", Parts = [] }, call with { Decision = call.Decision! with { BreakGlass = window } });
        await rig.AssertIntactAsync(2);
        await rig.StopAsync();

        var bundle = Texts(await ExportAsync(rig));

        Assert.EndsWith($",,{window}\r\n", bundle["populations/decisions.csv"], StringComparison.Ordinal);
        Assert.Contains("windows opened: 1. Messages decided so only because of one, which stands beside each: 1.", bundle["SUMMARY.html"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--from", "2026-11-24", "--to", "2026-11-23")]
    [InlineData("--from", "yesterday", "--to", "2026-11-23")]
    [InlineData("--from", "2026-11-23")]
    [InlineData("--from", "2026-11-23", "--to", "2026-11-23", "--tool", "Jane Doe 123-45-6789")]
    [InlineData("--from", "2026-11-23", "--to", "2026-11-23", "--tree-size", "7")]
    public async Task Export_WhatCannotBeMet_IsRefusedAndLeavesNoFile(params string[] args)
    {
        await using var rig = await DayAsync();
        var file = Path.Combine(rig.Folder, "bundle.zip");

        var run = await CliRun.OfAsync(["export", .. args, "--store", rig.DataDirectory, "--keys", Path.Combine(rig.Folder, "keys"), "--out", file]);

        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.StartsWith("Cannot export: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("123-45-6789", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task Export_AStoreWithAnAlteredRecord_NamesItAndMakesNothing()
    {
        await using var rig = await DayAsync();
        await using (var attacker = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={rig.LedgerFile};Pooling=False"))
        {
            await attacker.OpenAsync(Cancel);
            Recorder.Store.SqliteDatabase.Execute(attacker, "DROP TRIGGER record_keep; UPDATE record SET object = cast(x'FF' || substr(object, 2) AS blob) WHERE idx = 1;");
        }

        var run = await CliRun.OfAsync(Export(rig, Path.Combine(rig.Folder, "bundle.zip")));

        Assert.Equal((1, "NOT INTACT: record 1: it is not the one that was logged\n"), (run.Code, run.Error));
        Assert.False(File.Exists(Path.Combine(rig.Folder, "bundle.zip")));
    }

    /// <summary>Two allowed calls of a nurse, one without an end; a denied one of a doctor; a number that never came, and one that was spent for nothing.</summary>
    internal static async Task<RecorderRig> DayAsync()
    {
        var rig = await RecorderRig.StartAsync();
        var session = Guid.CreateVersion7(rig.Time.GetUtcNow());
        var first = rig.Entry(session: session, masked: "{\"name\":\"MASKED-TEXT\"}", raw: "{\"name\":\"CANARY\"}", stamp: rig.Stamp(1));
        var stamp = rig.Stamp(2);
        var outcome = first with
        {
            EventId = stamp.EventId,
            Stamp = stamp,
            Kind = RecordKind.Outcome,
            Source = "masking",
            Outcome = new OutcomeFacts { Status = OutcomeStatus.Answered, HttpStatus = 200, Findings = [new MaskFinding { Type = "NAME", Count = 2 }] },
            Parts = [rig.Part("response_masked", "{\"name\":\"MASKED-TEXT\"}", true, stamp.EventId)],
        };
        var orphan = rig.Entry(session: session, raw: "{\"name\":\"CANARY\"}");
        var doctor = rig.Call(Guid.CreateVersion7(rig.Time.GetUtcNow()), target: "CANARY, Jane 555-12-3456");
        var denied = rig.Entry(raw: "{\"name\":\"CANARY\"}") with
        {
            Call = doctor with { Principal = doctor.Principal with { Subject = "doctor-2", Email = "doc@example.org", IsService = true } },
            Decision = first.Decision! with { Effect = CallEffect.Deny, Rule = "default-deny" },
        };
        var last = rig.Stamp(4);
        var none = new RecordEntry { EventId = last.EventId, Kind = RecordKind.Void, OccurredAt = rig.Time.GetUtcNow(), Source = "edge", Stamp = last };
        var again = orphan with { EventId = Guid.CreateVersion7(rig.Time.GetUtcNow()), Parts = [] };
        await rig.KeepAsync(first, outcome, orphan, denied, none, again);
        await rig.AssertIntactAsync(6);
        await rig.StopAsync();
        return rig;
    }

    internal static async Task<string> ExportAsync(RecorderRig rig, params string[] more)
    {
        var file = Path.Combine(RecorderRig.NewFolder(), "bundle.zip");
        var run = await CliRun.OfAsync([.. Export(rig, file), .. more]);
        Assert.Equal((0, ""), (run.Code, run.Output));
        Assert.Contains("Recorded in the ledger as leaf ", run.Error, StringComparison.Ordinal);
        return file;
    }

    private static string[] Export(RecorderRig rig, string file) =>
        ["export", "--from", "2026-11-23", "--to", "2026-11-23", "--store", rig.DataDirectory, "--keys", Path.Combine(rig.Folder, "keys"), "--out", file];

    private static string Unpack(string bundle)
    {
        var folder = RecorderRig.NewFolder();
        ZipFile.ExtractToDirectory(bundle, folder);
        return folder;
    }

    /// <summary>Every member as text, with the escapes of JSON undone, so that a canary cannot hide behind one.</summary>
    private static Dictionary<string, string> Texts(string bundle)
    {
        using var zip = ZipFile.OpenRead(bundle);
        return zip.Entries.ToDictionary(e => e.FullName, e =>
        {
            using var reader = new StreamReader(e.Open(), Encoding.UTF8);
            var text = reader.ReadToEnd();
            return text + (text.Contains("\\u", StringComparison.Ordinal) ? System.Text.RegularExpressions.Regex.Unescape(text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\\\\u", "\\u", StringComparison.Ordinal)) : "");
        });
    }

    internal static void Flip(string file, int at)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[at] ^= 1;
        File.WriteAllBytes(file, bytes);
    }

    /// <summary>Runs the script as shipped, by /bin/sh with the machine's openssl, in the folder.</summary>
    internal static async Task<(int Code, string Said)> ScriptAsync(string folder, params string[] args)
    {
        var shipped = await File.ReadAllBytesAsync(Path.Combine(TestKit.SourceTree.Root, "services/recorder/Evidence/Tools/verify.sh"), Cancel);
        var outside = Path.Combine(RecorderRig.NewFolder(), "verify.sh");
        var text = Encoding.UTF8.GetString(shipped).Replace("$(dirname -- \"$0\")", folder, StringComparison.Ordinal);
        await File.WriteAllTextAsync(outside, text, Cancel);
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(outside);
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(Cancel);
        var said = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel).WaitAsync(TestKit.TestLimits.Signal, Cancel);
        Assert.Equal("", await error);
        return (process.ExitCode, said);
    }
}
