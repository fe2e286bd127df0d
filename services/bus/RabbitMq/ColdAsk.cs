using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Chaperone.Bus.RabbitMq;

/// <summary>Asks over MassTransit. The bus is looked up at the first ask, for the reason given at <see cref="ColdAnnounce{TEvent}"/>.</summary>
internal sealed class ColdAsk<TRequest, TReply>(IServiceProvider provider, IOptions<BusOptions> options) : IAsk<TRequest, TReply>
    where TRequest : class
    where TReply : class
{
    private static readonly string Name = typeof(TRequest).Name;

    private readonly TimeSpan _limit = options.Value.ColdTimeout;
    private readonly Lazy<IRequestClient<TRequest>> _client = new(() =>
        provider.GetRequiredService<IBus>().CreateRequestClient<TRequest>(new Uri($"exchange:{ColdBus.EndpointOf<TRequest>()}"), RequestTimeout.After(ms: (int)options.Value.ColdTimeout.TotalMilliseconds)));

    public async ValueTask<TReply> AskAsync(TRequest request, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var ok = false;

        try
        {
            var response = await Bounded.RunAsync(
                token => _client.Value.GetResponse<TReply, DoorFailed>(request, NeedsWorker, token),
                _limit,
                cancellationToken);
            if (response.Is(out Response<DoorFailed>? failed))
            {
                throw new BusUnavailableException($"The room that answers {Name} failed: {failed!.Message.Reason}.");
            }

            ok = response.Is(out Response<TReply>? answer);
            return ok ? answer!.Message : throw new BusUnavailableException($"The answer to {Name} could not be read.");
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException or RequestTimeoutException)
        {
            throw new BusUnavailableException($"{Name} was not answered within {_limit.TotalSeconds:0.#} s.", e);
        }

        // Returned, faulted, disconnected: MassTransit and its transport throw many types, and to the asker they are one.
        catch (Exception e) when (e is not BusUnavailableException)
        {
            throw new BusUnavailableException($"Nobody answers {Name} at the moment: {e.GetType().Name}.", e);
        }
        finally
        {
            BusTelemetry.AskDuration.Record(BusTelemetry.MillisecondsSince(start), BusTelemetry.Tags(Name, ok));
        }
    }

    private static void NeedsWorker(IRequestPipeConfigurator<TRequest> pipe) => pipe.UseExecute(context =>
    {
        if (context.TryGetPayload(out RabbitMqSendContext? message))
        {
            message.Mandatory = true;
        }
    });
}
