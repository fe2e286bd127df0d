using System.Globalization;
using RabbitMQ.Client;

namespace Chaperone.Bus.RabbitMq;

/// <summary>The queue that carries one kind of request on the hot lane.</summary>
internal static class HotQueue
{
    /// <summary>Marks a reply that says that the door threw; its body is the exception's type name.</summary>
    public const string Fault = "fault";

    // Who restarts the broker leaves a queue without workers behind; it goes away after this, so that callers are
    // refused at once again instead of waiting.
    private const int OrphanMilliseconds = 10_000;

    public static string NameOf<TRequest>() => $"chaperone.hot.{typeof(TRequest).Name}";

    /// <summary>
    /// Declared by workers only, gone with the last of them: a caller's mandatory message then comes back at once. Durable
    /// is the queue, not its messages: transient shared queues are being removed from RabbitMQ.
    /// </summary>
    public static Task DeclareAsync(IChannel channel, string queue, CancellationToken cancellationToken) =>
        channel.QueueDeclareAsync(
            queue,
            durable: true,
            exclusive: false,
            autoDelete: true,
            new Dictionary<string, object?> { ["x-expires"] = OrphanMilliseconds },
            cancellationToken: cancellationToken);

    /// <summary>A limit as the text that AMQP wants.</summary>
    public static string Expiration(TimeSpan limit) => ((long)limit.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
