using MassTransit;
using Microsoft.Extensions.Options;

namespace Chaperone.Bus.RabbitMq;

/// <summary>Publishes events over MassTransit; an event that nobody hears is no failure.</summary>
internal sealed class ColdAnnounce<TEvent>(IBus bus, IOptions<BusOptions> options) : IAnnounce<TEvent>
    where TEvent : class
{
    public async ValueTask AnnounceAsync(TEvent news, CancellationToken cancellationToken)
    {
        try
        {
            await Bounded.RunAsync(
                async token =>
                {
                    await bus.Publish(news, token);
                    return true;
                },
                options.Value.ColdTimeout,
                cancellationToken);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }

        // MassTransit and its transport throw many types, and to the announcer they are one: the bus did not take it.
        catch (Exception e)
        {
            throw new BusUnavailableException($"{typeof(TEvent).Name} could not be announced: {e.GetType().Name}.", e);
        }
    }
}
