using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Elastic;

/// <summary>
/// Counts the documents of the ledger's records block by block; where a count is wrong it compares each of them, sends again
/// what is missing, and says what is doubled or foreign. Owned by the loop that projects, and runs only while that has the claim.
/// </summary>
internal sealed class ElasticReconciler(ILedgerStore ledger, ElasticStreams streams, ElasticClaims claims, BatchReader reader, ElasticWriter writer, TamperAlarm alarm, int contentDays, TimeProvider time)
{
    /// <summary>Records of one count.</summary>
    public const long Block = 5000;

    // ILM deletes nothing younger; older documents may be gone, and must not come back.
    private static readonly TimeSpan Retention = TimeSpan.FromDays(ElasticTemplates.FloorDays);

    /// <summary>Looks at the block that begins at <paramref name="from"/>.</summary>
    /// <param name="mark">The claim; moved where something is sent.</param>
    /// <param name="from">First record.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The mark as it is now, where the next block begins, and what was found.</returns>
    public async ValueTask<(ElasticMark Mark, long Next, Reconciliation Found)> StepAsync(ElasticMark mark, long from, CancellationToken cancellationToken)
    {
        var to = Math.Min(from + Block, mark.Next);
        var age = await AgeAsync(to - 1, cancellationToken);
        if (age >= Retention)
        {
            return (mark, to, Reconciliation.Clean);
        }

        var withContent = age < TimeSpan.FromDays(contentDays);
        var count = await streams.CountAsync(from, to, cancellationToken);
        if (count.HasEach(from, to) && (count.HasBodies || !withContent))
        {
            return (mark, to, Reconciliation.Clean);
        }

        // Proves that the claim is still ours, and keeps others waiting while we send.
        mark = await claims.MoveAsync(mark, mark, cancellationToken);
        return (mark, to, await RepairAsync(from, to, withContent, cancellationToken));
    }

    /// <summary>Looks for documents of records that the ledger does not have.</summary>
    public async ValueTask<Reconciliation> LookBeyondAsync(ElasticMark mark, CancellationToken cancellationToken)
    {
        var foreign = await streams.FindBeyondAsync(mark.Next, cancellationToken);
        foreach (var document in foreign)
        {
            await alarm.RaiseAsync(document.Sequence, document.Dataset, cancellationToken);
        }

        return new Reconciliation(0, 0, foreign.Count);
    }

    /// <summary>Takes back alarms whose documents are right again.</summary>
    public async ValueTask RecheckAsync(CancellationToken cancellationToken)
    {
        foreach (var record in await alarm.ReadAsync(cancellationToken))
        {
            var stored = await streams.FindAsync(record, record + 1, cancellationToken);
            var expected = new Dictionary<(string, string), ElasticItem>();
            await foreach (var page in reader.ReadPagesAsync(record, record + 1, cancellationToken))
            {
                expected = page.Items.ToDictionary(i => (i.Dataset, i.Id));
            }

            var byId = await streams.FindByIdAsync([.. expected.Values.Select(i => i.Id).Distinct(StringComparer.Ordinal)], cancellationToken);
            if (stored.Concat(byId).All(s => expected.TryGetValue((s.Dataset, s.Id), out var item) && item.Hash == s.Hash && item.Sequence == s.Sequence))
            {
                await alarm.ClearAsync(record, cancellationToken);
            }
        }
    }

    private async ValueTask<Reconciliation> RepairAsync(long from, long to, bool withContent, CancellationToken cancellationToken)
    {
        var stored = await streams.FindAsync(from, to, cancellationToken);
        var known = new Dictionary<(string, string), ElasticItem>();
        var missing = 0;
        await foreach (var page in reader.ReadPagesAsync(from, to, cancellationToken))
        {
            var items = page.Items.Where(i => withContent || i.Dataset != ElasticDatasets.Content).ToArray();
            missing += await writer.StoreMissingAsync(items, stored, cancellationToken);
            foreach (var item in page.Items)
            {
                known[(item.Dataset, item.Id)] = item with { Document = default };
            }
        }

        RecorderTelemetry.RepairedDocuments(missing);
        var ours = stored.ToLookup(s => known.TryGetValue((s.Dataset, s.Id), out var item) && item.Hash == s.Hash && item.Sequence == s.Sequence);
        var foreign = ours[false].ToArray();
        foreach (var document in foreign)
        {
            await alarm.RaiseAsync(document.Sequence, document.Dataset, cancellationToken);
        }

        var doubled = ours[true].GroupBy(s => (s.Dataset, s.Id)).Sum(g => g.Count() - 1);
        return new Reconciliation(missing, doubled, foreign.Select(f => f.Sequence).Distinct().Count());
    }

    private async ValueTask<TimeSpan> AgeAsync(long index, CancellationToken cancellationToken)
    {
        var leaf = await ledger.ReadLeavesAsync(index, 1, cancellationToken);
        return time.GetUtcNow() - LeafFormat.ReadTime(leaf[0].Bytes);
    }
}
