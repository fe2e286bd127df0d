using Chaperone.Approval.Store;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Chaperone.Approval.Tests.Desk;

/// <summary>The room's real parts over a real store, with a journal, an announcer and a clock of the test's.</summary>
internal sealed class DeskBench : IAsyncDisposable
{
    private readonly List<ServiceProvider> _processes = [];
    private readonly string _directory = Directory.CreateTempSubdirectory("chaperone-approval-").FullName;
    private readonly Dictionary<string, string?> _settings = [];

    private DeskBench(FakeTimeProvider time)
    {
        Time = time;
        News = new HeardNews(Journal);
    }

    public FakeTimeProvider Time { get; }

    public MemoryJournal Journal { get; } = new();

    public HeardNews News { get; }

    public SilentBell Bell { get; } = new();

    public CrashPoints Points { get; } = new();

    /// <summary>How often a test has put another worker in a dead one's place.</summary>
    public int Restarts { get; set; }

    public string DirectoryPath => _directory;

    public IReadOnlyDictionary<string, string?> Settings => _settings;

    public ServiceProvider Services => _processes[^1];

    public ApprovalDesk Desk => Services.GetRequiredService<ApprovalDesk>();

    public IPayloadSeal Seal => Services.GetRequiredService<IPayloadSeal>();

    public static Task<DeskBench> StartAsync(IStoreUnderTest store, CancellationToken cancellationToken, params (string Key, string? Value)[] more) =>
        StartAsync(store, NewClock(), cancellationToken, more);

    /// <summary>The time at which every test begins.</summary>
    public static FakeTimeProvider NewClock() => new(new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero));

    public static async Task<DeskBench> StartAsync(
        IStoreUnderTest store, FakeTimeProvider time, CancellationToken cancellationToken, params (string Key, string? Value)[] more)
    {
        var bench = new DeskBench(time);
        bench._settings["Bus:KeyFile"] = Path.Combine(bench._directory, "bus.key");
        bench._settings["Approval:KeyFile"] = Path.Combine(bench._directory, "approval.key");
        foreach (var (key, value) in await store.SettingsAsync(bench._directory, cancellationToken))
        {
            bench._settings[key] = value;
        }

        foreach (var (key, value) in more)
        {
            bench._settings[key] = value;
        }

        bench.Restart();
        return bench;
    }

    /// <summary>A new process over the same store; the old one is left as a crash leaves it.</summary>
    public void Restart()
    {
        Points.Arm(0);
        _processes.Add(NewProcess());
    }

    /// <summary>One more worker beside the first.</summary>
    public ServiceProvider NewProcess(bool withJobs = false)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        Register(services, new ConfigurationBuilder().AddInMemoryCollection(_settings).Build(), withJobs);
        return services.BuildServiceProvider();
    }

    /// <summary>The room's services with the test's clock, journal, announcer and crash points.</summary>
    public void Register(IServiceCollection services, IConfiguration configuration, bool withJobs)
    {
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IJournal>(new CrashPoints.Journal(Journal, Points));
        services.AddSingleton<IAnnounce<ApprovalDecided>>(new CrashPoints.Announce(News, Points));
        services.AddSingleton<IApprovalDatabase>(provider => new CrashPoints.Database(Database(provider), Points));
        if (!withJobs)
        {
            services.AddSingleton<IDeskBell>(Bell);
        }

        services.AddSingleton(Journal);
        services.AddDoor<ReadRequest, RequestRead, RecordedCalls>(Lane.Cold);
        services.AddApproval(configuration);
        services.AddChaperoneBus(configuration);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        Directory.Delete(_directory, recursive: true);
    }

    private static IApprovalDatabase Database(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<ApprovalOptions>>();
        return options.Value.Store == ApprovalStoreKind.PostgreSql ? new PostgresDatabase(options) : new SqliteDatabase(options);
    }
}
