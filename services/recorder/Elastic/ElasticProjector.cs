using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Elastic;

/// <summary>
/// Tails the ledger by index into Elasticsearch. Each record's documents are there exactly once, across rollovers, restarts
/// and several recorders:
/// 1. the range is claimed durably before anything is sent;
/// 2. documents have the event's id and are created, never overwritten;
/// 3. after an end that is not known (no answer, crash, takeover) the range is looked up in all backing indices before
///    anything is sent again, because ids are unique only inside the one that is written to now;
/// 4. the watermark moves only when each document is known to be stored.
/// </summary>
/// <remarks>Owned by one loop, which waits <see cref="ElasticOptions.SettleAfter"/> after an attempt without an answer.</remarks>
internal sealed class ElasticProjector(ILedgerStore ledger, ElasticClaims claims, BatchReader reader, ElasticWriter writer)
{
    /// <summary>The mark after the last step; null while another recorder sends.</summary>
    public ElasticMark? Mark { get; private set; }

    /// <summary>Sends one batch. Call it again while it moves.</summary>
    /// <exception cref="ElasticException">Elasticsearch did not store all of it; the next step goes on where it must.</exception>
    /// <exception cref="ClaimLostException">Another recorder took over.</exception>
    public async ValueTask<ElasticStep> StepAsync(CancellationToken cancellationToken)
    {
        var head = (await ledger.ReadHeadAsync(cancellationToken)).Size;
        Mark = await claims.TakeAsync(head, cancellationToken);
        if (Mark is not { } mark)
        {
            return ElasticStep.Waiting;
        }

        RecorderTelemetry.ElasticLag(head - mark.Next);
        if (mark.Next >= head)
        {
            return ElasticStep.Idle;
        }

        var uncertain = mark.IsUncertain;
        var batch = await reader.ReadAsync(mark.Next, uncertain ? Math.Min(mark.Sent, head) : head, cancellationToken);
        Mark = mark = await claims.MoveAsync(mark, mark with { Sent = Math.Max(mark.Sent, batch.To) }, cancellationToken);
        if (uncertain)
        {
            await writer.StoreMissingAsync(batch.Items, batch.From, batch.To, cancellationToken);
        }
        else
        {
            await writer.StoreAsync(batch.Items, cancellationToken);
        }

        Mark = await claims.MoveAsync(mark, mark with { Next = batch.To }, cancellationToken);
        RecorderTelemetry.ElasticLag(head - batch.To);
        return ElasticStep.Moved;
    }
}
