using Chaperone.Edge.Upstream.Credentials;

namespace Chaperone.Edge.Upstream.Secrets;

/// <summary>
/// Holds what <paramref name="fetch"/> brought for as long as it may be used. One fetch runs at a time, for all who wait; it
/// goes on when one of them leaves. After a failure nobody asks again before 1 s, 2 s, 4 s ... 60 s have passed.
/// </summary>
internal sealed class LeaseKeeper<T>(Func<CancellationToken, Task<Leased<T>>> fetch, TimeProvider time)
    where T : class
{
    private const int MostDoublings = 6;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BetweenDrops = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();
    private volatile Leased<T>? _held;
    private Task<Leased<T>>? _fetching;
    private string? _failure;
    private int _failures;
    private DateTimeOffset _retryAt;
    private DateTimeOffset _nextDrop;

    /// <summary>Why the last fetch failed; null when it did not.</summary>
    public string? Problem => _failure;

    /// <summary>True when it holds nothing that is worth keeping.</summary>
    public bool IsStale => _held is not { } held || held.Until <= time.GetUtcNow();

    /// <exception cref="CredentialException">It cannot be had now.</exception>
    public ValueTask<T> GetAsync(CancellationToken cancellationToken) =>
        _held is { } held && held.Until > time.GetUtcNow() ? ValueTask.FromResult(held.Value) : WaitAsync(cancellationToken);

    /// <summary>Forgets a value that was refused, so that the next one asks anew; false when one was forgotten a moment ago.</summary>
    public bool TryDrop(T refused)
    {
        lock (_gate)
        {
            return _held is not { } held || !held.Value.Equals(refused) || TryDropHeld();
        }
    }

    /// <summary>Forgets what is held; false when that was done a moment ago.</summary>
    public bool TryDropHeld()
    {
        lock (_gate)
        {
            if (time.GetUtcNow() < _nextDrop)
            {
                return false;
            }

            _nextDrop = time.GetUtcNow() + BetweenDrops;
            _held = null;
            return true;
        }
    }

    private async ValueTask<T> WaitAsync(CancellationToken cancellationToken) => (await Begin().WaitAsync(cancellationToken)).Value;

    private Task<Leased<T>> Begin()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_held is { } held && held.Until > now)
            {
                return Task.FromResult(held);
            }

            if (_fetching is null && _failure is { } failure && now < _retryAt)
            {
                return Task.FromException<Leased<T>>(new CredentialException(failure));
            }

            // Task.Run: the fetch must not end, and take this lock, before it is written down here.
            return _fetching ??= Task.Run(FetchAsync);
        }
    }

    private async Task<Leased<T>> FetchAsync()
    {
        try
        {
            var leased = await fetch(CancellationToken.None);
            lock (_gate)
            {
                (_held, _failure, _failures) = (leased, null, 0);
            }

            return leased;
        }
        catch (CredentialException e)
        {
            lock (_gate)
            {
                var pause = TimeSpan.FromSeconds(1 << Math.Min(_failures++, MostDoublings));
                _failure = e.Message;
                _retryAt = time.GetUtcNow() + (pause < LongestPause ? pause : LongestPause);
            }

            throw;
        }
        finally
        {
            lock (_gate)
            {
                _fetching = null;
            }
        }
    }
}
