using Chaperone.Approval.Store;

namespace Chaperone.Approval.Cards;

/// <summary>A chat that shows cards and changes them in place. Any exception but the two named ones leaves open whether it was done.</summary>
internal interface ICardChat
{
    /// <summary>Names the chat in the store and in records; never changes.</summary>
    string Name { get; }

    /// <summary>Where a card for <paramref name="place"/> is posted.</summary>
    Task<string> ChannelAsync(string place, CancellationToken cancellationToken);

    /// <summary>The request's card in this channel, if a worker that died posted one; null if there is none or nobody can tell.</summary>
    Task<string?> FindAsync(string channel, ShownCase shown, CancellationToken cancellationToken);

    /// <summary>Posts the card; where it stands now, and what names it there.</summary>
    Task<(string Channel, string Message)> PostAsync(string channel, ShownCase shown, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Makes a card show the request as it is now.</summary>
    /// <exception cref="CardGoneException">The card cannot be changed any more.</exception>
    Task UpdateAsync(string channel, string message, ShownCase shown, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Whether it is known of this failure that nothing was posted.</summary>
    bool IsRefusal(Exception failure);
}
