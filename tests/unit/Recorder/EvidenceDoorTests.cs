using System.Security.Cryptography;
using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Store;
using Chaperone.TestKit;
using Microsoft.Data.Sqlite;

namespace Chaperone.Recorder.Tests;

/// <summary>The recorder's side of the console's Evidence page: one bundle for one question, recorded before it is handed out.</summary>
public class EvidenceDoorTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Make_WhenReady_IsInTheLedgerOnceAndReadsAsOneWhole()
    {
        await using var rig = await RecorderRig.StartAsync();
        for (var i = 0; i < 300; i++)
        {
            await rig.KeepAsync(rig.Entry());
        }

        await rig.AssertIntactAsync(300);
        var request = Request(rig, 300);

        var made = await ReadyAsync(rig, request);
        var again = await ReadyAsync(rig, request);
        var bytes = await BytesAsync(rig, request, made);

        Assert.Equal((made, EvidenceState.Ready, 300), (again, made.State, made.Records));
        Assert.True(made.Bytes > 256 * 1024, "more than one piece");
        Assert.Equal((made.Bytes, made.Sha256), (bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))));
        await rig.AssertIntactAsync(301);
        var kept = (await rig.Store.ReadRecordsAsync(300, 1, Cancel)).Single();
        var entry = rig.Get<RecordOpener>().Open(kept.Header!, kept.Object!).Entry;
        Assert.Equal((RecordKind.Export, request.RequestId, "auditor-1"), (entry.Kind, entry.EventId, entry.Actor!.Subject));
        var note = JsonDocument.Parse(entry.Note!).RootElement;
        Assert.Equal((made.Sha256, 300, 300, "clinic", false), (
            note.GetProperty("bundle").GetString(), note.GetProperty("tree_size").GetInt32(), note.GetProperty("records").GetInt32(),
            note.GetProperty("server").GetString(), note.GetProperty("masked_text").GetBoolean()));
    }

    /// <summary>Another recorder, or this one restarted, makes the same bytes for the same question.</summary>
    [Fact]
    public async Task Read_ByARecorderThatDidNotMakeIt_GivesTheSameBytes()
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync(rig.Entry(), rig.Entry());
        await rig.AssertIntactAsync(2);
        var request = Request(rig, 2);
        var made = await ReadyAsync(rig, request);
        var bytes = await BytesAsync(rig, request, made);
        await rig.StopAsync();

        await using var other = await RecorderRig.StartAsync(rig.Folder);

        Assert.Equal(bytes, await BytesAsync(other, request, made));
    }

    [Fact]
    public async Task Make_OfALedgerThatIsNotIntact_FailsAndRecordsNothing()
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync(rig.Entry(), rig.Entry());
        await rig.AssertIntactAsync(2);
        await using (var attacker = new SqliteConnection($"Data Source={rig.LedgerFile};Pooling=False"))
        {
            await attacker.OpenAsync(Cancel);
            SqliteDatabase.Execute(attacker, "DROP TRIGGER record_keep; UPDATE record SET object = cast(x'FF' || substr(object, 2) AS blob) WHERE idx = 1;");
        }

        var made = await ReadyAsync(rig, Request(rig, 2));

        Assert.Equal((EvidenceState.Failed, "No evidence is made of a ledger that is not intact: record 1: it is not the one that was logged"), (made.State, made.Problem));
        Assert.Equal(2, (await rig.Store.ReadHeadAsync(Cancel)).Size);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(rig.DataDirectory, "evidence")));
    }

    [Fact]
    public async Task Make_WithoutATreeSizeOrBeyondTheSigned_Fails()
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync(rig.Entry());
        await rig.AssertIntactAsync(1);

        var none = await ReadyAsync(rig, Request(rig, null));
        var beyond = await ReadyAsync(rig, Request(rig, 2));

        Assert.Equal((EvidenceState.Failed, EvidenceState.Failed), (none.State, beyond.State));
        Assert.Contains("no tree size", none.Problem, StringComparison.Ordinal);
        Assert.Contains("more than the 1 leaves", beyond.Problem, StringComparison.Ordinal);
    }

    /// <summary>Only a few are kept: who asks again gets it made again.</summary>
    [Fact]
    public async Task Make_ManyBundles_KeepsTheLastFewOnDisk()
    {
        await using var rig = await RecorderRig.StartAsync();
        for (var i = 0; i < 7; i++)
        {
            await rig.KeepAsync(rig.Entry());
        }

        await rig.AssertIntactAsync(7);
        for (var size = 1; size <= 7; size++)
        {
            Assert.Equal(EvidenceState.Ready, (await ReadyAsync(rig, Request(rig, size))).State);
        }

        var files = Directory.GetFiles(Path.Combine(rig.DataDirectory, "evidence"));
        Assert.Equal(4, files.Length);
        Assert.All(files, f => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(f)));
    }

    private static MakeEvidence Request(RecorderRig rig, long? size) => new()
    {
        RequestId = Guid.CreateVersion7(rig.Time.GetUtcNow()),
        Filter = new EvidenceFilter { From = rig.Time.GetUtcNow().AddDays(-1), To = rig.Time.GetUtcNow().AddDays(1), Server = "clinic", TreeSize = size },
        Actor = new Principal { Issuer = "https://issuer.example", Subject = "auditor-1", Groups = [], ClientId = "console" },
    };

    private static async Task<EvidenceMade> ReadyAsync(RecorderRig rig, MakeEvidence request)
    {
        EvidenceMade made = null!;
        await TestLimits.UntilAsync(
            async () => (made = await rig.AskAsync<MakeEvidence, EvidenceMade>(request)).State != EvidenceState.Running, "the bundle to be made or refused", Cancel);
        return made;
    }

    private static async Task<byte[]> BytesAsync(RecorderRig rig, MakeEvidence request, EvidenceMade made)
    {
        using var all = new MemoryStream();
        while (all.Length < made.Bytes)
        {
            EvidencePiece piece = null!;
            await TestLimits.UntilAsync(
                async () => (piece = await rig.AskAsync<ReadEvidence, EvidencePiece>(
                    new ReadEvidence { RequestId = request.RequestId, Filter = request.Filter, Sha256 = made.Sha256!, Offset = all.Length })).State != EvidenceState.Running,
                "a piece of the bundle",
                Cancel);
            Assert.Equal(EvidenceState.Ready, piece.State);
            await all.WriteAsync(rig.Seal.Open(piece.Content!, request.RequestId), Cancel);
        }

        return all.ToArray();
    }
}
