namespace Chaperone.Recorder.Sequencing;

/// <summary>Wakes whoever follows the ledger (tiles, search, gaps) when it grew. Thread-safe; a signal missed is made up for by the next poll.</summary>
internal sealed class LedgerGrowth(TimeProvider time)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _size;

    /// <summary>Says that the ledger now has <paramref name="size"/> leaves.</summary>
    public void Grew(long size)
    {
        TaskCompletionSource grown;
        lock (_lock)
        {
            _size = Math.Max(_size, size);
            grown = _grown;
            _grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        grown.TrySetResult();
    }

    /// <summary>Returns when the ledger has more than <paramref name="size"/> leaves as far as this process knows, or after <paramref name="atMost"/>: another process may append too.</summary>
    public async Task WaitBeyondAsync(long size, TimeSpan atMost, CancellationToken cancellationToken)
    {
        Task grown;
        lock (_lock)
        {
            if (_size > size)
            {
                return;
            }

            grown = _grown.Task;
        }

        try
        {
            await grown.WaitAsync(atMost, time, cancellationToken);
        }
        catch (TimeoutException)
        {
        }
    }
}
