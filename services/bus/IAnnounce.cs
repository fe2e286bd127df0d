namespace Chaperone.Bus;

/// <summary>Tells every replica that hears <typeparamref name="TEvent"/>.</summary>
public interface IAnnounce<in TEvent>
    where TEvent : class
{
    /// <summary>Sends the event; returns when the bus took it.</summary>
    /// <exception cref="BusUnavailableException">The bus did not take it in time.</exception>
    ValueTask AnnounceAsync(TEvent news, CancellationToken cancellationToken);
}
