using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Chaperone.Bus.RabbitMq;

/// <summary>MassTransit on a connection of its own: approvals, console queries and events.</summary>
internal sealed class ColdBus
{
    // Requests wait for people's rooms, which await databases: more at once than cores, and few enough to be fair.
    private const int AtOnce = 16;

    // A queue without workers goes away, so that askers are refused at once again.
    private static readonly TimeSpan OrphanExpiry = TimeSpan.FromSeconds(10);

    private readonly List<Action<IBusRegistrationContext, IRabbitMqBusFactoryConfigurator>> _doors = [];
    private readonly List<Action<IBusRegistrationContext, IReceiveEndpointConfigurator>> _ears = [];

    public static string EndpointOf<TRequest>() => $"chaperone.cold.{typeof(TRequest).Name}";

    public void AddDoor<TRequest, TReply>()
        where TRequest : class
        where TReply : class =>
        _doors.Add((context, bus) => bus.ReceiveEndpoint(EndpointOf<TRequest>(), endpoint =>
        {
            endpoint.ConfigureConsumeTopology = false;
            endpoint.QueueExpiration = OrphanExpiry;
            endpoint.PrefetchCount = AtOnce;
            endpoint.ConcurrentMessageLimit = AtOnce;
            KeepNothing(endpoint);
            endpoint.Instance(ActivatorUtilities.CreateInstance<ColdDoor<TRequest, TReply>>(context));
        }));

    public void AddEar<TEvent>()
        where TEvent : class =>
        _ears.Add((context, endpoint) => endpoint.Instance(ActivatorUtilities.CreateInstance<ColdHear<TEvent>>(context)));

    public void AddTo(IServiceCollection services) => services.AddMassTransit(registration =>
        registration.UsingRabbitMq((context, bus) =>
        {
            Connect(context.GetRequiredService<BrokerAddress>(), bus);
            _doors.ForEach(door => door(context, bus));
            if (_ears.Count > 0)
            {
                // A queue per process that goes with it: each replica hears each event.
                bus.ReceiveEndpoint(new TemporaryEndpointDefinition("chaperone-ear", concurrentMessageLimit: 2, prefetchCount: AtOnce), endpoint =>
                {
                    KeepNothing(endpoint);
                    _ears.ForEach(ear => ear(context, endpoint));
                });
            }
        }));

    private static void Connect(BrokerAddress address, IRabbitMqBusFactoryConfigurator bus) =>
        bus.Host(address.Uri.Host, address.Port, address.VirtualHost, "chaperone cold lane", host =>
        {
            host.Username(address.User);
            host.Password(address.ReadPassword());
            host.RequestedConnectionTimeout(TimeSpan.FromSeconds(3));
            host.Heartbeat(TimeSpan.FromSeconds(10));
            if (address.UsesTls)
            {
                host.UseSsl(tls => tls.ServerName = address.Uri.Host);
            }
        });

    /// <summary>What cannot be consumed is dropped, and nothing about it is published: the asker's limit says it, and an error queue would hold it for ever.</summary>
    private static void KeepNothing(IReceiveEndpointConfigurator endpoint)
    {
        endpoint.PublishFaults = false;
        endpoint.DiscardFaultedMessages();
        endpoint.DiscardSkippedMessages();
    }
}
