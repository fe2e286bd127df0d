using System.Text.Json.Nodes;

namespace Chaperone.TestKit.Elastic;

/// <summary>Answers <c>_search</c> and <c>_count</c> over what was visible at the last refresh.</summary>
internal static class FakeSearch
{
    private const int MaxResultWindow = 10_000;

    public static JsonObject Search(IReadOnlyList<DataStream> streams, JsonObject request)
    {
        foreach (var (name, _) in request)
        {
            if (name is not ("size" or "query" or "sort" or "aggs" or "_source" or "track_total_hits"))
            {
                throw new FakeError(400, "parsing_exception", $"Unknown key for a VALUE in [{name}].");
            }
        }

        var size = request["size"]?.GetValue<int>() ?? 10;
        if (size > MaxResultWindow)
        {
            throw new FakeError(400, "illegal_argument_exception", $"Result window is too large, from + size must be less than or equal to: [{MaxResultWindow}] but was [{size}].");
        }

        var found = Matching(streams, request["query"]);
        var answer = new JsonObject
        {
            ["took"] = 1,
            ["timed_out"] = false,
            ["_shards"] = Shards(streams),
            ["hits"] = Hits(found, size, request),
        };
        if (request["aggs"] is JsonObject aggregations)
        {
            answer["aggregations"] = FakeAggregations.Of(aggregations, found);
        }

        return answer;
    }

    public static JsonObject Count(IReadOnlyList<DataStream> streams) =>
        new() { ["count"] = Matching(streams, null).Length, ["_shards"] = Shards(streams) };

    public static JsonObject Shards(IReadOnlyList<DataStream> streams)
    {
        var shards = streams.Sum(s => s.Indices.Count);
        return new JsonObject { ["total"] = shards, ["successful"] = shards, ["skipped"] = 0, ["failed"] = 0 };
    }

    private static StoredHit[] Matching(IReadOnlyList<DataStream> streams, JsonNode? query) =>
        [.. streams.SelectMany(s => s.Indices).SelectMany(i => i.Visible).Where(FakeQueries.Of(query))];

    private static JsonObject Hits(StoredHit[] found, int size, JsonObject request)
    {
        var sort = request["sort"]?.AsArray().FirstOrDefault();
        var field = sort is JsonObject named ? named.Single().Key : sort?.ToString();
        IEnumerable<StoredHit> ordered = found;
        if (field is not null)
        {
            var descending = sort is JsonObject { Count: 1 } direction && direction.Single().Value!.ToString().Contains("desc", StringComparison.Ordinal);
            ordered = descending ? found.OrderByDescending(h => SortKey(h, field)) : found.OrderBy(h => SortKey(h, field));
        }

        return new JsonObject
        {
            ["total"] = new JsonObject { ["value"] = found.Length, ["relation"] = "eq" },
            ["max_score"] = null,
            ["hits"] = new JsonArray([.. ordered.Take(size).Select(h => Hit(h, request["_source"] as JsonArray, field))]),
        };
    }

    private static JsonObject Hit(StoredHit hit, JsonArray? fields, string? sort)
    {
        var shown = new JsonObject { ["_index"] = hit.Index, ["_id"] = hit.Id, ["_score"] = null, ["_source"] = fields is null ? hit.Source.DeepClone() : Only(hit.Source, fields) };
        if (sort is not null)
        {
            shown["sort"] = new JsonArray(hit.Values(sort).FirstOrDefault()?.DeepClone());
        }

        return shown;
    }

    private static JsonObject Only(JsonObject source, JsonArray fields)
    {
        var shown = new JsonObject();
        foreach (var path in fields.Select(f => f!.ToString().Split('.')))
        {
            JsonNode? value = source;
            foreach (var part in path)
            {
                value = (value as JsonObject)?[part];
            }

            if (value is null)
            {
                continue;
            }

            var at = shown;
            foreach (var part in path[..^1])
            {
                at[part] ??= new JsonObject();
                at = at[part]!.AsObject();
            }

            at[path[^1]] = value.DeepClone();
        }

        return shown;
    }

    private static decimal SortKey(StoredHit hit, string field) => hit.Values(field).FirstOrDefault()?.GetValue<decimal>() ?? decimal.MaxValue;
}
