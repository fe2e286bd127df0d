using RabbitMQ.Client;

namespace Chaperone.Bus.RabbitMq;

/// <summary>The queues that hold records until the recorder has kept them. Writers and recorders declare them alike, so neither has to be first.</summary>
internal static class RecordQueue
{
    public const string Records = "chaperone.records";
    public const string Parked = "chaperone.records.parked";

    // RabbitMQ 4 drops or parks after 20 redeliveries unless told otherwise: a recorder that cannot write for an hour
    // would park sound records. What is poison is decided by RecordPump.
    private const int NeverByCount = 1_000_000_000;

    public static async Task DeclareAsync(IChannel channel, BusOptions options, CancellationToken cancellationToken)
    {
        await channel.QueueDeclareAsync(
            Parked,
            durable: true,
            exclusive: false,
            autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum" },
            cancellationToken: cancellationToken);
        await channel.QueueDeclareAsync(
            Records,
            durable: true,
            exclusive: false,
            autoDelete: false,
            new Dictionary<string, object?>
            {
                ["x-queue-type"] = "quorum",
                ["x-overflow"] = "reject-publish",
                ["x-max-length-bytes"] = options.RecordsMaxBytes,
                ["x-dead-letter-exchange"] = "",
                ["x-dead-letter-routing-key"] = Parked,
                ["x-dead-letter-strategy"] = "at-least-once",
                ["x-delivery-limit"] = NeverByCount,
            },
            cancellationToken: cancellationToken);
    }
}
