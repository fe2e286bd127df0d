using Chaperone.Bus;
using Chaperone.Bus.Doors;
using Chaperone.Bus.Health;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Ledger;
using Chaperone.Recorder.Alarms;
using Chaperone.Recorder.Doors;
using Chaperone.Recorder.Elastic;
using Chaperone.Recorder.Evidence;
using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Numbering;
using Chaperone.Recorder.Publishing;
using Chaperone.Recorder.Retention;
using Chaperone.Recorder.Reviews;
using Chaperone.Recorder.Saved;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Search;
using Chaperone.Recorder.Sequencing;
using Chaperone.Recorder.Siem;
using Chaperone.Recorder.Store;
using Chaperone.Recorder.Verification;
using Chaperone.Recorder.Witnessing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Chaperone.Recorder;

/// <summary>Wires the recorder room.</summary>
public static class RecorderService
{
    /// <summary>The room as a process of its own.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = RoomBuilder.Create(args);
        builder.Services.AddRecorder(builder.Configuration);
        builder.Services.AddChaperoneBus(builder.Configuration);
        var app = builder.Build();
        app.MapChaperoneHealth();
        app.MapRecorder();
        return app;
    }

    /// <summary>The room's services; <see cref="BusService.AddChaperoneBus"/> comes after all rooms.</summary>
    public static IServiceCollection AddRecorder(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RecorderOptions>().Bind(configuration.GetSection("Recorder")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RecorderOptions>, RecorderOptionsCheck>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddLimitedDoor(DoorKind.Public, LogEndpoints.Root);
        services.TryAddSingleton<RecorderHealth>();
        services.AddRetention(Options);
        services.TryAddSingleton<RecordSealer>();
        services.TryAddSingleton<RecordOpener>();
        services.TryAddSingleton<PostgresSource>();
        services.TryAddSingleton<ILedgerStore>(p => Options(p).Store == RecorderStore.PostgreSql
            ? new PostgresLedgerStore(p.GetRequiredService<PostgresSource>().Connections)
            : new SqliteLedgerStore(Path.Combine(Options(p).DataDirectory, "ledger.db")));
        services.TryAddSingleton<ILedgerFiles>(p => new DirectoryFiles(LogEndpoints.Folder(Options(p))));
        services.TryAddSingleton(p => new NoteSigner(Options(p).Origin, KeyFile.LoadOrCreate(Options(p).SigningKeyFile).Current.Key));
        services.TryAddSingleton<WitnessCircle>();
        services.TryAddSingleton<LedgerLog>();
        services.TryAddSingleton<LedgerOpening>();
        services.TryAddSingleton<LedgerGrowth>();
        services.TryAddSingleton<RecentRecords>();
        services.TryAddSingleton(p => ActivatorUtilities.CreateInstance<LogRotation>(p, (Func<RecordSealer>)p.GetRequiredService<RecordSealer>, (Func<Keyring>)p.GetRequiredService<Keyring>));
        services.TryAddSingleton<Sequencer>();
        services.AddHostedService(p => p.GetRequiredService<Sequencer>());
        services.AddHostedService<Checkpointer>();
        services.AddHostedService<CheckpointLines>();
        services.TryAddSingleton<AlarmBell>();
        services.TryAddSingleton<Scrubber>();
        services.AddHostedService(p => p.GetRequiredService<Scrubber>());
        services.TryAddSingleton<WitnessRounds>();
        services.AddHostedService(p => p.GetRequiredService<WitnessRounds>());
        services.TryAddSingleton<RecorderLead>();
        services.AddHostedService<LedgerFollower>();
        services.TryAddSingleton<ISearchStore>(p => Options(p).Store == RecorderStore.PostgreSql
            ? new PostgresSearchStore(p.GetRequiredService<PostgresSource>().Connections)
            : new SqliteSearchStore(Path.Combine(Options(p).DataDirectory, "search.db")));
        services.TryAddSingleton<ISavedSearches>(p => Options(p).Store == RecorderStore.PostgreSql
            ? new PostgresSavedSearches(p.GetRequiredService<PostgresSource>().Connections)
            : new SqliteSavedSearches(Path.Combine(Options(p).DataDirectory, "saved.db")));
        services.TryAddSingleton<SearchSealer>();
        services.TryAddSingleton<Projector>();
        services.TryAddSingleton<GapFinder>();
        services.TryAddSingleton<IntegrityDesk>();
        services.TryAddSingleton<SessionCards>();
        services.TryAddSingleton<EvidenceMaker>();
        services.TryAddSingleton<EvidenceDesk>();
        services.AddElastic(configuration);
        services.AddSyslog(configuration);
        services.AddRecordKeeper<RecordKeeper>();
        services.AddDoor<ListSessions, SessionPage, ListSessionsDoor>(Lane.Cold);
        services.AddDoor<FindMessages, MessagePage, FindMessagesDoor>(Lane.Cold);
        services.AddDoor<ListSearches, SearchList, ListSearchesDoor>(Lane.Cold);
        services.AddDoor<KeepSearch, SearchKept, KeepSearchDoor>(Lane.Cold);
        services.AddDoor<ReadProof, RecordProof, ReadProofDoor>(Lane.Cold);
        services.AddDoor<RevealRecord, RecordRevealed, RevealRecordDoor>(Lane.Cold);
        services.AddDoor<ReadSession, SessionTranscript, ReadSessionDoor>(Lane.Cold);
        services.AddDoor<ReadRequest, RequestRead, ReadRequestDoor>(Lane.Cold);
        services.AddDoor<ReadCalls, CallsRead, ReadCallsDoor>(Lane.Cold);
        services.AddDoor<ReadIntegrity, IntegrityReport, ReadIntegrityDoor>(Lane.Cold);
        services.TryAddSingleton<ReviewParts>();
        services.TryAddSingleton<ReviewDesk>();
        services.AddHostedService<ReviewClock>();
        services.AddDoor<ReadReviews, ReviewBoard, ReadReviewsDoor>(Lane.Cold);
        services.AddDoor<ChangeReviews, ReviewsChanged, ChangeReviewsDoor>(Lane.Cold);
        services.AddDoor<FindDisclosures, DisclosuresFound, FindDisclosuresDoor>(Lane.Cold);
        services.AddDoor<MakeEvidence, EvidenceMade, MakeEvidenceDoor>(Lane.Cold);
        services.AddDoor<ReadEvidence, EvidencePiece, ReadEvidenceDoor>(Lane.Cold);
        services.AddRoomCheck("recorder", p => p.GetRequiredService<RecorderHealth>().Problem);
        services.AddRoomWarning("checkpoints", p => p.GetRequiredService<RecorderHealth>().Warning);
        services.AddRoomWarning("keys", p => p.GetRequiredService<RecorderHealth>().RootWarning);
        services.AddRoomWarning("records", p => p.GetRequiredService<RecorderHealth>().ScrubWarning);
        services.AddRoomWarning("witnesses", p => p.GetRequiredService<RecorderHealth>().WitnessWarning);
        return services;
    }

    /// <summary>The room's HTTP endpoints.</summary>
    public static WebApplication MapRecorder(this WebApplication app)
    {
        LogEndpoints.Map(app);
        return app;
    }

    private static RecorderOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<RecorderOptions>>().Value;
}
