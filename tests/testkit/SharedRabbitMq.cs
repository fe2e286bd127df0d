using Xunit;

namespace Chaperone.TestKit;

/// <summary>
/// One broker for a test assembly, started when the first test asks for it. Use
/// <c>[assembly: AssemblyFixture(typeof(SharedRabbitMq))]</c> and take it in the constructor.
/// </summary>
public sealed class SharedRabbitMq : IAsyncLifetime
{
    // Not bound to the first caller's token: the broker outlives that test.
    private readonly Lazy<Task<RabbitMqBroker>> _broker = new(() => RabbitMqBroker.StartAsync(CancellationToken.None));

    /// <summary>The broker; the same for all.</summary>
    public Task<RabbitMqBroker> GetAsync() => _broker.Value;

    /// <inheritdoc />
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_broker is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await _broker.Value).DisposeAsync();
        }
    }
}
