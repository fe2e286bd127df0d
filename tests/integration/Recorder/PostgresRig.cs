using Chaperone.Recorder.Tests;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Chaperone.Integration.Tests.Recorder;

/// <summary>Recorders on PostgreSQL.</summary>
internal static class PostgresRig
{
    /// <summary>Starts a recorder; beside another it shares the keys and has a data directory of its own.</summary>
    public static async Task<RecorderRig> StartAsync(string database, string? keysOf = null, string? data = null, Action<IServiceCollection>? change = null)
    {
        var folder = keysOf ?? RecorderRig.NewFolder();
        var connection = new NpgsqlConnectionStringBuilder(database);
        var password = Path.Combine(folder, "password");
        await File.WriteAllTextAsync(password, connection.Password + "\n", TestContext.Current.CancellationToken);
        connection.Password = null;
        connection.PersistSecurityInfo = false;
        return await RecorderRig.StartAsync(folder, change, settings: new Dictionary<string, string?>
        {
            ["Recorder:Store"] = "PostgreSql",
            ["Recorder:ConnectionString"] = connection.ConnectionString,
            ["Recorder:PasswordFile"] = password,
            ["Recorder:DataDirectory"] = Path.Combine(folder, data ?? (keysOf is null ? "recorder" : "other")),
        });
    }
}
