using System.Text;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Recorder.Publishing;
using Chaperone.Recorder.Sequencing;
using Chaperone.Recorder.Store;
using Chaperone.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Chaperone.Recorder.Tests;

/// <summary>A recorder on real files in a temporary folder. Its loops other than the sequencer are stepped by the test.</summary>
internal sealed class RecorderRig : IAsyncDisposable
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly ServiceProvider _provider;
    private readonly Sequencer _sequencer;

    private RecorderRig(string folder, FakeTimeProvider time, ServiceProvider provider)
    {
        Folder = folder;
        Time = time;
        _provider = provider;
        _sequencer = provider.GetRequiredService<Sequencer>();
    }

    public string Folder { get; }

    public FakeTimeProvider Time { get; }

    public string DataDirectory => Path.Combine(Folder, "recorder");

    public string LogDirectory => Path.Combine(DataDirectory, "log");

    public string LedgerFile => Path.Combine(DataDirectory, "ledger.db");

    public IRecordKeeper Keeper => Get<IRecordKeeper>();

    public ILedgerStore Store => Get<ILedgerStore>();

    public LedgerLog Log => Get<LedgerLog>();

    public RecorderHealth Health => Get<RecorderHealth>();

    public IPayloadSeal Seal => Get<IPayloadSeal>();

    /// <summary>What was logged at Error and above.</summary>
    public required IReadOnlyCollection<string> Errors { get; init; }

    public static string NewFolder() => Directory.CreateTempSubdirectory("chaperone-recorder-").FullName;

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
        services.AddRecorder(configuration);
        change?.Invoke(services);
        services.AddChaperoneBus(configuration);
        var provider = services.BuildServiceProvider();
        var rig = new RecorderRig(folder, time, provider) { Errors = errors.Lines };
        await rig._sequencer.StartAsync(Cancel);
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

    /// <summary>Stops without a last word, as a kill would; what was committed stays.</summary>
    public async ValueTask StopAsync()
    {
        await _sequencer.StopAsync(CancellationToken.None);
        await _provider.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
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
