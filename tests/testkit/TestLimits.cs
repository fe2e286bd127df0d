namespace Chaperone.TestKit;

/// <summary>How long tests wait for a signal before they fail; never a pace.</summary>
public static class TestLimits
{
    /// <summary>For one signal: 60 s.</summary>
    public static readonly TimeSpan Signal = TimeSpan.FromSeconds(60);

    /// <summary>For a server program to accept connections on a crowded machine: 3 minutes.</summary>
    public static readonly TimeSpan Start = TimeSpan.FromMinutes(3);

    /// <summary>Asks <paramref name="ready"/> every 50 ms until it says yes.</summary>
    /// <exception cref="TimeoutException">It did not within <paramref name="limit"/>, or within <see cref="Signal"/>.</exception>
    public static async Task UntilAsync(Func<ValueTask<bool>> ready, string what, CancellationToken cancellationToken, TimeSpan? limit = null)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(limit ?? Signal);
        try
        {
            while (!await ready())
            {
                await timer.WaitForNextTickAsync(end.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Waited in vain: {what}.");
        }
    }
}
