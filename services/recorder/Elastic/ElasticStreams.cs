using System.Text.Json;
using System.Text.Json.Nodes;

namespace Chaperone.Recorder.Elastic;

/// <summary>The data streams of one ledger: what is written to them and asked of them. Thread-safe.</summary>
/// <param name="client">The server.</param>
/// <param name="ns">Last part of the streams' names.</param>
/// <param name="origin">Origin of the ledger: another one may share the streams.</param>
internal sealed class ElasticStreams(ElasticClient client, string ns, string origin)
{
    // What index.max_result_window allows unless somebody changed it.
    private const int MostHits = 10_000;

    // The server gives up on shards that are away before we give up on the server.
    private const string BulkPath = "_bulk?timeout=15s&filter_path=items.*.status,items.*.error.type";

    private readonly string _records = string.Join(',', new[] { ElasticDatasets.Audit, ElasticDatasets.Control, ElasticDatasets.Content }.Select(d => ElasticDatasets.Stream(d, ns)));
    private readonly string _checkpoints = ElasticDatasets.Stream(ElasticDatasets.Checkpoint, ns);

    /// <summary>Looks whether setup has been run: a stream that a first write made would have neither our mappings nor a floor of retention.</summary>
    /// <exception cref="ElasticException">A stream is missing, or is not of our template.</exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        foreach (var dataset in ElasticDatasets.All)
        {
            var stream = ElasticDatasets.Stream(dataset, ns);
            using var answer = (await client.GetAsync($"_data_stream/{stream}", cancellationToken)).OrThrow($"the question for data stream {stream}");
            if (!answer.Body.TryGetProperty("data_streams", out var found) || found.ValueKind != JsonValueKind.Array || found.GetArrayLength() != 1
                || !found[0].TryGetProperty("template", out var template) || template.GetString() != ElasticTemplates.IndexTemplate(dataset))
            {
                throw new ElasticException(ElasticFault.Missing, $"Data stream {stream} is not of the template {ElasticTemplates.IndexTemplate(dataset)}: run 'chaperone elastic setup', and remove a stream that was there before it.");
            }
        }
    }

    /// <summary>Sends one bulk request; the result has one entry for each item, in order.</summary>
    public async Task<IReadOnlyList<BulkResult>> CreateAsync(IReadOnlyList<ElasticItem> items, CancellationToken cancellationToken)
    {
        using var body = BulkBody.Of(items, ns);
        using var answer = (await client.SendAsync(HttpMethod.Post, BulkPath, body, cancellationToken)).OrThrow("a bulk request");
        return BulkResult.Read(answer.Body, items.Count);
    }

    /// <summary>Makes what was stored until now visible to searches.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        using var answer = (await client.PostAsync($"{_records},{_checkpoints}/_refresh", null, cancellationToken)).OrThrow("a refresh");
        if (answer.Body.GetProperty("_shards").GetProperty("failed").GetInt32() > 0)
        {
            throw new ElasticException(ElasticFault.Failing, "Some shards could not be refreshed. Look at the cluster's health.");
        }
    }

    /// <summary>All documents of the records [<paramref name="from"/>, <paramref name="to"/>), in every backing index; duplicates are there twice.</summary>
    public async Task<IReadOnlyList<StoredDocument>> FindAsync(long from, long to, CancellationToken cancellationToken)
    {
        using (var answer = await SearchAsync(_records, ElasticQueries.Find(origin, from, to, MostHits), cancellationToken))
        {
            var hits = answer.Body.GetProperty("hits");
            var total = hits.GetProperty("total").GetProperty("value").GetInt64();
            if (total <= MostHits)
            {
                return [.. hits.GetProperty("hits").EnumerateArray().Select(Read)];
            }
        }

        if (to - from < 2)
        {
            throw new ElasticException(ElasticFault.Rejected, $"Record {from} has more than {MostHits} documents. Somebody else writes into these streams.");
        }

        var middle = from + ((to - from) / 2);
        return [.. await FindAsync(from, middle, cancellationToken), .. await FindAsync(middle, to, cancellationToken)];
    }

    /// <summary>Documents of records that the ledger does not have: the first of them.</summary>
    public async Task<IReadOnlyList<StoredDocument>> FindBeyondAsync(long from, CancellationToken cancellationToken)
    {
        using var answer = await SearchAsync(_records, ElasticQueries.Find(origin, from, long.MaxValue, 100), cancellationToken);
        return [.. answer.Body.GetProperty("hits").GetProperty("hits").EnumerateArray().Select(Read)];
    }

    /// <summary>All documents of these ids, whatever origin or sequence they claim.</summary>
    public async Task<IReadOnlyList<StoredDocument>> FindByIdAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        using var answer = await SearchAsync($"{_records},{_checkpoints}", ElasticQueries.FindByIds(ids, MostHits), cancellationToken);
        return [.. answer.Body.GetProperty("hits").GetProperty("hits").EnumerateArray().Select(Read)];
    }

    /// <summary>Counts the documents of the records [<paramref name="from"/>, <paramref name="to"/>).</summary>
    public async Task<RangeCount> CountAsync(long from, long to, CancellationToken cancellationToken)
    {
        using var answer = await SearchAsync(_records, ElasticQueries.Count(origin, from, to), cancellationToken);
        return RangeCount.Read(answer.Body.GetProperty("aggregations"));
    }

    /// <summary>Whether a checkpoint of this size is stored, and with which hash; null if not.</summary>
    public async Task<string?> FindCheckpointAsync(long size, CancellationToken cancellationToken)
    {
        using var answer = await SearchAsync(_checkpoints, ElasticQueries.Find(origin, size, size + 1, 1), cancellationToken);
        var hits = answer.Body.GetProperty("hits").GetProperty("hits");
        return hits.GetArrayLength() == 0 ? null : Read(hits[0]).Hash;
    }

    private async Task<ElasticAnswer> SearchAsync(string streams, JsonObject query, CancellationToken cancellationToken)
    {
        // Half an answer would make the missing half be sent again.
        var answer = (await client.PostAsync($"{streams}/_search?allow_partial_search_results=false", JsonSerializer.SerializeToUtf8Bytes(query), cancellationToken)).OrThrow("a search");
        if (answer.Body.GetProperty("timed_out").GetBoolean() || answer.Body.GetProperty("_shards").GetProperty("failed").GetInt32() > 0)
        {
            answer.Dispose();
            throw new ElasticException(ElasticFault.Failing, "A search did not reach all shards. Look at the cluster's health.");
        }

        return answer;
    }

    /// <summary>Whoever may write a document may leave fields out: that is another hash, not an error.</summary>
    private static StoredDocument Read(JsonElement hit)
    {
        var source = hit.GetProperty("_source");
        var about = source.TryGetProperty("event", out var found) && found.ValueKind == JsonValueKind.Object ? found : default;
        return new StoredDocument(Text(about, "dataset"), hit.GetProperty("_id").GetString()!, Number(about), Text(about, "hash"));
    }

    private static string Text(JsonElement about, string name) =>
        about.ValueKind == JsonValueKind.Object && about.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static long Number(JsonElement about) =>
        about.ValueKind == JsonValueKind.Object && about.TryGetProperty("sequence", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : -1;
}
