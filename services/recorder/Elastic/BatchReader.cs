using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Elastic;

/// <summary>Reads records and makes their documents, one batch ahead of the one that is sent. Owned by one loop.</summary>
internal sealed class BatchReader(ILedgerStore ledger, ElasticDocuments documents, int records, int bytes)
{
    // Records are read whole, and one may have megabytes.
    private const int Page = 64;

    private (long From, long Limit, Task<ElasticBatch> Batch)? _ahead;

    /// <summary>The records from <paramref name="from"/> on, all before <paramref name="limit"/>: as many as one step takes.</summary>
    public async ValueTask<ElasticBatch> ReadAsync(long from, long limit, CancellationToken cancellationToken)
    {
        var ahead = _ahead;
        _ahead = null;
        var batch = ahead is { } ready && ready.From == from && ready.Limit <= limit
            ? await ready.Batch
            : await MakeAsync(from, limit, cancellationToken);
        if (batch.To < limit)
        {
            _ahead = (batch.To, limit, Task.Run(() => MakeAsync(batch.To, limit, cancellationToken), cancellationToken));
        }

        return batch;
    }

    /// <summary>The records [<paramref name="from"/>, <paramref name="to"/>) in pages that fit in memory.</summary>
    public async IAsyncEnumerable<ElasticBatch> ReadPagesAsync(long from, long to, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (from < to)
        {
            var page = await ledger.ReadRecordsAsync(from, (int)Math.Min(Page, to - from), cancellationToken);
            if (page.Count == 0)
            {
                yield break;
            }

            var next = page[^1].Leaf.Index + 1;
            yield return new ElasticBatch(from, next, documents.Of(page));
            from = next;
        }
    }

    /// <summary>What is sent instead of a document that Elasticsearch finds wrong.</summary>
    public async ValueTask<ElasticItem> InPlaceOfAsync(ElasticItem item, CancellationToken cancellationToken)
    {
        var record = await ledger.ReadRecordsAsync(item.Sequence, 1, cancellationToken);
        return documents.InPlaceOf(item, record[0]);
    }

    private async Task<ElasticBatch> MakeAsync(long from, long limit, CancellationToken cancellationToken)
    {
        var items = new List<ElasticItem>();
        var to = from;
        var size = 0L;
        await foreach (var page in ReadPagesAsync(from, Math.Min(limit, from + records), cancellationToken))
        {
            items.AddRange(page.Items);
            to = page.To;
            size += page.Items.Sum(i => (long)i.Document.Length);
            if (size >= bytes)
            {
                break;
            }
        }

        return new ElasticBatch(from, to, items);
    }
}
