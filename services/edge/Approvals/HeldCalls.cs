using System.Collections.Concurrent;
using Chaperone.Edge.Sessions;

namespace Chaperone.Edge.Approvals;

/// <summary>The calls that this edge holds now, so that notifications/cancelled finds them.</summary>
internal sealed class HeldCalls
{
    private readonly ConcurrentDictionary<CancellationTokenSource, (string Scope, string Id)> _held = new();
    private readonly Lock _lock = new();

    /// <summary>How many there are.</summary>
    public int Count => _held.Count;

    /// <summary>Notes a held call; dispose when it is held no more, and before <paramref name="cancel"/>.</summary>
    public IDisposable Add(Exchange exchange, CancellationTokenSource cancel)
    {
        _held[cancel] = (ScopeOf(exchange), exchange.Call.RequestId!);
        return new Removal(this, cancel);
    }

    /// <summary>
    /// Cancels the held call that the client means; <paramref name="requestId"/> is raw JSON. Where no session tells two clients
    /// of one person apart, all calls of this id: it is not known which is meant, and what is not executed can be asked again.
    /// </summary>
    public void Cancel(Exchange exchange, string requestId)
    {
        var meant = (ScopeOf(exchange), requestId);
        lock (_lock)
        {
            foreach (var (cancel, held) in _held)
            {
                if (held == meant)
                {
                    // What waits for it goes on elsewhere, not under the lock.
                    _ = cancel.CancelAsync();
                }
            }
        }
    }

    // A booked session is not one of the protocol: another client of the same person begins a new one.
    private static string ScopeOf(Exchange exchange) =>
        exchange.UpstreamSessionId is null ? SessionTicket.Context(exchange.Call.Principal, exchange.Call.Server) : exchange.Call.SessionId.ToString();

    private sealed class Removal(HeldCalls owner, CancellationTokenSource cancel) : IDisposable
    {
        public void Dispose()
        {
            lock (owner._lock)
            {
                owner._held.TryRemove(cancel, out _);
            }
        }
    }
}
