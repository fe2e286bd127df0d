namespace Chaperone.Recorder.Elastic;

/// <summary>
/// Stores documents, each once. Returns when each item is stored, now or before; throws when that is not known. What is there
/// under an item's id with another hash raises the alarm and is left as it is. Owned by one loop.
/// </summary>
internal sealed partial class ElasticWriter(ElasticStreams streams, BatchReader reader, TamperAlarm alarm, int requestBytes, ILogger<ElasticWriter> logger)
{
    private const int FewestBytes = 64 * 1024;

    private int _bytes = requestBytes;

    /// <summary>Stores what is not there yet of [<paramref name="from"/>, <paramref name="to"/>): looks first.</summary>
    /// <returns>How many documents were missing.</returns>
    public async ValueTask<int> StoreMissingAsync(IReadOnlyList<ElasticItem> items, long from, long to, CancellationToken cancellationToken)
    {
        await streams.RefreshAsync(cancellationToken);
        return await StoreMissingAsync(items, await streams.FindAsync(from, to, cancellationToken), cancellationToken);
    }

    /// <summary>As above, beside what was found.</summary>
    public async ValueTask<int> StoreMissingAsync(IReadOnlyList<ElasticItem> items, IReadOnlyList<StoredDocument> stored, CancellationToken cancellationToken)
    {
        var found = stored.ToLookup(s => (s.Dataset, s.Id));
        var missing = new List<ElasticItem>();
        foreach (var item in items)
        {
            if (!found.Contains((item.Dataset, item.Id)))
            {
                missing.Add(item);
            }
            else if (found[(item.Dataset, item.Id)].Any(s => s.Hash != item.Hash || s.Sequence != item.Sequence))
            {
                await alarm.RaiseAsync(item.Sequence, item.Dataset, cancellationToken);
            }
        }

        await StoreAsync(missing, cancellationToken);
        return missing.Count;
    }

    /// <summary>Stores items that are not there, as far as is known.</summary>
    public async ValueTask StoreAsync(IReadOnlyList<ElasticItem> items, CancellationToken cancellationToken)
    {
        foreach (var part in BulkBody.Split(items, _bytes))
        {
            await SendAsync(part, cancellationToken);
        }
    }

    private async ValueTask SendAsync(IReadOnlyList<ElasticItem> part, CancellationToken cancellationToken)
    {
        IReadOnlyList<BulkResult> results;
        try
        {
            results = await streams.CreateAsync(part, cancellationToken);
        }
        catch (ElasticException e) when (e.Fault is ElasticFault.TooLarge or ElasticFault.Rejected)
        {
            if (part.Count == 1)
            {
                await ReplaceAsync(part[0], $"{e.Fault}", cancellationToken);
                return;
            }

            await SendHalvesAsync(part, e, cancellationToken);
            return;
        }

        await FinishAsync(part, results, cancellationToken);
    }

    private async ValueTask SendHalvesAsync(IReadOnlyList<ElasticItem> part, ElasticException e, CancellationToken cancellationToken)
    {
        if (e.Fault == ElasticFault.TooLarge)
        {
            _bytes = Math.Max(FewestBytes, (int)Math.Min(_bytes, part.Sum(i => (long)i.Document.Length)) / 2);
            Log.Smaller(logger, _bytes);
        }

        var half = part.Count / 2;
        await SendAsync([.. part.Take(half)], cancellationToken);
        await SendAsync([.. part.Skip(half)], cancellationToken);
    }

    private async ValueTask FinishAsync(IReadOnlyList<ElasticItem> part, IReadOnlyList<BulkResult> results, CancellationToken cancellationToken)
    {
        RecorderTelemetry.Indexed(results.Count(r => r.IsCreated));
        var known = part.Where((_, i) => results[i].Exists).ToArray();
        if (known.Length > 0)
        {
            await CompareAsync(known, cancellationToken);
        }

        // All fields are ours: one that the mapping does not know is of a newer version than the templates, and no fault of a record.
        if (results.Any(r => r.LacksField))
        {
            throw new ElasticException(
                ElasticFault.Rejected, "Elasticsearch's mappings are older than this recorder, and lack a field: run 'chaperone elastic setup' of this version. Until then nothing more is sent, and all of it comes after.");
        }

        for (var i = 0; i < part.Count; i++)
        {
            if (results[i].IsPoison)
            {
                await ReplaceAsync(part[i], results[i].ErrorType ?? "no reason", cancellationToken);
            }
        }

        // The rest of the batch comes again, after a look at what is there.
        foreach (var result in results.Where(r => !r.IsCreated && !r.Exists && !r.IsPoison))
        {
            throw Explain(result);
        }
    }

    /// <summary>An id that is there already is well only if the document is of the same record.</summary>
    private async ValueTask CompareAsync(IReadOnlyList<ElasticItem> known, CancellationToken cancellationToken)
    {
        await streams.RefreshAsync(cancellationToken);
        var stored = (await streams.FindByIdAsync([.. known.Select(k => k.Id).Distinct(StringComparer.Ordinal)], cancellationToken)).ToLookup(s => (s.Dataset, s.Id));
        foreach (var item in known)
        {
            var there = stored[(item.Dataset, item.Id)].ToArray();
            if (there.Length == 0 || there.Any(s => s.Hash != item.Hash || s.Sequence != item.Sequence))
            {
                await alarm.RaiseAsync(item.Sequence, item.Dataset, cancellationToken);
            }
        }
    }

    private async ValueTask ReplaceAsync(ElasticItem item, string why, CancellationToken cancellationToken)
    {
        Log.Replaced(logger, item.Sequence, item.Dataset, why);
        ElasticItem[] instead = [await reader.InPlaceOfAsync(item, cancellationToken)];
        var result = (await streams.CreateAsync(instead, cancellationToken))[0];
        if (result.IsPoison)
        {
            throw new ElasticException(
                ElasticFault.Rejected, $"Elasticsearch takes no document at all in {item.Dataset} ({result.ErrorType}): run 'chaperone elastic setup' of this version, so that the mappings fit.");
        }

        await FinishAsync(instead, [result], cancellationToken);
    }

    private static ElasticException Explain(BulkResult result) => result.Status switch
    {
        429 => new ElasticException(ElasticFault.Busy, $"Elasticsearch is overloaded, or its disk is nearly full ({result.ErrorType}): add room, or wait."),
        401 or 403 => new ElasticException(ElasticFault.Refused, $"Elasticsearch refuses documents ({result.ErrorType}): the API key lacks create_doc, or the index is blocked for writing."),
        404 => new ElasticException(ElasticFault.Missing, $"A data stream is not there ({result.ErrorType}): run 'chaperone elastic setup'."),
        _ => new ElasticException(ElasticFault.Failing, $"Elasticsearch failed to store documents ({result.Status}, {result.ErrorType}): look at the cluster's health."),
    };

    private static partial class Log
    {
        [LoggerMessage(6063, LogLevel.Warning, "Elasticsearch takes no requests of that size: they have at most {Bytes} bytes from now on.")]
        public static partial void Smaller(ILogger logger, int bytes);

        [LoggerMessage(6064, LogLevel.Error, "Elasticsearch does not take the document of record {Index} in {Stream} ({Why}): it gets one that says so. The ledger has the whole record.")]
        public static partial void Replaced(ILogger logger, long index, string stream, string why);
    }
}
