using Chaperone.Contracts;
using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Retention;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Tests.Keys;

/// <summary>What rotations in Vault and moves between file and Vault leave behind.</summary>
public partial class VaultRootTests
{
    /// <summary>Vault's own rotation: rewrapped inside Vault, recorded, objects untouched, and the old version can be closed.</summary>
    [Fact]
    public async Task Rotate_InVault_RewrapsThereAndTheOldVersionCanGo()
    {
        await using var stage = await VaultStage.StartAsync();
        await using (var rig = await stage.RecorderAsync())
        {
            await rig.KeepAsync(rig.Entry());
            await rig.AskAsync<KeepSearch, SearchKept>(Search(rig, "orchid"));
            rig.Time.Advance(TimeSpan.FromDays(40));
            await rig.KeepAsync(rig.Entry());
            stage.Key.Rotate();
            stage.Server.Asked.Clear();

            await rig.Get<RetentionSweep>().StepAsync(Cancel);
            await rig.Get<RetentionSweep>().StepAsync(Cancel);

            Assert.Equal(["vault:transit/chaperone-records:v2"], VaultStage.RootsOf(rig));
            Assert.Equal("vault:transit/chaperone-records:v2", rig.Get<KeyStore>().FindStanding()!.RootId);
            Assert.Equal(3, stage.Server.Asked.Count(a => a == "POST /v1/transit/rewrap/chaperone-records"));
            Assert.DoesNotContain(stage.Server.Asked, a => a.Contains("/decrypt/", StringComparison.Ordinal));
            var record = Assert.Single(await rig.Store.ReadRecordsAsync(3, 10, Cancel));
            Assert.Equal(
                """{"key":"vault:transit/chaperone-records:v2","keys":"rewrapped","months":2}""", rig.Get<RecordOpener>().Open(record.Header!, record.Object!).Entry.Note);

            // Replicas that hold the keys serve on though they are wrapped otherwise now.
            stage.Server.Sealed = true;
            rig.Time.Advance(TimeSpan.FromMinutes(2));
            await rig.KeepAsync(rig.Entry());
            stage.Server.Sealed = false;
        }

        stage.Key.MinDecryptionVersion = 2;
        await using var again = await stage.RecorderAsync();
        await VaultStage.AssertAllOpenAsync(again, 5);
        Assert.Single((await again.AskAsync<ListSearches, SearchList>(new ListSearches { Owner = Analyst })).Items);
    }

    /// <summary>Attack: an old month's wrapped key is altered. Vault refuses it alone; the newer month is rewrapped, and the old one is named.</summary>
    [Fact]
    public async Task Rotate_OldMonthAltered_IsNamedAndHoldsUpNoOther()
    {
        await using var stage = await VaultStage.StartAsync();
        await using var rig = await stage.RecorderAsync();
        await rig.KeepAsync(rig.Entry());
        var period = Assert.Single(rig.Get<KeyStore>().ListPeriods());
        rig.Time.Advance(TimeSpan.FromDays(40));
        await rig.KeepAsync(rig.Entry());
        byte[] body = [.. period.Body!];
        body[^6] ^= 1;
        Assert.True(rig.Get<KeyStore>().Rewrap(period, period with { Body = body }));
        stage.Key.Rotate();

        await rig.Get<RetentionSweep>().StepAsync(Cancel);

        Assert.Equal(
            ["vault:transit/chaperone-records:v1", "vault:transit/chaperone-records:v2"],
            rig.Get<KeyStore>().ListPeriods().OrderBy(p => p.Month, StringComparer.Ordinal).Select(p => p.RootId));
        Assert.StartsWith("Wrapped keys do not open and stay under their old root (vault:transit/chaperone-records:v1): those of 2026-11.", rig.Health.RootWarning, StringComparison.Ordinal);
        Assert.Null(rig.Health.Problem);
    }

    /// <summary>Vault closed a version too early: that is a setting to mend, not an altered key.</summary>
    [Fact]
    public async Task Open_VersionDisallowed_SaysWhatToDoAndIsNotTakenForTampering()
    {
        await using var stage = await VaultStage.StartAsync();
        await using (var first = await stage.RecorderAsync())
        {
            await first.KeepAsync(first.Entry());
        }

        stage.Key.Rotate();
        stage.Key.MinDecryptionVersion = 2;
        await using var rig = await stage.RecorderAsync();
        var record = Assert.Single(await rig.Store.ReadRecordsAsync(0, 1, Cancel));

        var e = Assert.Throws<RootAwayException>(() => rig.Get<RecordOpener>().TryOpen(record, out _));
        Assert.Contains("Lower min_decryption_version", e.Message, StringComparison.Ordinal);
    }

    /// <summary>From a key file to Vault and back: all keys are wrapped anew within one sweep, and the root before can go.</summary>
    [Fact]
    public async Task Move_FileToVaultAndBack_LeavesNothingBehind()
    {
        await using var stage = await VaultStage.StartAsync();
        var file = Path.Combine(stage.Folder, "keys", "record.key");
        await using (var rig = await stage.RecorderAsync(new()))
        {
            await rig.KeepAsync(rig.Entry());
            await rig.AskAsync<KeepSearch, SearchKept>(Search(rig, "orchid"));
        }

        await using (var rig = await stage.RecorderAsync())
        {
            await rig.KeepAsync(rig.Entry());
            await rig.Get<RetentionSweep>().StepAsync(Cancel);
            Assert.Equal(["vault:transit/chaperone-records:v1"], VaultStage.RootsOf(rig));
        }

        File.Move(file, file + ".away");
        await using (var rig = await stage.RecorderAsync())
        {
            await VaultStage.AssertAllOpenAsync(rig, 3);
            Assert.Single((await rig.AskAsync<ListSearches, SearchList>(new ListSearches { Owner = Analyst })).Items);
        }

        await using (var rig = await stage.RecorderAsync(stage.Settings("File")))
        {
            await rig.Get<RetentionSweep>().StepAsync(Cancel);
            Assert.DoesNotContain("vault:", Assert.Single(VaultStage.RootsOf(rig)), StringComparison.Ordinal);
        }

        stage.Server.Sealed = true;
        await using var last = await stage.RecorderAsync(new());
        await VaultStage.AssertAllOpenAsync(last, 4);
        Assert.Single((await last.AskAsync<ListSearches, SearchList>(new ListSearches { Owner = Analyst })).Items);
    }
}
