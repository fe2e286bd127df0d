using Chaperone.Bus;

namespace Chaperone.Edge;

/// <summary>
/// How long the gateway itself may still work on one call before it refuses it (<see cref="EdgeOptions.RefuseAfter"/>). Each question
/// to another room is bounded by itself; this bounds their sum. What the upstream and people take is theirs: while the clock
/// stands nothing is counted, and the next question lets it run on. Owned by one walk; not thread-safe.
/// </summary>
/// <param name="limit">The longest sum.</param>
/// <param name="hot">What a question of the hot lane takes at most by itself; while that much is left, it needs no other limit.</param>
/// <param name="time">The clock.</param>
internal sealed class OwnTime(TimeSpan limit, TimeSpan hot, TimeProvider time)
{
    // However late it is: what happened has to be recorded.
    private static readonly TimeSpan ForLastWords = TimeSpan.FromSeconds(0.5);

    private long? _since = time.GetTimestamp();
    private TimeSpan _before;

    private TimeSpan Left => limit - _before - (_since is { } since ? time.GetElapsedTime(since) : TimeSpan.Zero);

    /// <summary>What comes next is the upstream's. What was used stays used.</summary>
    public void Stand()
    {
        _before = limit - Left;
        _since = null;
    }

    /// <summary>What comes next is people's, or comes after the client got something: the whole time begins anew with the next question.</summary>
    public void Renew() => (_before, _since) = (TimeSpan.Zero, null);

    /// <summary>
    /// As <see cref="Stand"/>, before the call goes to the upstream; false when so little is left that what it answers would hardly
    /// be masked and recorded in time: then it had better not be executed.
    /// </summary>
    public bool TryLend()
    {
        Stand();
        return Left >= hot / 2;
    }

    /// <summary>
    /// Asks within what is left; with <paramref name="cold"/> over the cold lane, whose own limit is longer. Last words
    /// (<paramref name="last"/>) get half a second at least.
    /// </summary>
    /// <exception cref="BusUnavailableException">As <see cref="IAsk{TRequest,TReply}"/>, and when the time is over.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> ended.</exception>
    public async ValueTask<TReply> AskAsync<TRequest, TReply>(IAsk<TRequest, TReply> ask, TRequest request, CancellationToken cancellationToken, bool cold = false, bool last = false)
        where TRequest : class
        where TReply : class
    {
        _since ??= time.GetTimestamp();
        var left = Left;
        left = last && left < ForLastWords ? ForLastWords : left;
        if (!cold && left >= hot)
        {
            return await ask.AskAsync(request, cancellationToken);
        }

        if (left <= TimeSpan.Zero)
        {
            throw Over<TRequest>();
        }

        using var over = new CancellationTokenSource(left, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        try
        {
            return await ask.AskAsync(request, either.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Over<TRequest>();
        }
    }

    private BusUnavailableException Over<TRequest>() =>
        new($"{typeof(TRequest).Name} was not answered while the {limit.TotalSeconds:0.#} s lasted that the gateway may take over a call.");
}
