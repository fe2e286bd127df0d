using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.Recorder.Doors;
using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Keys.Vault;
using Chaperone.Recorder.Store;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Chaperone.Recorder.Retention;

/// <summary>Wires keys and retention.</summary>
internal static class RetentionService
{
    public static void AddRetention(this IServiceCollection services, Func<IServiceProvider, RecorderOptions> options)
    {
        services.TryAddSingleton(p => new VaultConnection(options(p).Vault, p.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(p => RootKeys.Open(options(p), options(p).Vault.Address is null ? null : p.GetRequiredService<VaultConnection>(), p.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<VaultWatch>();
        services.AddHostedService(p => p.GetRequiredService<VaultWatch>());
        services.TryAddSingleton<KeyDatabase>(p => options(p).Store == RecorderStore.PostgreSql
            ? new PostgresKeyDatabase(p.GetRequiredService<PostgresSource>().Connections)
            : new SqliteKeyDatabase(Path.Combine(options(p).DataDirectory, "keys.db")));
        services.TryAddSingleton<KeyStore>();
        services.TryAddSingleton<Keyring>();
        services.TryAddSingleton<RetentionStore>();
        services.TryAddSingleton<RetentionRecords>();
        services.TryAddSingleton<RetentionDesk>();
        services.TryAddSingleton<Shredder>();
        services.TryAddSingleton<RootRotation>();
        services.TryAddSingleton<RetentionSweep>();
        services.AddHostedService(p => p.GetRequiredService<RetentionSweep>());
        services.AddDoor<ReadRetention, RetentionReport, ReadRetentionDoor>(Lane.Cold);
        services.AddDoor<ChangeRetention, RetentionChanged, ChangeRetentionDoor>(Lane.Cold);
    }
}
