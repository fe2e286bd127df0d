namespace Chaperone.Console.SignIn;

/// <summary>
/// How many failed sign-ins are recorded one by one: 30 a minute. Failing costs a stranger nothing and a record lasts for ever,
/// so beyond that they are only counted, and the next record says how many there were.
/// </summary>
internal sealed class FailureBudget(TimeProvider time)
{
    public const int PerMinute = 30;

    private readonly Lock _lock = new();
    private long _windowStart = time.GetTimestamp();
    private int _spent;
    private long _skipped;

    /// <summary>True if this failure is to be recorded; <paramref name="skipped"/> counts those before it that were not.</summary>
    public bool TrySpend(out long skipped)
    {
        lock (_lock)
        {
            if (time.GetElapsedTime(_windowStart) >= TimeSpan.FromMinutes(1))
            {
                _windowStart = time.GetTimestamp();
                _spent = 0;
            }

            if (_spent >= PerMinute)
            {
                _skipped++;
                skipped = 0;
                return false;
            }

            _spent++;
            skipped = _skipped;
            _skipped = 0;
            return true;
        }
    }
}
