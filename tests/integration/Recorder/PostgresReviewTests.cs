using Chaperone.Recorder.Tests;
using Chaperone.TestKit;

namespace Chaperone.Integration.Tests.Recorder;

/// <summary>The same on a real PostgreSQL.</summary>
public sealed class PostgresReviewTests(SharedPostgres postgres) : ReviewTests
{
    internal override async Task<RecorderRig> StartAsync() => await PostgresRig.StartAsync(await (await postgres.GetAsync()).CreateDatabaseAsync(TestContext.Current.CancellationToken));
}
