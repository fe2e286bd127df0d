namespace Chaperone.Bus;

/// <summary>Hears an event in every replica that registered it; at most once each, and never while it is away: whoever depends on an event also asks.</summary>
public interface IHear<in TEvent>
    where TEvent : class
{
    /// <summary>Takes the event; throwing is logged and changes nothing for others.</summary>
    ValueTask HearAsync(TEvent heard, CancellationToken cancellationToken);
}
