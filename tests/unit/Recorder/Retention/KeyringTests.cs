using System.Security.Cryptography;
using Chaperone.Bus.Sealing;
using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Retention;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Tests.Retention;

public class KeyringTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Records of the first versions name a root key in their header and are sealed under HKDF of it; they must open for ever.</summary>
    [Fact]
    public async Task Open_RecordSealedUnderTheRootItself_StillOpens()
    {
        await using var rig = await RecorderRig.StartAsync();
        var root = KeyFile.LoadOrCreate(Path.Combine(rig.Folder, "keys", "record.key")).Current;
        var entry = rig.Entry() with { Parts = [] };
        var facts = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(entry, FactsJson.Default.RecordEntry);
        var header = RecordHeader.Write(entry, root.Id, [new RecordHeader.PartDescription("facts", "application/json", false, facts.Length)]);
        byte[] info = [.. "chaperone/part/v1"u8, .. entry.EventId.ToByteArray(bigEndian: true), .. "facts"u8];
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, root.Key, 32, info: info);
        var sealedObject = new byte[4 + 12 + facts.Length + 16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(sealedObject, 12 + facts.Length + 16);
        using var cipher = new AesGcm(key, 16);
        cipher.Encrypt(sealedObject.AsSpan(4, 12), facts, sealedObject.AsSpan(16, facts.Length), sealedObject.AsSpan(16 + facts.Length), header);

        Assert.Equal("nurse-1", rig.Get<RecordOpener>().Open(header, sealedObject).Entry.Call!.Principal.Subject);
    }

    /// <summary>The root key is changed: keys are wrapped anew, objects stay byte for byte, and the old root can go.</summary>
    [Fact]
    public async Task Rotate_Root_RewrapsKeysAndTouchesNoObject()
    {
        var first = await RecorderRig.StartAsync();
        await first.KeepAsync(first.Entry());
        first.Time.Advance(TimeSpan.FromDays(40));
        await first.KeepAsync(first.Entry());
        var before = await ObjectsAsync(first);
        await first.StopAsync();
        var file = Path.Combine(first.Folder, "keys", "record.key");
        var old = await File.ReadAllTextAsync(file, Cancel);
        var line = $"k-new {Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}\n";
        await File.WriteAllTextAsync(file, line + old, Cancel);

        await using (var rotating = await RecorderRig.StartAsync(first.Folder))
        {
            await rotating.Get<RetentionSweep>().StepAsync(Cancel);
            await rotating.Get<RetentionSweep>().StepAsync(Cancel);
            Assert.All(rotating.Get<KeyStore>().ListPeriods(), p => Assert.Equal("k-new", p.RootId));
            var record = Assert.Single(await rotating.Store.ReadRecordsAsync(3, 10, Cancel));
            Assert.Equal("""{"key":"k-new","keys":"rewrapped","months":2}""", rotating.Get<RecordOpener>().Open(record.Header!, record.Object!).Entry.Note);
        }

        await File.WriteAllTextAsync(file, line, Cancel);
        await using var rig = await RecorderRig.StartAsync(first.Folder);
        Assert.Equal(before, (await ObjectsAsync(rig))[..3]);
        foreach (var record in await rig.Store.ReadRecordsAsync(0, 10, Cancel))
        {
            Assert.NotNull(rig.Get<RecordOpener>().TryOpen(record, out _));
        }
    }

    /// <summary>Attack: an old month's wrapped key is altered before the root is changed. It is named and stays; all others are wrapped anew, and retention goes on.</summary>
    [Fact]
    public async Task Rotate_OldMonthAltered_IsNamedAndHoldsUpNoOther()
    {
        var first = await RecorderRig.StartAsync();
        await first.KeepAsync(first.Entry());
        var honest = Assert.Single(first.Get<KeyStore>().ListPeriods());
        first.Time.Advance(TimeSpan.FromDays(40));
        await first.KeepAsync(first.Entry());
        byte[] body = [.. honest.Body!];
        body[^1] ^= 1;
        var altered = honest with { Body = body };
        Assert.True(first.Get<KeyStore>().Rewrap(honest, altered));
        await first.StopAsync();
        var file = Path.Combine(first.Folder, "keys", "record.key");
        await File.WriteAllTextAsync(file, $"k-new {Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}\n{await File.ReadAllTextAsync(file, Cancel)}", Cancel);

        await using var rig = await RecorderRig.StartAsync(first.Folder);
        rig.Time.Advance(TimeSpan.FromDays(40));
        await rig.Get<RetentionSweep>().StepAsync(Cancel);

        Assert.Equal([honest.RootId, "k-new"], rig.Get<KeyStore>().ListPeriods().OrderBy(p => p.Month, StringComparer.Ordinal).Select(p => p.RootId));
        Assert.StartsWith($"Wrapped keys do not open and stay under their old root ({honest.RootId}): those of 2026-11. All others are wrapped by the current one.", rig.Health.RootWarning, StringComparison.Ordinal);
        Assert.Null(rig.Health.Problem);
        var record = Assert.Single(await rig.Store.ReadRecordsAsync(3, 10, Cancel));
        Assert.Equal("""{"key":"k-new","keys":"rewrapped","months":1}""", rig.Get<RecordOpener>().Open(record.Header!, record.Object!).Entry.Note);

        Assert.True(rig.Get<KeyStore>().Rewrap(altered, honest));
        await rig.Get<RetentionSweep>().StepAsync(Cancel);

        Assert.Null(rig.Health.RootWarning);
        Assert.All(rig.Get<KeyStore>().ListPeriods(), p => Assert.Equal("k-new", p.RootId));
    }

    /// <summary>Two recorders that need the same month and session at once agree on one key.</summary>
    [Fact]
    public async Task Prepare_ByManyAtOnce_KeepsOneKeyForEach()
    {
        await using var rig = await RecorderRig.StartAsync();
        var entries = Enumerable.Range(0, 20).Select(_ => rig.Entry()).ToArray();
        var rings = Enumerable.Range(0, 8).Select(_ => new Keyring(rig.Get<IRootKeys>(), rig.Get<KeyStore>(), rig.Time)).ToArray();

        await Task.WhenAll(rings.Select(r => Task.Run(() => r.PrepareAsync(entries, Cancel).AsTask())));

        Assert.Single(rig.Get<KeyStore>().ListPeriods());
        foreach (var entry in entries)
        {
            var keys = rings.Select(r => Convert.ToHexString(r.ForSealing(entry.Call).Keys.ForPart(entry.EventId, "request_raw"))).Distinct();
            Assert.Single(keys);
        }
    }

    /// <summary>Messages of two sessions, and messages and facts, share no key: destroying one leaves the other.</summary>
    [Fact]
    public async Task ForSealing_SessionsAndFacts_HaveKeysOfTheirOwn()
    {
        await using var rig = await RecorderRig.StartAsync();
        var ring = rig.Get<Keyring>();
        var id = Guid.CreateVersion7(rig.Time.GetUtcNow());
        var (one, other) = (ring.ForSealing(rig.Entry().Call).Keys, ring.ForSealing(rig.Entry().Call).Keys);

        Assert.NotEqual(one.ForPart(id, "request_raw"), other.ForPart(id, "request_raw"));
        Assert.Equal(one.ForPart(id, "facts"), other.ForPart(id, "facts"));
        Assert.NotEqual(one.ForCommitment(id), other.ForCommitment(id));
    }

    private static async Task<string[]> ObjectsAsync(RecorderRig rig) =>
        [.. (await rig.Store.ReadRecordsAsync(0, 10, Cancel)).Select(r => Convert.ToHexString(r.Header!) + Convert.ToHexString(r.Object!))];
}
