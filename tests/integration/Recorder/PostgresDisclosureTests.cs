using Chaperone.Recorder.Tests;
using Chaperone.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Chaperone.Integration.Tests.Recorder;

/// <summary>The same on a real PostgreSQL.</summary>
public sealed class PostgresDisclosureTests(SharedPostgres postgres) : DisclosureTests
{
    internal override async Task<RecorderRig> StartAsync(Action<IServiceCollection>? change = null) =>
        await PostgresRig.StartAsync(await (await postgres.GetAsync()).CreateDatabaseAsync(TestContext.Current.CancellationToken), change: change);
}
