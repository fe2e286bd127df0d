using Xunit;

namespace Chaperone.TestKit;

/// <summary>
/// One PostgreSQL for a test assembly, started when the first test asks for it. Use
/// <c>[assembly: AssemblyFixture(typeof(SharedPostgres))]</c> and take it in the constructor.
/// </summary>
public sealed class SharedPostgres : IAsyncLifetime
{
    // Not bound to the first caller's token: the server outlives that test.
    private readonly Lazy<Task<PostgresServer>> _server = new(() => PostgresServer.StartAsync(CancellationToken.None));

    /// <summary>The server; the same for all.</summary>
    public Task<PostgresServer> GetAsync() => _server.Value;

    /// <inheritdoc />
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_server is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await _server.Value).DisposeAsync();
        }
    }
}
