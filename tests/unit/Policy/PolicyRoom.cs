using System.Threading.Channels;
using Chaperone.Bus.Signing;
using Chaperone.Policy.BreakGlass;
using Chaperone.Policy.Counting;
using Chaperone.Policy.Deciding;
using Chaperone.Policy.Limits;
using Chaperone.Policy.Pins;
using Chaperone.Policy.Reloading;
using Chaperone.Policy.Tools;
using Chaperone.Policy.Versions;
using Chaperone.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Chaperone.Policy.Tests;

/// <summary>The room's moving parts over a real policy file in a folder of its own.</summary>
internal sealed class PolicyRoom : IAsyncDisposable
{
    private readonly ServiceProvider _provider;
    private readonly Channel<bool> _reads = Channel.CreateUnbounded<bool>();
    private readonly LogCatcher _log = new();
    private readonly PinStore _pins;
    private readonly BreakGlassStore _glass;

    public PolicyRoom(string yaml, TimeProvider? time = null, TimeSpan? poll = null, PolicySigningOptions? signing = null, VersionArchive? archive = null)
    {
        Folder = Directory.CreateTempSubdirectory("chaperone-policy-").FullName;
        File = Path.Combine(Folder, "policy.yaml");
        System.IO.File.WriteAllText(File, yaml);
        _provider = new ServiceCollection().AddMetrics().AddLogging(l => l.AddProvider(_log)).BuildServiceProvider();
        Options = Microsoft.Extensions.Options.Options.Create(new PolicyOptions
        {
            File = File,
            PollInterval = poll ?? TimeSpan.FromMinutes(5),
            SettleTime = TimeSpan.FromMilliseconds(20),
        });
        Telemetry = ActivatorUtilities.CreateInstance<PolicyTelemetry>(_provider);
        News = new PolicyNews(Journal, time ?? TimeProvider.System, _provider.GetRequiredService<ILogger<PolicyNews>>());
        LimitTime = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
        Limits = new LimitDesk(new MemoryLimitStore(LimitTime), Options, _provider.GetRequiredService<ILogger<LimitDesk>>());
        _pins = new PinStore(new SqlitePins(Path.Combine(Folder, "pins")));
        Pins = new PinDesk(_pins, new PinRecords(Journal, new FakeSeal(), TimeProvider.System, _provider.GetRequiredService<ILogger<PinRecords>>()), new FakeSeal(), TimeProvider.System, _provider.GetRequiredService<ILogger<PinDesk>>());
        _glass = new BreakGlassStore(new SqlitePins(Path.Combine(Folder, "pins")));
        BreakGlass = new BreakGlassDesk(_glass, new BreakGlassRecords(Journal, _provider.GetRequiredService<ILogger<BreakGlassRecords>>()), new FakeSeal(), TimeProvider.System, _provider.GetRequiredService<ILogger<BreakGlassDesk>>());
        Counters = new CounterDesk(new MemoryCounterStore(LimitTime), TimeProvider.System, _provider.GetRequiredService<ILogger<CounterDesk>>());
        var signers = new PolicySigners(Microsoft.Extensions.Options.Options.Create(signing ?? new PolicySigningOptions()));
        Archive = archive ?? new VersionArchive(Path.Combine(Folder, "versions"));
        Versions = new VersionKeeper(Archive, signers, LimitTime, _provider.GetRequiredService<ILogger<VersionKeeper>>());
        Keeper = new PolicyKeeper(Options, TimeProvider.System, News, Versions, Tools, Telemetry, _provider.GetRequiredService<ILogger<PolicyKeeper>>());
        Keeper.Read += () => _reads.Writer.TryWrite(true);
    }

    public string Folder { get; }

    public string File { get; }

    public FakeJournal Journal { get; } = new();

    public IOptions<PolicyOptions> Options { get; }

    public PolicyTelemetry Telemetry { get; }

    public ToolBook Tools { get; } = new();

    public PolicyNews News { get; }

    public PolicyKeeper Keeper { get; }

    public VersionArchive Archive { get; }

    public VersionKeeper Versions { get; }

    public LimitDesk Limits { get; }

    public PinDesk Pins { get; }

    public BreakGlassDesk BreakGlass { get; }

    public CounterDesk Counters { get; }

    public RuleHits Hits { get; } = new();

    /// <summary>The clock that limits go by.</summary>
    public FakeTimeProvider LimitTime { get; }

    /// <summary>Errors logged so far.</summary>
    public IReadOnlyList<string> Errors => [.. _log.Errors];

    public async Task StartAsync()
    {
        await Keeper.StartAsync(TestContext.Current.CancellationToken);
        await News.StartAsync(TestContext.Current.CancellationToken);
        await NextReadAsync();
    }

    /// <summary>Waits until one more version of the file was accepted or rejected.</summary>
    public async Task NextReadAsync() =>
        await _reads.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TestLimits.Signal, TestContext.Current.CancellationToken);

    /// <summary>Waits for versions of the file until <paramref name="holds"/>.</summary>
    public async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            await NextReadAsync();
        }
    }

    /// <summary>Replaces the file as careful programs do: by a rename.</summary>
    public void Replace(string yaml)
    {
        var next = Path.Combine(Folder, "next");
        System.IO.File.WriteAllText(next, yaml);
        System.IO.File.Move(next, File, overwrite: true);
    }

    public async ValueTask DisposeAsync()
    {
        await Keeper.StopAsync(CancellationToken.None);
        await News.StopAsync(CancellationToken.None);
        Keeper.Dispose();
        News.Dispose();
        await _pins.DisposeAsync();
        await _glass.DisposeAsync();
        await _provider.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
