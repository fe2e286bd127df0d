using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.Recorder.Numbering;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Chaperone.Recorder.Tests.Crashes;

/// <summary>
/// An edge that walks calls as the gateway does, on a real recorder and its real store; both can die at any point. It keeps
/// what people saw happen (confirmed, executed, served), to hold the ledger against.
/// </summary>
internal sealed class CrashStage : IAsyncDisposable
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HashSet<Guid> _confirmed = [];
    private readonly HashSet<Guid> _executed = [];
    private readonly HashSet<Guid> _served = [];
    private readonly Dictionary<(long Epoch, long Number), Guid> _given = [];
    private readonly Dictionary<long, long> _told = [];
    private readonly Dictionary<string, string?> _settings;
    private long _epoch = 1_700_000_000_000;
    private long _number;

    private CrashStage(string folder, int seed)
    {
        Folder = folder;
        Dice = new Dice(seed);
        _settings = new() { ["Recorder:GapAfter"] = "00:00:30" };
    }

    public string Folder { get; private set; }

    public Dice Dice { get; }

    public RecorderRig Rig { get; private set; } = null!;

    public FaultyStore Faults => (FaultyStore)Rig.Store;

    /// <summary>A stage in memory where there is a file system for that: the order of writes is tested here, not the disk.</summary>
    public static async Task<CrashStage> OpenAsync(int seed)
    {
        var stage = new CrashStage(NewFolder(), seed);
        await stage.StartRecorderAsync();
        return stage;
    }

    public static string NewFolder()
    {
        const string Memory = "/dev/shm";
        if (!Directory.Exists(Memory))
        {
            return RecorderRig.NewFolder();
        }

        var folder = Path.Combine(Memory, $"chaperone-crash-{Guid.CreateVersion7():N}");
        Directory.CreateDirectory(folder);
        return folder;
    }

    public async Task StartRecorderAsync() => Rig = await RecorderRig.StartAsync(
        Folder,
        services =>
        {
            var store = services.Single(s => s.ServiceType == typeof(ILedgerStore));
            services.Remove(store);
            services.AddSingleton<ILedgerStore>(p => new FaultyStore((ILedgerStore)store.ImplementationFactory!(p)));
        },
        _settings);

    /// <summary>The recorder is gone and started again on what was committed.</summary>
    public async Task RestartRecorderAsync()
    {
        await Rig.StopAsync();
        await StartRecorderAsync();
    }

    /// <summary>Power is cut now: the recorder is started on the files as they lie, with its journal not folded in.</summary>
    public async Task CutPowerAsync()
    {
        var copy = NewFolder();
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
            File.SetUnixFileMode(target, File.GetUnixFileMode(file));
        }

        await Rig.StopAsync();
        Directory.Delete(Folder, recursive: true);
        Folder = copy;
        await StartRecorderAsync();
    }

    /// <summary>The edge is started again: a new life, whose numbers begin again.</summary>
    public void RestartEdge()
    {
        _epoch++;
        _number = 0;
    }

    /// <summary>A record with the edge's next number.</summary>
    public RecordEntry Next(RecordKind kind)
    {
        var stamp = Rig.Stamp(++_number, _epoch);
        _given[(_epoch, _number)] = stamp.EventId;
        return Rig.Entry(stamp: stamp) with { Kind = kind };
    }

    /// <summary>Gives records to the recorder; true when it confirmed them.</summary>
    public async Task<bool> TryKeepAsync(params RecordEntry[] entries)
    {
        try
        {
            await Rig.KeepAsync(entries);
            _confirmed.UnionWith(entries.Select(e => e.EventId));
            return true;
        }
        catch (RecordsNotKeptException)
        {
            return false;
        }
        catch (RecordRefusedException e)
        {
            _confirmed.UnionWith(entries.Select(entry => entry.EventId).Except(e.EventIds));
            return false;
        }
    }

    /// <summary>One call, whole: nothing happens before its record is confirmed. False when it was refused or withheld.</summary>
    public async Task<bool> CallAsync()
    {
        var intent = Next(RecordKind.Intent);
        if (!await TryKeepAsync(intent))
        {
            return false;
        }

        Execute(intent);
        var outcome = Next(RecordKind.Outcome);
        if (!await TryKeepAsync(outcome))
        {
            return false;
        }

        Serve(outcome);
        return true;
    }

    public void Execute(RecordEntry intent) => _executed.Add(intent.EventId);

    public void Serve(RecordEntry outcome) => _served.Add(outcome.EventId);

    /// <summary>The edge says how many numbers it gave out.</summary>
    public async Task HeartbeatAsync()
    {
        _told[_epoch] = _number;
        var note = $$"""{"edge":"edge-a","epoch":{{_epoch}},"last":{{_number}}}""";
        Assert.True(await TryKeepAsync(Rig.Entry() with { Kind = RecordKind.Heartbeat, Call = null, Decision = null, Parts = [], Source = "edge", Note = note }));
    }

    /// <summary>
    /// What must hold after every crash: the ledger is intact; what was confirmed, executed or served is in it; no event is
    /// in it twice; and each number that was given out is in it, or reported as a gap, as far as anybody heard of it.
    /// </summary>
    public async Task CheckAsync()
    {
        await Rig.FollowAsync();
        Rig.Time.Advance(TimeSpan.FromSeconds(31));
        await Rig.FollowAsync();
        var report = await Rig.VerifyAsync();
        Assert.True(report.IsIntact, report.Summary);

        var records = await Rig.Store.ReadRecordsAsync(0, int.MaxValue, Cancel);
        var ids = records.Select(r => r.Leaf.EventId).ToList();
        var kept = ids.ToHashSet();
        Assert.Equal(kept.Count, ids.Count);
        Assert.Subset(kept, _confirmed);
        Assert.Subset(kept, _executed);
        Assert.Subset(kept, _served);

        var gaps = records.Where(r => (RecordKind)r.Leaf.Kind == RecordKind.Gap).Select(r => NumberingNotes.ReadGap(RecordHeader.Read(r.Header!).Note)!).ToList();
        foreach (var ((epoch, number), id) in _given)
        {
            var heard = Math.Max(
                _told.GetValueOrDefault(epoch),
                records.Where(r => r.Leaf.Epoch == epoch).Select(r => r.Leaf.Number ?? 0).DefaultIfEmpty(0).Max());
            var reported = gaps.Any(g => g.Epoch == epoch && g.From <= number && number <= g.To);
            Assert.True(kept.Contains(id) || reported || number > heard, $"number {number} of life {epoch} is neither recorded nor reported as a gap");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Rig.StopAsync();
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
