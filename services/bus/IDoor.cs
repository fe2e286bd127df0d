namespace Chaperone.Bus;

/// <summary>
/// A room's door: answers one kind of message. Called concurrently, and for the same message twice after a fault
/// (invariant 9). Throwing means broken: the asker gets a <see cref="BusUnavailableException"/> and fails closed.
/// </summary>
public interface IDoor<in TRequest, TReply>
    where TRequest : class
    where TReply : class
{
    /// <summary>Answers <paramref name="request"/>; the token ends when the asker stopped waiting.</summary>
    ValueTask<TReply> AnswerAsync(TRequest request, CancellationToken cancellationToken);
}
