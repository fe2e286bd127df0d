using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Chaperone.Bus.RabbitMq;

/// <summary>
/// Publishes events over MassTransit; an event that nobody hears is no failure. The bus is looked up at the first event: a
/// door that announces is made while MassTransit makes its bus, and waiting for that bus there would wait for ever.
/// </summary>
internal sealed class ColdAnnounce<TEvent>(IServiceProvider provider, IOptions<BusOptions> options) : IAnnounce<TEvent>
    where TEvent : class
{
    private readonly Lazy<IBus> _bus = new(provider.GetRequiredService<IBus>);

    public async ValueTask AnnounceAsync(TEvent news, CancellationToken cancellationToken)
    {
        try
        {
            await Bounded.RunAsync(
                async token =>
                {
                    await _bus.Value.Publish(news, token);
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
