namespace Chaperone.Bus.RabbitMq;

/// <summary>Bounds calls into MassTransit, which waits for a lost connection whatever its own limit says, and blocked its caller's thread when the broker hung with its connections open (seen with 8.5.12).</summary>
internal static class Bounded
{
    /// <summary>Runs <paramref name="act"/> on another thread and waits for it at most <paramref name="limit"/>.</summary>
    /// <exception cref="TimeoutException">It did not end in time; it is told so by its token, and nobody waits for it.</exception>
    public static async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> act, TimeSpan limit, CancellationToken cancellationToken)
    {
        // Not disposed here: the abandoned call may still hold its token.
        var stop = new CancellationTokenSource(limit);
        return await Task.Run(() => act(stop.Token), CancellationToken.None).WaitAsync(limit, cancellationToken);
    }
}
