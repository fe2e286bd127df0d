using System.Collections.Concurrent;

namespace Chaperone.Edge.Authentication;

/// <summary>The requests under way, so that the end of a sign-in ends them, too: streams and held calls may last for hours.</summary>
internal sealed class LiveCalls
{
    private readonly ConcurrentDictionary<LiveCall, bool> _calls = new();

    /// <summary>Notes a request until it ends.</summary>
    public void Add(HttpContext http, TokenVerdict verdict)
    {
        var call = new LiveCall(http, verdict, c => _calls.TryRemove(c, out _));
        _calls[call] = true;
        http.Features.Set(call);
        http.Response.RegisterForDispose(call);
    }

    /// <summary>Ends those whose token <paramref name="isOver"/>; how many there were.</summary>
    public int End(Func<TokenVerdict, bool> isOver) => _calls.Keys.Where(c => isOver(c.Verdict)).Count(c => c.End());
}

/// <summary>One request under way. Nothing more reaches its client once it was ended.</summary>
internal sealed class LiveCall(HttpContext http, TokenVerdict verdict, Action<LiveCall> gone) : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly Lock _lock = new();
    private bool _done;

    public TokenVerdict Verdict => verdict;

    /// <summary>Cancelled when the sign-in ended.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>The end of the sign-in of a request; never where none can end.</summary>
    public static CancellationToken EndOf(HttpContext http) => http.Features.Get<LiveCall>()?.Ended ?? CancellationToken.None;

    // Under the lock: a context that was given back may be another request's by now.
    public bool End()
    {
        lock (_lock)
        {
            if (_done || _ended.IsCancellationRequested)
            {
                return false;
            }

            http.Abort();
        }

        _ended.Cancel();
        return true;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _done = true;
        }

        gone(this);
    }
}
