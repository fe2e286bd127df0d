using System.Diagnostics;
using System.Globalization;
using Chaperone.Bus.Wire;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Chaperone.Bus.RabbitMq;

/// <summary>Sends hot requests and gives each its answer. Nothing is durable: a call that is not answered in time is refused, and the client may repeat it.</summary>
internal sealed class HotCaller(IOptions<BusOptions> options) : IBrokerUser
{
    private const string ReplyTo = "amq.rabbitmq.reply-to";

    private readonly TimeSpan _limit = options.Value.HotTimeout;
    private readonly string _expiration = HotQueue.Expiration(options.Value.HotTimeout);
    private readonly int _largest = options.Value.MaxMessageBytes;
    private volatile HotLine? _line;

    public string Purpose => "asking";

    public async Task OpenAsync(BrokerSession session, CancellationToken cancellationToken)
    {
        var channel = await session.OpenChannelAsync(confirms: false, cancellationToken);
        var line = new HotLine(channel);
        channel.BasicReturnAsync += (_, returned) =>
        {
            line.Returned(returned.BasicProperties.CorrelationId, returned.RoutingKey);
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(ReplyTo, autoAck: true, new QueueConsumer(channel, session, (_, properties, body) => line.Answer(properties, body)), cancellationToken);

        // At once, not when the link has noticed: every millisecond here is a caller's.
        session.Lost.Register(line.FailAll);
        _line = line;
    }

    public Task DrainAsync(BrokerSession session) => Task.CompletedTask;

    public void Lost() => _line = null;

    /// <summary>Sends <paramref name="request"/> and waits for its answer.</summary>
    /// <exception cref="BusUnavailableException">No answer in time, no worker, or no broker.</exception>
    public async ValueTask<HotReply> CallAsync(string queue, string name, FrameBuffer request, CancellationToken cancellationToken)
    {
        var line = _line ?? throw new BusUnavailableException("The broker is not connected.");
        if (request.Length > _largest)
        {
            throw new BusUnavailableException($"{name} has {request.Length} bytes; Bus:MaxMessageBytes allows {_largest}.");
        }

        var (id, reply) = line.Enter();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_limit);
        try
        {
            await line.Channel.BasicPublishAsync("", queue, mandatory: true, PropertiesOf(id, name), request.Written, limit.Token);
            return await reply.WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new BusUnavailableException($"{name} was not answered within {_limit.TotalSeconds:0.#} s.");
        }
        catch (Exception e) when (e is AlreadyClosedException or OperationInterruptedException or IOException or ObjectDisposedException)
        {
            throw new BusUnavailableException("The broker connection was lost.", e);
        }
        finally
        {
            line.Leave(id);
        }
    }

    private BasicProperties PropertiesOf(long id, string name)
    {
        var properties = new BasicProperties
        {
            CorrelationId = id.ToString(CultureInfo.InvariantCulture),
            ReplyTo = ReplyTo,
            Expiration = _expiration,
            Type = name,
            DeliveryMode = DeliveryModes.Transient,
        };
        if (Activity.Current is { } activity)
        {
            properties.Headers = new Dictionary<string, object?> { [BusTelemetry.TraceHeader] = activity.Id };
        }

        return properties;
    }
}
