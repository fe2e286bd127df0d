using Chaperone.Bus;
using Chaperone.Bus.Health;
using Chaperone.Bus.Signing;
using Chaperone.Contracts;
using Chaperone.Policy.BreakGlass;
using Chaperone.Policy.Cases;
using Chaperone.Policy.Counting;
using Chaperone.Policy.Deciding;
using Chaperone.Policy.Limits;
using Chaperone.Policy.Pins;
using Chaperone.Policy.Reloading;
using Chaperone.Policy.Tools;
using Chaperone.Policy.Versions;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Chaperone.Policy;

/// <summary>Wires the policy room.</summary>
public static class PolicyService
{
    /// <summary>The room as a process of its own.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = RoomBuilder.Create(args);
        builder.Services.AddPolicy(builder.Configuration);
        builder.Services.AddChaperoneBus(builder.Configuration);
        var app = builder.Build();
        app.MapChaperoneHealth();
        app.MapPolicy();
        return app;
    }

    /// <summary>The room's services; <see cref="BusService.AddChaperoneBus"/> comes after all rooms.</summary>
    public static IServiceCollection AddPolicy(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PolicyOptions>().Bind(configuration.GetSection("Policy")).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PolicyOptions>, PolicyOptionsCheck>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddPolicySigners(configuration);
        services.TryAddSingleton<PolicyTelemetry>();
        services.TryAddSingleton(provider => new VersionArchive(Path.GetFullPath(provider.GetRequiredService<IOptions<PolicyOptions>>().Value.VersionsFolder)));
        services.TryAddSingleton<VersionKeeper>();
        services.TryAddSingleton<ToolBook>();
        services.TryAddSingleton<PolicyNews>();
        services.TryAddSingleton<PolicyKeeper>();
        services.TryAddSingleton<ILimitStore>(provider => MakeStore(provider.GetRequiredService<IOptions<PolicyOptions>>().Value, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<LimitDesk>();
        services.TryAddSingleton(provider => new PinStore(ConnectPins(provider.GetRequiredService<IOptions<PolicyOptions>>().Value)));
        services.TryAddSingleton<PinRecords>();
        services.TryAddSingleton<PinDesk>();
        services.TryAddSingleton(provider => new BreakGlassStore(ConnectPins(provider.GetRequiredService<IOptions<PolicyOptions>>().Value)));
        services.TryAddSingleton<BreakGlassRecords>();
        services.TryAddSingleton<BreakGlassDesk>();
        services.AddHostedService<BreakGlassSweep>();
        services.AddHostedService<LimitSweep>();
        services.TryAddSingleton<ICounterStore>(provider => MakeCounters(provider.GetRequiredService<IOptions<PolicyOptions>>().Value, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<CounterDesk>();
        services.AddHostedService(provider => provider.GetRequiredService<PolicyKeeper>());
        services.AddHostedService(provider => provider.GetRequiredService<PolicyNews>());
        services.AddRoomCheck("policy", provider => provider.GetRequiredService<PolicyKeeper>().Loaded ? null : "No policy is loaded yet.");
        services.AddRoomWarning("policy-file", provider => provider.GetRequiredService<PolicyKeeper>().Problems is { Count: > 0 } problems
            ? $"The policy file has {problems.Count} problem(s); the last good version is in force."
            : null);
        services.AddRoomWarning("policy-versions", provider => provider.GetRequiredService<VersionKeeper>().Problem);
        services.AddDoor<EvaluateCall, CallDecided, EvaluateCallDoor>(Lane.Hot);
        services.AddDoor<SettleCall, CallSettled, SettleCallDoor>(Lane.Hot);
        services.TryAddSingleton<RuleHits>();
        services.AddDoor<ReviewList, ListReviewed, ReviewListDoor>(Lane.Hot);
        services.AddDoor<ListTools, ToolPage, ListToolsDoor>(Lane.Cold);
        services.AddDoor<DecideTool, ToolDecided, DecideToolDoor>(Lane.Cold);
        services.AddDoor<ReadBreakGlass, BreakGlassReport, ReadBreakGlassDoor>(Lane.Cold);
        services.AddDoor<ChangeBreakGlass, BreakGlassChanged, ChangeBreakGlassDoor>(Lane.Cold);
        services.AddDoor<ReadPolicy, PolicyReport, ReadPolicyDoor>(Lane.Cold);
        services.AddDoor<ExplainCall, CallExplained, ExplainCallDoor>(Lane.Cold);
        services.TryAddSingleton<TrialDesk>();
        services.AddDoor<TestPolicy, PolicyTested, TestPolicyDoor>(Lane.Cold);
        services.AddDoor<ComparePolicies, PoliciesCompared, ComparePoliciesDoor>(Lane.Cold);
        services.AddAsk<ReadCalls, CallsRead>(Lane.Cold);
        return services;
    }

    /// <summary>The room's HTTP endpoints: none of its own.</summary>
    public static WebApplication MapPolicy(this WebApplication app) => app;

    private static ILimitStore MakeStore(PolicyOptions options, TimeProvider time)
    {
        return options.LimitStore == LimitStoreKind.Memory ? new MemoryLimitStore(time) : new PostgresLimitStore(Open(options));
    }

    private static IPinConnections ConnectPins(PolicyOptions options) =>
        options.PinStore == PinStoreKind.Sqlite ? new SqlitePins(options.DataDirectory) : new PostgresPins(Open(options));

    private static ICounterStore MakeCounters(PolicyOptions options, TimeProvider time) =>
        options.LimitStore == LimitStoreKind.Memory ? new MemoryCounterStore(time) : new PostgresCounterStore(Open(options));

    private static NpgsqlDataSource Open(PolicyOptions options)
    {
        var connection = new NpgsqlConnectionStringBuilder(options.ConnectionString) { CommandTimeout = 2, Timeout = 2 };
        if (options.PasswordFile is { } file)
        {
            connection.Password = File.ReadAllText(file).TrimEnd('\r', '\n');
        }

        return NpgsqlDataSource.Create(connection);
    }
}
