using Chaperone.Recorder.Search;

namespace Chaperone.Recorder.Elastic;

/// <summary>
/// Lets one recorder at a time send, by compare-and-swap on the mark. Before each attempt the mark moves, so an attempt that
/// starts late finds it moved and is not made; after a takeover everything up to the ledger's head counts as uncertain.
/// </summary>
/// <remarks>
/// What is left: a request that is still under way when the new owner looks. So a mark must stand still for
/// <see cref="ElasticOptions.SettleAfter"/>, longer than any request may take, before it is taken over. Owned by one loop.
/// </remarks>
internal sealed class ElasticClaims(ISearchStore search, TimeSpan settleAfter, TimeProvider time)
{
    private const string State = "elastic";

    private readonly Guid _me = Guid.CreateVersion7(time.GetUtcNow());
    private string? _seen;
    private long _seenAt;

    /// <summary>The mark, if this process is the one that sends; null while another one does.</summary>
    /// <param name="head">Size of the ledger.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    public async ValueTask<ElasticMark?> TakeAsync(long head, CancellationToken cancellationToken)
    {
        var text = await search.ReadStateAsync(State, cancellationToken);
        var mark = text is null ? new ElasticMark(0, head, Guid.Empty, 0) : ElasticMark.Parse(text);
        if (mark.Owner == _me && mark.Next <= head)
        {
            return mark;
        }

        if (mark.Owner != _me && mark.Owner != Guid.Empty && !HasStoodStill(text!))
        {
            return null;
        }

        // A mark beyond the ledger is of another one: begin again, and look at each record there.
        var mine = new ElasticMark(mark.Next <= head ? mark.Next : 0, Math.Max(mark.Sent, head), _me, mark.Turn + 1);
        return await search.TryMoveStateAsync(State, text, mine.ToString(), cancellationToken) ? mine : null;
    }

    /// <summary>Moves the mark to <paramref name="to"/>, in its next turn.</summary>
    /// <exception cref="ClaimLostException">It is no more at <paramref name="from"/>.</exception>
    public async ValueTask<ElasticMark> MoveAsync(ElasticMark from, ElasticMark to, CancellationToken cancellationToken)
    {
        to = to with { Turn = from.Turn + 1 };
        return await search.TryMoveStateAsync(State, from.ToString(), to.ToString(), cancellationToken) ? to : throw new ClaimLostException();
    }

    /// <summary>Lets another process begin at once, when nothing is uncertain.</summary>
    public async ValueTask ReleaseAsync(CancellationToken cancellationToken)
    {
        if (await search.ReadStateAsync(State, cancellationToken) is { } text && ElasticMark.Parse(text) is { IsUncertain: false } mark && mark.Owner == _me)
        {
            await search.TryMoveStateAsync(State, text, (mark with { Owner = Guid.Empty }).ToString(), cancellationToken);
        }
    }

    private bool HasStoodStill(string text)
    {
        if (text != _seen)
        {
            _seen = text;
            _seenAt = time.GetTimestamp();
        }

        return time.GetElapsedTime(_seenAt) >= settleAfter;
    }
}
