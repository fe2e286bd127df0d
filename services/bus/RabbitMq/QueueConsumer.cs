using RabbitMQ.Client;

namespace Chaperone.Bus.RabbitMq;

/// <summary>Hands deliveries to <paramref name="take"/>, which must be quick and not throw; the body is the client's own memory and ends with the call.</summary>
internal sealed class QueueConsumer(IChannel channel, BrokerSession session, Action<ulong, IReadOnlyBasicProperties, ReadOnlyMemory<byte>> take)
    : AsyncDefaultBasicConsumer(channel)
{
    public override Task HandleBasicDeliverAsync(
        string consumerTag,
        ulong deliveryTag,
        bool redelivered,
        string exchange,
        string routingKey,
        IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken = default)
    {
        take(deliveryTag, properties, body);
        return Task.CompletedTask;
    }

    /// <summary>The broker took the queue away (deleted, or its node failed): begin anew, which declares it again.</summary>
    public override async Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        await base.HandleBasicCancelAsync(consumerTag, cancellationToken);
        await session.EndAsync("the broker removed a queue");
    }
}
