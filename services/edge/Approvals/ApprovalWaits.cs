using System.Collections.Concurrent;

namespace Chaperone.Edge.Approvals;

/// <summary>Wakes held calls of this edge when their request is decided. Missing an event costs a wait, never a decision: holders also ask.</summary>
internal sealed class ApprovalWaits
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waits = new(StringComparer.Ordinal);

    /// <summary>A task that ends with the next decision on <paramref name="approvalId"/>.</summary>
    public Task DecidedAsync(string approvalId) =>
        _waits.GetOrAdd(approvalId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Wakes whoever waits for <paramref name="approvalId"/>.</summary>
    public void Wake(string approvalId)
    {
        if (_waits.TryRemove(approvalId, out var wait))
        {
            wait.TrySetResult();
        }
    }
}
