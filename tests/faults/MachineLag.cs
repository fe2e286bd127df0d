using System.Diagnostics;

namespace Chaperone.Faults;

/// <summary>How late this machine wakes somebody who asked to sleep 50 ms: what it adds to every limit, beside Chaperone.</summary>
internal sealed class MachineLag : IAsyncDisposable
{
    private static readonly TimeSpan Nap = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _end = new();
    private readonly Task _napping;

    private MachineLag() => _napping = Task.Run(NapAsync);

    /// <summary>The worst so far.</summary>
    public TimeSpan Worst { get; private set; }

    public static MachineLag Watch() => new();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _napping;
        _end.Dispose();
    }

    private async Task NapAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            await Task.Delay(Nap, CancellationToken.None);
            var late = Stopwatch.GetElapsedTime(began) - Nap;
            Worst = late > Worst ? late : Worst;
        }
    }
}
