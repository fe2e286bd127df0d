using System.Text;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Ledger;
using Chaperone.Recorder.Numbering;
using Chaperone.Recorder.Publishing;
using Chaperone.Recorder.Search;
using Chaperone.Recorder.Sequencing;
using Chaperone.Recorder.Store;
using Chaperone.Recorder.Verification;
using Chaperone.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Chaperone.Recorder.Tests;

/// <summary>A recorder on real files in a temporary folder. Its loops other than the sequencer are stepped by the test.</summary>
internal sealed class RecorderRig : IAsyncDisposable
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly Lazy<string> Root = new(NewRoot);

    private readonly ServiceProvider _provider;
    private readonly Sequencer _sequencer;

    private RecorderRig(string folder, FakeTimeProvider time, ServiceProvider provider)
    {
        Folder = folder;
        Time = time;
        _provider = provider;
        _sequencer = provider.GetRequiredService<Sequencer>();
        DataDirectory = provider.GetRequiredService<IOptions<RecorderOptions>>().Value.DataDirectory;
    }

    public string Folder { get; }

    public FakeTimeProvider Time { get; }

    public string DataDirectory { get; }

    public string LogDirectory => Path.Combine(DataDirectory, "log");

    public string LedgerFile => Path.Combine(DataDirectory, "ledger.db");

    public IRecordKeeper Keeper => Get<IRecordKeeper>();

    public ILedgerStore Store => Get<ILedgerStore>();

    public LedgerLog Log => Get<LedgerLog>();

    public RecorderHealth Health => Get<RecorderHealth>();

    public IPayloadSeal Seal => Get<IPayloadSeal>();

    /// <summary>What was logged at Error and above.</summary>
    public required IReadOnlyCollection<string> Errors { get; init; }

    /// <summary>A folder that goes when the test process ends.</summary>
    public static string NewFolder() => Directory.CreateDirectory(Path.Combine(Root.Value, Guid.CreateVersion7().ToString("N"))).FullName;

    // Hundreds of folders take longer to delete on a busy disk than the runner waits for the process: another one does it.
    private static string NewRoot()
    {
        var root = Directory.CreateTempSubdirectory("chaperone-recorder-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => System.Diagnostics.Process.Start("rm", ["-rf", "--", root]).Dispose();
        return root;
    }

    /// <summary>Starts on <paramref name="folder"/>, or on a new one.</summary>
    public static async Task<RecorderRig> StartAsync(
        string? folder = null, Action<IServiceCollection>? change = null, IReadOnlyDictionary<string, string?>? settings = null)
    {
        folder ??= NewFolder();
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 6, 40, 16, TimeSpan.Zero));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Recorder:DataDirectory"] = Path.Combine(folder, "recorder"),
            ["Recorder:KeyFile"] = Path.Combine(folder, "keys", "record.key"),
            ["Recorder:SigningKeyFile"] = Path.Combine(folder, "keys", "ledger.key"),
            ["Bus:KeyFile"] = Path.Combine(folder, "keys", "bus.key"),
        }).AddInMemoryCollection(settings ?? new Dictionary<string, string?>()).Build();
        var errors = new ErrorLog();
        var services = new ServiceCollection();
        services.AddLogging(l => l.AddProvider(errors));
        services.AddSingleton<TimeProvider>(time);
        services.AddSingleton<IHostApplicationLifetime, NoLifetime>();
        services.AddRecorder(configuration);
        change?.Invoke(services);
        services.AddChaperoneBus(configuration);
        var provider = services.BuildServiceProvider();
        var rig = new RecorderRig(folder, time, provider) { Errors = errors.Lines };
        var opening = rig.Health.Problem;
        await rig._sequencer.StartAsync(Cancel);
        await TestLimits.UntilAsync(() => ValueTask.FromResult(rig.Health.Problem != opening), "the store to be opened or refused", Cancel);
        return rig;
    }

    public T Get<T>()
        where T : notnull => _provider.GetRequiredService<T>();

    /// <summary>A call's record with one raw and one masked part.</summary>
    public RecordEntry Entry(Guid? eventId = null, string masked = "{\"name\":\"[NAME]\"}", string raw = "{\"name\":\"raw\"}", Guid? session = null, EdgeStamp? stamp = null)
    {
        var id = eventId ?? stamp?.EventId ?? Guid.CreateVersion7(Time.GetUtcNow());
        return new RecordEntry
        {
            EventId = id,
            Kind = RecordKind.Intent,
            OccurredAt = Time.GetUtcNow(),
            Source = "policy",
            Stamp = stamp,
            Call = Call(session ?? Guid.CreateVersion7(Time.GetUtcNow())),
            Decision = new DecisionFacts { Effect = CallEffect.Allow, Rule = "clinical-reads", PolicyDigest = new string('a', 64), Reason = "Allowed.", Masking = "safe-harbor" },
            Parts =
            [
                Part("request_raw", raw, false, id),
                Part("request_masked", masked, true, id),
            ],
        };
    }

    public CallFacts Call(Guid session, string method = "tools/call", string? target = "get_patient") => new()
    {
        CallId = Guid.CreateVersion7(Time.GetUtcNow()),
        SessionId = session,
        Principal = new Principal { Issuer = "https://issuer.example", Subject = "nurse-1", Name = "Nina Nurse", Groups = ["nurses"], ClientId = "demo" },
        ProtocolVersion = "2026-07-28",
        Server = "clinic",
        Method = method,
        Target = target,
        ReceivedAt = Time.GetUtcNow(),
    };

    public RecordPart Part(string name, string text, bool searchable, Guid eventId) => new()
    {
        Name = name,
        MediaType = "application/json",
        Searchable = searchable,
        Content = Seal.Seal(Encoding.UTF8.GetBytes(text), eventId),
    };

    public async Task KeepAsync(params RecordEntry[] entries) => await Keeper.KeepAsync(entries, Cancel).AsTask().WaitAsync(TestLimits.Signal, Cancel);

    /// <summary>Publishes, then verifies everything: pages, leaves, records, head, checkpoints and tiles.</summary>
    public async Task<StoreReport> VerifyAsync()
    {
        await Log.PublishAsync(Cancel);
        return await VerifyAsItIsAsync();
    }

    /// <summary>Verifies everything without publishing first.</summary>
    public async Task<StoreReport> VerifyAsItIsAsync() =>
        await new StoreVerifier(Store, Get<ILedgerFiles>(), Log.Key, Time).VerifyAsync([], null, Cancel);

    /// <summary>What the ledger must be after each step: intact, with so many records.</summary>
    public async Task AssertIntactAsync(long size)
    {
        var report = await VerifyAsync();
        Assert.Equal($"intact: {size} records, root {report.Head.Root}", report.Summary);
        Assert.Equal(size, report.Checkpoint?.Head.Size);
    }

    /// <summary>Projects all there is, and looks for gaps; returns the gaps recorded.</summary>
    public async Task<int> FollowAsync()
    {
        await Get<ISearchStore>().OpenAsync(Cancel);
        while (await Get<Projector>().StepAsync(Cancel))
        {
        }

        return await Get<GapFinder>().StepAsync(Cancel);
    }

    /// <summary>Asks one of the recorder's doors.</summary>
    public async Task<TReply> AskAsync<TRequest, TReply>(TRequest request)
        where TRequest : class
        where TReply : class => await Get<IDoor<TRequest, TReply>>().AnswerAsync(request, Cancel);

    /// <summary>A stamp of edge <c>edge-a</c>.</summary>
    public EdgeStamp Stamp(long number, long epoch = 1_700_000_000_000, string edge = "edge-a") =>
        new() { Edge = edge, Epoch = epoch, Number = number, EventId = Guid.CreateVersion7(Time.GetUtcNow()) };

    /// <summary>Copies the folder as a power cut would leave it, to be started again.</summary>
    public string CopyFolder()
    {
        var copy = NewFolder();
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
            File.SetUnixFileMode(target, File.GetUnixFileMode(file));
        }

        return copy;
    }

    /// <summary>Stops without a last word, as a kill would; what was committed stays.</summary>
    public async ValueTask StopAsync()
    {
        await _sequencer.StopAsync(CancellationToken.None);
        await _provider.DisposeAsync();
    }

    public ValueTask DisposeAsync() => StopAsync();

    private sealed class NoLifetime : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication()
        {
        }
    }

    private sealed class ErrorLog : ILoggerProvider, ILogger
    {
        private readonly List<string> _lines = [];

        public IReadOnlyCollection<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                lock (_lines)
                {
                    _lines.Add($"{logLevel} {formatter(state, exception)} {exception}");
                }
            }
        }

        public void Dispose()
        {
        }
    }
}
