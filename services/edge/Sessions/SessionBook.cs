using System.Collections.Concurrent;
using Chaperone.Contracts;
using Microsoft.Extensions.Options;

namespace Chaperone.Edge.Sessions;

/// <summary>The sessions of calls whose protocol has none: one person, client and server until idle too long.</summary>
internal sealed class SessionBook(IOptions<EdgeOptions> options, TimeProvider time)
{
    private const int SweepAbove = 10_000;
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly TimeSpan _idle = options.Value.SessionIdle;

    public BookedSession Get(Principal principal, string server, (string? Name, string? Version) client)
    {
        var now = time.GetUtcNow();
        var entry = _entries.AddOrUpdate(
            SessionTicket.Context(principal, server),
            _ => new Entry(new BookedSession(Guid.CreateVersion7(now), client.Name, client.Version), now),
            (_, known) => now - known.LastUsed > _idle
                ? new Entry(new BookedSession(Guid.CreateVersion7(now), client.Name, client.Version), now)
                : new Entry(client.Name is null ? known.Session : known.Session with { ClientName = client.Name, ClientVersion = client.Version }, now));

        if (_entries.Count > SweepAbove)
        {
            Sweep(now);
        }

        return entry.Session;
    }

    /// <summary>Begins a new session, as initialize does.</summary>
    public BookedSession Begin(Principal principal, string server, (string? Name, string? Version) client)
    {
        var now = time.GetUtcNow();
        var session = new BookedSession(Guid.CreateVersion7(now), client.Name, client.Version);
        _entries[SessionTicket.Context(principal, server)] = new Entry(session, now);
        return session;
    }

    private void Sweep(DateTimeOffset now)
    {
        foreach (var (key, entry) in _entries)
        {
            if (now - entry.LastUsed > _idle)
            {
                _entries.TryRemove(key, out _);
            }
        }
    }

    private sealed record Entry(BookedSession Session, DateTimeOffset LastUsed);
}

/// <summary>A session of the book.</summary>
internal sealed record BookedSession(Guid SessionId, string? ClientName, string? ClientVersion);
