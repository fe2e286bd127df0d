using System.Collections.Concurrent;
using Chaperone.Contracts;

namespace Chaperone.Edge.Approvals;

/// <summary>The calls that this edge holds now, so that notifications/cancelled finds them.</summary>
internal sealed class HeldCalls
{
    private readonly ConcurrentDictionary<(Guid Session, string Id), CancellationTokenSource> _held = new();

    /// <summary>How many there are.</summary>
    public int Count => _held.Count;

    /// <summary>Notes a held call; dispose when it is held no more.</summary>
    public IDisposable Add(CallFacts call, CancellationTokenSource cancel)
    {
        var key = (call.SessionId, call.RequestId!);
        _held[key] = cancel;
        return new Removal(this, key);
    }

    /// <summary>Cancels the held call that the client means; <paramref name="requestId"/> is raw JSON.</summary>
    public void Cancel(Guid session, string requestId)
    {
        if (_held.TryRemove((session, requestId), out var cancel))
        {
            cancel.Cancel();
        }
    }

    private sealed class Removal(HeldCalls owner, (Guid Session, string Id) key) : IDisposable
    {
        public void Dispose() => owner._held.TryRemove(key, out _);
    }
}
