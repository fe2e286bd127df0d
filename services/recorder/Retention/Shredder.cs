using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Search;

namespace Chaperone.Recorder.Retention;

/// <summary>
/// Carries out orders that two people agreed to. 1. The approval is in the ledger. 2. The wrapped keys are overwritten, unless a hold
/// stands. 3. When no process can remember them any more, the search is built again without what they opened. 4. That it is
/// done is in the ledger. After a crash it goes on where it was.
/// </summary>
internal sealed class Shredder(RetentionStore store, RetentionRecords records, Keyring keyring, ISearchStore search, TimeProvider time)
{
    // Longer than a keyring remembers a key.
    private static readonly TimeSpan UntilForgotten = TimeSpan.FromMinutes(2);

    /// <summary>Steps 1 and 2; one sentence says why nothing was destroyed.</summary>
    public async ValueTask<string?> DestroyAsync(Order order, CancellationToken cancellationToken)
    {
        await records.WriteAsync(order, RetentionRecords.Approved, cancellationToken);
        if (store.Destroy(order, time.GetUtcNow()) is { } hold)
        {
            return SayHeld(hold);
        }

        keyring.Forget();
        store.Wipe();
        return null;
    }

    /// <summary>All steps of what waits for them; orders that are through.</summary>
    public async ValueTask<int> StepAsync(CancellationToken cancellationToken)
    {
        var finished = 0;
        foreach (var order in store.ListApproved())
        {
            if (order.DestroyedAt is null)
            {
                await DestroyAsync(order, cancellationToken);
            }
            else if (time.GetUtcNow() >= order.DestroyedAt + UntilForgotten)
            {
                await search.RebuildAsync(cancellationToken);
                await records.WriteAsync(order, "shred-done", cancellationToken);
                store.Finish(order.Id);
                finished++;
            }
        }

        return finished;
    }

    /// <summary>Why nothing is destroyed under a hold.</summary>
    public static string SayHeld(Hold hold) =>
        $"A legal hold on {TargetText.Say(hold.Target)} ({hold.Id}) protects something of it. Nothing is destroyed until the hold is lifted; then two people have to agree.";
}
