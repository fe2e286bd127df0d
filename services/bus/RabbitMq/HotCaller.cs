using Chaperone.Bus.Wire;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;

namespace Chaperone.Bus.RabbitMq;

/// <summary>Sends hot requests and gives each its answer. Nothing is durable: a call that is not answered in time is refused, and the client may repeat it.</summary>
internal sealed class HotCaller(IOptions<BusOptions> options, TimeProvider time) : IBrokerUser
{
    /// <summary>RabbitMQ's direct reply-to.</summary>
    public const string ReplyTo = "amq.rabbitmq.reply-to";

    private readonly TimeSpan _limit = options.Value.HotTimeout;
    private readonly int _largest = options.Value.MaxMessageBytes;
    private volatile HotLine? _line;

    public string Purpose => "asking";

    public async Task OpenAsync(BrokerSession session, CancellationToken cancellationToken)
    {
        var channel = await session.OpenChannelAsync(confirms: false, cancellationToken);
        var line = new HotLine(session, channel, _limit, time);
        channel.BasicReturnAsync += (_, returned) =>
        {
            line.Returned(returned.BasicProperties, returned.Body, returned.RoutingKey);
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(ReplyTo, autoAck: true, new QueueConsumer(channel, session, (_, properties, body) => line.Answer(properties, body)), cancellationToken);

        // At once, not when the link has noticed: every millisecond here is a caller's.
        session.Lost.Register(line.FailAll);
        _line = line;
    }

    public Task DrainAsync(BrokerSession session) => Task.CompletedTask;

    public void Lost() => _line = null;

    /// <summary>Sends <paramref name="request"/>, which it disposes, and waits for its answer.</summary>
    /// <exception cref="BusUnavailableException">No answer in time, no worker, or no broker.</exception>
    public async ValueTask<HotReply> CallAsync(string queue, string name, FrameBuffer request, CancellationToken cancellationToken)
    {
        if (request.Length > _largest)
        {
            using (request)
            {
                throw new BusUnavailableException($"{name} has {request.Length} bytes; Bus:MaxMessageBytes allows {_largest}.");
            }
        }

        if (_line is not { } line)
        {
            request.Dispose();
            throw new BusUnavailableException("The broker is not connected.");
        }

        var asked = line.Ask(queue, name, request);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_limit);
        try
        {
            return await asked.Reply.WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new BusUnavailableException($"{name} was not answered within {_limit.TotalSeconds:0.#} s.");
        }
        finally
        {
            line.Leave(asked);
        }
    }
}
