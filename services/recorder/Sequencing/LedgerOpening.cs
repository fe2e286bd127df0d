using Chaperone.Recorder.Publishing;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Sequencing;

/// <summary>Opens the store once for all who use it, however often it fails first. Thread-safe.</summary>
internal sealed class LedgerOpening(ILedgerStore store, LedgerLog log, RecorderHealth health) : IDisposable
{
    private readonly SemaphoreSlim _opening = new(1, 1);
    private volatile bool _open;

    /// <summary>Returns when the store is open and extends every checkpoint that was published of it; tiles are caught up.</summary>
    /// <exception cref="RecordsNotKeptException">The store is refused.</exception>
    public async ValueTask EnsureOpenAsync(CancellationToken cancellationToken)
    {
        if (_open)
        {
            return;
        }

        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (health.Refusal is { } refusal)
            {
                throw new RecordsNotKeptException(refusal);
            }

            if (!_open)
            {
                await store.OpenAsync(cancellationToken);
                await log.PublishAsync(cancellationToken);
                _open = true;
            }
        }
        finally
        {
            _opening.Release();
        }
    }

    public void Dispose() => _opening.Dispose();
}
