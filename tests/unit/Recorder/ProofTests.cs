using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Ledger;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Tests;

public class ProofTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_EachRecord_ProvesItUnderTheCheckpoint()
    {
        await using var rig = await RecorderRig.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await rig.KeepAsync(rig.Entry());
        }

        await rig.Log.PublishAsync(Cancel);
        for (var i = 0; i < 5; i++)
        {
            var proof = await ReadAsync(rig, i);

            Assert.Null(proof.Problem);
            var hashes = proof.Hashes.Select(h => MerkleHash.TryParse(h, out var hash) ? hash : default).ToArray();
            Assert.True(new TlogProof(i, hashes, Encoding.UTF8.GetBytes(proof.Checkpoint!)).Verify(proof.Leaf, NoteKey.Parse(proof.VerifierKey)));
            using var leaf = JsonDocument.Parse(proof.Leaf);
            Assert.Equal(leaf.RootElement.GetProperty("x").GetString(), Convert.ToHexStringLower(SHA256.HashData(proof.Header)));
            Assert.Equal(leaf.RootElement.GetProperty("o").GetString(), Convert.ToHexStringLower(SHA256.HashData(proof.Sealed)));
            Assert.Equal(proof.Sealed.Length, proof.ObjectBytes);
        }
    }

    [Fact]
    public async Task Read_WithoutProof_SaysWhy()
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.Log.PublishAsync(Cancel);
        await rig.KeepAsync(rig.Entry());

        Assert.Contains("this one is newer", (await ReadAsync(rig, 0)).Problem, StringComparison.Ordinal);
        Assert.Contains("no record at that index", (await ReadAsync(rig, 1)).Problem, StringComparison.Ordinal);
        Assert.Contains("no record at that index", (await ReadAsync(rig, -1)).Problem, StringComparison.Ordinal);
        await rig.Log.PublishAsync(Cancel);
        Directory.Delete(Path.Combine(rig.LogDirectory, "tile"), recursive: true);
        await rig.KeepAsync(rig.Entry());
        Assert.Null((await ReadAsync(rig, 0)).Problem);
    }

    /// <summary>The door hands out what lies in the store, altered or not: only the reader's own check counts.</summary>
    [Fact]
    public async Task Read_AlteredRecord_IsHandedOutAsItIs()
    {
        await using var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync(rig.Entry());
        await rig.Log.PublishAsync(Cancel);
        SqliteDatabase.Execute(((SqliteLedgerStore)rig.Store).Writer, "DROP TRIGGER record_keep; UPDATE record SET header = CAST(replace(CAST(header AS TEXT), 'clinic', 'clinik') AS BLOB)");

        var proof = await ReadAsync(rig, 0);

        using var leaf = JsonDocument.Parse(proof.Leaf);
        Assert.NotEqual(leaf.RootElement.GetProperty("x").GetString(), Convert.ToHexStringLower(SHA256.HashData(proof.Header)));
    }

    /// <summary>One altered record is shown as such; what stands around it stays readable.</summary>
    [Fact]
    public async Task ReadSession_AlteredRecord_KeepsTheRestReadable()
    {
        await using var rig = await RecorderRig.StartAsync();
        var session = Guid.CreateVersion7(rig.Time.GetUtcNow());
        var entries = Enumerable.Range(0, 3).Select(_ => rig.Entry(session: session)).ToArray();
        await rig.KeepAsync(entries);
        await rig.FollowAsync();
        SqliteDatabase.Execute(((SqliteLedgerStore)rig.Store).Writer, "DROP TRIGGER record_keep; UPDATE record SET object = zeroblob(length(object)) WHERE idx = 1");

        var transcript = await rig.AskAsync<ReadSession, SessionTranscript>(new ReadSession { SessionId = session });

        Assert.Equal([null, "This record does not open: it was altered, it is gone, or its key is not in the recorder's key file.", null], transcript.Entries.Select(e => e.Problem));
        var damaged = transcript.Entries[1].Entry;
        Assert.Equal((entries[1].EventId, RecordKind.Intent, entries[1].OccurredAt, 0), (damaged.EventId, damaged.Kind, damaged.OccurredAt, damaged.Parts.Length));
        Assert.Null(damaged.Call);
    }

    private static Task<RecordProof> ReadAsync(RecorderRig rig, long index) => rig.AskAsync<ReadProof, RecordProof>(new ReadProof { Index = index });
}
