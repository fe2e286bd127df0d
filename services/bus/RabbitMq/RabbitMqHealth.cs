using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Chaperone.Bus.RabbitMq;

/// <summary>Says which of the process's broker connections is down.</summary>
internal sealed class RabbitMqHealth(IEnumerable<BrokerLink> links, IServiceProvider provider) : IBusHealth
{
    private readonly BrokerLink[] _links = [.. links];
    private readonly IBusControl? _cold = provider.GetService<IBusControl>();

    public string? Problem => _links.Select(l => l.Problem).FirstOrDefault(p => p is not null)
        ?? (_cold?.CheckHealth().Status is null or BusHealthStatus.Healthy ? null : "The broker connection for the cold lane is down.");
}
