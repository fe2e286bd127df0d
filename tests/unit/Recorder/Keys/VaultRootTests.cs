using System.Security.Cryptography;
using System.Text;
using Chaperone.Contracts;
using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Keys.Vault;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Tests.Keys;

/// <summary>Recorders whose keys are wrapped by Vault: what an outage, a rotation, a move and an altered store do.</summary>
public partial class VaultRootTests
{
    private static readonly Principal Analyst = new() { Issuer = "https://issuer.example", Subject = "analyst", Groups = ["soc"], ClientId = "console" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keep_RootInVault_OpensAgainAndHasNoKeyFile()
    {
        await using var stage = await VaultStage.StartAsync();
        await using (var first = await stage.RecorderAsync())
        {
            await first.KeepAsync(first.Entry(), first.Entry());
            await first.AssertIntactAsync(2);
            Assert.Equal(["vault:transit/chaperone-records:v1"], VaultStage.RootsOf(first));
        }

        await using var rig = await stage.RecorderAsync();
        await VaultStage.AssertAllOpenAsync(rig, 2);
        Assert.False(File.Exists(Path.Combine(stage.Folder, "keys", "record.key")));
        Assert.Equal(["POST /v1/transit/encrypt/chaperone-records", "POST /v1/transit/decrypt/chaperone-records"], stage.Server.Asked);
    }

    /// <summary>What is in memory serves on for its time and no longer; readiness says so from the first look on, and then fails closed.</summary>
    [Fact]
    public async Task Keep_VaultAway_ServesOnForItsTimeThenFailsClosed()
    {
        await using var stage = await VaultStage.StartAsync();
        await using var rig = await stage.RecorderAsync();
        await LookAsync(rig);
        await rig.KeepAsync(rig.Entry());
        Assert.Null(rig.Health.RootWarning);

        stage.Server.Sealed = true;
        rig.Time.Advance(TimeSpan.FromMinutes(10));
        await LookAsync(rig);
        await rig.KeepAsync(rig.Entry());
        Assert.Null(rig.Health.Problem);
        Assert.Equal(
            $"Records are kept with the keys in memory until 2026-11-23 07:40 UTC, and then no more. Vault at {stage.Server.Url} answered HTTP 503 to transit/keys/chaperone-records: Vault is sealed. Unseal it.",
            rig.Health.RootWarning);

        rig.Time.Advance(TimeSpan.FromMinutes(55));
        var refused = await Assert.ThrowsAsync<RecordsNotKeptException>(() => rig.KeepAsync(rig.Entry()));
        Assert.Contains("Unseal it.", refused.Message, StringComparison.Ordinal);
        Assert.StartsWith($"Records cannot be kept: their keys cannot be opened. Vault at {stage.Server.Url}", rig.Health.Problem!, StringComparison.Ordinal);

        stage.Server.Sealed = false;
        await WellAsync(rig);
        await rig.KeepAsync(rig.Entry());
        await VaultStage.AssertAllOpenAsync(rig, 3);
    }

    /// <summary>Looked at in time, keys in use are opened again before their time is over: any outage shorter than half of it is not noticed.</summary>
    [Fact]
    public async Task Look_KeysInUse_OpensThemAgainInTime()
    {
        await using var stage = await VaultStage.StartAsync();
        await using var rig = await stage.RecorderAsync();
        await LookAsync(rig);
        for (var minute = 0; minute < 100; minute++)
        {
            rig.Time.Advance(TimeSpan.FromMinutes(1));
            await rig.KeepAsync(rig.Entry());
            await LookAsync(rig);
        }

        stage.Server.Sealed = true;
        rig.Time.Advance(TimeSpan.FromMinutes(29));
        await rig.KeepAsync(rig.Entry());

        Assert.InRange(stage.Server.Asked.Count(a => a.Contains("/decrypt/", StringComparison.Ordinal)), 3, 4);
    }

    [Fact]
    public async Task Keep_MonthTurnsWhileVaultIsAway_FindsItsKeys()
    {
        await using var stage = await VaultStage.StartAsync();
        await using var rig = await stage.RecorderAsync();
        rig.Time.SetUtcNow(new DateTimeOffset(2026, 11, 30, 23, 30, 0, TimeSpan.Zero));
        await LookAsync(rig);
        stage.Server.Sealed = true;
        rig.Time.SetUtcNow(new DateTimeOffset(2026, 12, 1, 0, 10, 0, TimeSpan.Zero));

        await rig.KeepAsync(rig.Entry());

        Assert.Equal(["2026-11", "2026-12"], rig.Get<KeyStore>().ListPeriods().Select(p => p.Month));
        await VaultStage.AssertAllOpenAsync(rig, 1);
    }

    /// <summary>A record that finds no key is not one that can never be kept: nothing may be dropped for it.</summary>
    [Fact]
    public async Task Keep_VaultAwayFromTheStart_RefusesWithoutGivingUpTheRecord()
    {
        await using var stage = await VaultStage.StartAsync();
        stage.Server.Sealed = true;
        await using var rig = await stage.RecorderAsync();
        await LookAsync(rig);
        Assert.Contains("Unseal it.", rig.Health.Problem!, StringComparison.Ordinal);
        var entries = Enumerable.Range(0, 40).Select(_ => rig.Entry()).ToArray();

        await Task.WhenAll(entries.Select(e => Task.Run(() => Assert.ThrowsAsync<RecordsNotKeptException>(() => rig.KeepAsync(e)))));

        // One wait for all of them, not one each.
        Assert.InRange(stage.Server.Asked.Count, 1, 2);
        stage.Server.Sealed = false;
        await WellAsync(rig);
        await rig.KeepAsync(entries);
        await rig.AssertIntactAsync(40);
    }

    /// <summary>A Vault that takes requests and does not answer holds up no caller's thread; and once it is known to be away, nobody waits for it.</summary>
    [Fact]
    public async Task Keep_VaultHangs_BlocksNoCallerAndThenFailsAtOnce()
    {
        await using var stage = await VaultStage.StartAsync();
        await using var rig = await stage.RecorderAsync();
        var entries = Enumerable.Range(0, 20).Select(_ => rig.Entry()).ToArray();

        var first = stage.Hang();
        var waiting = entries.Select(e => rig.Keeper.KeepAsync([e], Cancel).AsTask()).ToArray();
        await first.Asked.WaitAsync(TestKit.TestLimits.Signal, Cancel);
        Assert.All(waiting, w => Assert.False(w.IsCompleted));
        first.Answer.SetResult();
        foreach (var call in waiting)
        {
            await Assert.ThrowsAsync<RecordsNotKeptException>(() => call.WaitAsync(TestKit.TestLimits.Signal, Cancel));
        }

        Assert.Single(stage.Server.Asked);
        var second = stage.Hang();
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        await second.Asked.WaitAsync(TestKit.TestLimits.Signal, Cancel);
        var refused = await Assert.ThrowsAsync<RecordsNotKeptException>(() => rig.KeepAsync(entries[0]));
        Assert.Contains("Unseal it.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, stage.Server.Asked.Count);

        stage.Server.Instead = null;
        second.Answer.SetResult();
        await WellAsync(rig);
        await rig.KeepAsync(entries);
        await rig.AssertIntactAsync(20);
    }

    /// <summary>Attack: an old month's wrapped key is altered. It is named, and this month's keys are opened again all the same.</summary>
    [Fact]
    public async Task Look_OldMonthAltered_IsNamedAndHoldsUpNoOther()
    {
        await using var stage = await VaultStage.StartAsync();
        await using var rig = await stage.RecorderAsync();
        await rig.KeepAsync(rig.Entry());
        var period = Assert.Single(rig.Get<KeyStore>().ListPeriods());
        rig.Time.Advance(TimeSpan.FromDays(40));
        await LookAsync(rig);
        Unwrap(rig, period);
        byte[] altered = [.. period.Body!];
        altered[^6] ^= 1;
        Assert.True(rig.Get<KeyStore>().Rewrap(period, period with { Body = altered }));
        Unwrap(rig, period with { Body = altered });

        rig.Time.Advance(TimeSpan.FromMinutes(31));
        await LookAsync(rig);

        Assert.StartsWith(
            "Wrapped keys do not open any more: those of 2026-11. What they seal can be read with the keys in memory until 2027-01-02 07:40 UTC, and then no more",
            rig.Health.RootWarning!,
            StringComparison.Ordinal);
        Assert.Contains("bring back the wrapped keys", rig.Health.RootWarning!, StringComparison.Ordinal);
        Assert.Null(rig.Health.Problem);
        stage.Server.Sealed = true;
        rig.Time.Advance(TimeSpan.FromMinutes(45));
        await rig.KeepAsync(rig.Entry());
    }

    /// <summary>The search is not built around records whose keys cannot be had just now.</summary>
    [Fact]
    public async Task Follow_VaultAway_WaitsAndSkipsNothing()
    {
        await using var stage = await VaultStage.StartAsync();
        await using (var first = await stage.RecorderAsync())
        {
            await first.KeepAsync(first.Entry());
        }

        stage.Server.Sealed = true;
        await using var rig = await stage.RecorderAsync();
        await Assert.ThrowsAsync<RootAwayException>(rig.FollowAsync);
        stage.Server.Sealed = false;
        rig.Time.Advance(TimeSpan.FromSeconds(11));
        await rig.FollowAsync();

        Assert.Single((await rig.AskAsync<ListSessions, SessionPage>(new ListSessions())).Items);
    }

    /// <summary>Attack: who writes the store puts one month's key in another's place. Each is wrapped with its name.</summary>
    [Fact]
    public async Task Open_KeysSwappedInTheStore_DoNotOpen()
    {
        await using var stage = await VaultStage.StartAsync();
        await using var rig = await stage.RecorderAsync();
        await rig.KeepAsync(rig.Entry());
        var period = Assert.Single(rig.Get<KeyStore>().ListPeriods());
        using var root = new OpenVault(stage, rig.Time);

        NamedKey[] honest = [new(period.Id + "/meta", period.Meta), new(period.Id + "/body", period.Body)];
        NamedKey[] swapped = [new(period.Id + "/meta", period.Body)];
        byte[] altered = [.. period.Meta!];
        altered[^6] ^= 1;

        Assert.All(root.Keys.Unwrap(period.RootId, honest), k => Assert.Equal(32, k!.Length));
        using var other = new OpenVault(stage, rig.Time);
        Assert.Throws<CryptographicException>(() => other.Keys.Unwrap(period.RootId, swapped));
        Assert.Throws<CryptographicException>(() => other.Keys.Unwrap(period.RootId, [new(period.Id + "/meta", altered)]));
        Assert.Throws<CryptographicException>(() => other.Keys.Unwrap("k-none", honest));
    }

    /// <summary>A key that was destroyed is forgotten at the next look, though it was held: also by a process that did not destroy it.</summary>
    [Fact]
    public async Task Shred_KeyThatIsHeld_IsForgotten()
    {
        await using var stage = await VaultStage.StartAsync();
        await using var rig = await stage.RecorderAsync();
        await rig.KeepAsync(rig.Entry());
        var period = Assert.Single(rig.Get<KeyStore>().ListPeriods());
        rig.Time.Advance(TimeSpan.FromDays(40));
        await LookAsync(rig);
        Unwrap(rig, period);

        rig.Get<KeyDatabase>().Write(write => rig.Get<KeyStore>().DestroyMonths(write, period.Month, period.Month, withMeta: false, Guid.CreateVersion7(rig.Time.GetUtcNow())));
        await LookAsync(rig);

        stage.Server.Sealed = true;
        Assert.Throws<RootAwayException>(() => Unwrap(rig, period));
        rig.Get<Keyring>().Forget();
        var record = Assert.Single(await rig.Store.ReadRecordsAsync(0, 1, Cancel));
        Assert.Throws<RootAwayException>(() => rig.Get<RecordOpener>().TryOpen(record, out _));
        stage.Server.Sealed = false;
        rig.Time.Advance(TimeSpan.FromSeconds(11));
        Assert.True(rig.Get<RecordOpener>().TryOpen(record, out _)!.IsShredded);
    }

    /// <summary>Keys in clear whose time is over leave memory also while Vault is away: a clock that is turned back finds none.</summary>
    [Fact]
    public async Task Look_VaultAway_ForgetsKeysWhoseTimeIsOver()
    {
        await using var stage = await VaultStage.StartAsync();
        await using var rig = await stage.RecorderAsync();
        await rig.KeepAsync(rig.Entry());
        var period = Assert.Single(rig.Get<KeyStore>().ListPeriods());
        var clock = new TurnableClock { Now = rig.Time.GetUtcNow() };
        using var vault = new OpenVault(stage, clock);
        NamedKey[] keys = [new(period.Id + "/body", period.Body)];
        vault.Keys.Unwrap(period.RootId, keys);
        stage.Server.Sealed = true;
        Assert.Equal(32, vault.Keys.Unwrap(period.RootId, keys)[0]!.Length);
        using var watch = new VaultWatch(
            vault.Keys, rig.Get<Keyring>(), rig.Health, rig.Get<Microsoft.Extensions.Options.IOptions<RecorderOptions>>(), rig.Time, rig.Get<Microsoft.Extensions.Logging.ILogger<VaultWatch>>());

        clock.Now += TimeSpan.FromHours(1);
        await watch.StepAsync(Cancel);
        clock.Now -= TimeSpan.FromMinutes(30);

        Assert.Throws<RootAwayException>(() => vault.Keys.Unwrap(period.RootId, keys));
    }

    [Fact]
    public async Task Start_SettingsThatCannotWork_AreAllNamed()
    {
        var e = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => RecorderRig.StartAsync(settings: new Dictionary<string, string?>
        {
            ["Recorder:KeyRoot"] = "Vault",
            ["Recorder:Vault:Address"] = "http://vault.example.org:8200",
            ["Recorder:Vault:Mount"] = "../sys",
            ["Recorder:Vault:Key"] = "a/b",
            ["Recorder:Vault:TokenFile"] = "/run/token",
            ["Recorder:Vault:KubernetesRole"] = "recorder",
            ["Recorder:Vault:AuthorityFile"] = "/nowhere.pem",
            ["Recorder:Vault:CacheFor"] = "00:00:01",
            ["Recorder:Vault:Timeout"] = "00:10:00",
        }));

        foreach (var key in new[] { "Address is http", "Mount has", "Key has", "has no login, or several", "AuthorityFile is", "CacheFor is", "Timeout is" })
        {
            Assert.Contains(e.Failures, f => f.Contains(key, StringComparison.Ordinal));
        }
    }

    /// <summary>Lets time pass, and looks, until all is well.</summary>
    private static Task WellAsync(RecorderRig rig) => TestKit.TestLimits.UntilAsync(
        async () =>
        {
            rig.Time.Advance(TimeSpan.FromSeconds(1));
            await LookAsync(rig);
            return rig.Health is { Problem: null, RootWarning: null };
        },
        "the recorder to be well",
        Cancel);

    private static ValueTask LookAsync(RecorderRig rig) => rig.Get<VaultWatch>().StepAsync(Cancel);

    private static void Unwrap(RecorderRig rig, PeriodKey period) => rig.Get<IRootKeys>().Unwrap(period.RootId, [new(period.Id + "/body", period.Body)]);

    private static KeepSearch Search(RecorderRig rig, string words)
    {
        var id = Guid.CreateVersion7(rig.Time.GetUtcNow());
        return new KeepSearch { Owner = Analyst, SearchId = id, Content = rig.Seal.Seal(Encoding.UTF8.GetBytes(words), id) };
    }

    private sealed class TurnableClock : TimeProvider
    {
        public required DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class OpenVault(VaultStage stage, TimeProvider time) : IDisposable
    {
        public VaultRootKeys Keys { get; } = new(new VaultRootOptions(), stage.Transit(time), null, wraps: true, time);

        public void Dispose() => Keys.ForgetAllBut(new HashSet<string>());
    }
}
