using Chaperone.TestKit;

namespace Chaperone.Integration.Tests.Bus;

/// <summary>A broker for one class of tests, which may kill it.</summary>
public sealed class OwnRabbitMq : IAsyncLifetime
{
    public SharedRabbitMq Shared { get; } = new();

    public ValueTask InitializeAsync() => Shared.InitializeAsync();

    public ValueTask DisposeAsync() => Shared.DisposeAsync();
}
