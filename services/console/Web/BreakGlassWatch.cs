using Chaperone.Console.SignIn;
using Chaperone.Contracts;

namespace Chaperone.Console.Web;

/// <summary>How break-glass stands, for every page: asked of policy at most every few seconds, and left out of the page while policy is away. Thread-safe.</summary>
internal sealed class BreakGlassWatch(Rooms rooms, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private volatile Seen? _seen;

    /// <summary>What <paramref name="visitor"/> may see of it; null where that is nothing, or cannot be told now.</summary>
    public async ValueTask<BreakGlassView?> LookAsync(Visitor visitor, CancellationToken cancellationToken) =>
        await LookAsync(cancellationToken) is { } report && BreakGlassView.Of(report, visitor) is { SeesAny: true } view ? view : null;

    /// <summary>Forgets what it knows, once something was changed here.</summary>
    public void Forget() => _seen = null;

    private async ValueTask<BreakGlassReport?> LookAsync(CancellationToken cancellationToken)
    {
        if (_seen is { } seen && time.GetElapsedTime(seen.At) < (seen.Report is null ? Away : Fresh))
        {
            return seen.Report;
        }

        BreakGlassReport? report = null;
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Patience);
            report = await rooms.ReadBreakGlassAsync(new ReadBreakGlass { Limit = 1 }, limit.Token);
        }
        catch (Exception e) when (e is RoomAwayException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // The page is worth more than its banner; what policy lets pass does not depend on either.
        }

        _seen = new Seen(report, time.GetTimestamp());
        return report;
    }

    private sealed record Seen(BreakGlassReport? Report, long At);
}
