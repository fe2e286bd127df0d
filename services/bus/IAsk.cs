namespace Chaperone.Bus;

/// <summary>Asks another room. One instance per pair of types, shared by all callers.</summary>
public interface IAsk<in TRequest, TReply>
    where TRequest : class
    where TReply : class
{
    /// <summary>
    /// Sends <paramref name="request"/> and waits for its answer, never longer than the bus's own limit for the lane.
    /// </summary>
    /// <exception cref="BusUnavailableException">Nobody answered in time, nobody listens, the broker is away, or the door threw. Whether the other side acted is unknown.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> ended.</exception>
    ValueTask<TReply> AskAsync(TRequest request, CancellationToken cancellationToken);
}
