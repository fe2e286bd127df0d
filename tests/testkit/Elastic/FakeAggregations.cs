using System.Text.Json;
using System.Text.Json.Nodes;

namespace Chaperone.TestKit.Elastic;

/// <summary>The aggregations that the fake understands.</summary>
internal static class FakeAggregations
{
    public static JsonObject Of(JsonObject aggregations, StoredHit[] hits)
    {
        var results = new JsonObject();
        foreach (var (name, body) in aggregations)
        {
            var inner = body!.AsObject();
            results[name] = One(inner.Single(p => p.Key != "aggs"), inner["aggs"]?.AsObject(), hits);
        }

        return results;
    }

    private static JsonObject One(KeyValuePair<string, JsonNode?> aggregation, JsonObject? inner, StoredHit[] hits)
    {
        if (aggregation.Key == "filter")
        {
            return Bucket(hits.Where(FakeQueries.Of(aggregation.Value)).ToArray(), inner);
        }

        var field = aggregation.Value!["field"]!.ToString();
        var values = hits.SelectMany(h => h.Values(field)).ToArray();
        return aggregation.Key switch
        {
            "max" => new JsonObject { ["value"] = values.Max(Number) },
            "value_count" => new JsonObject { ["value"] = values.Length },
            "cardinality" => new JsonObject { ["value"] = values.Select(v => v.ToString()).Distinct(StringComparer.Ordinal).Count() },
            "stats" => new JsonObject { ["count"] = values.Length, ["sum"] = values.Sum(Number) },
            "terms" => Terms(field, inner, hits),
            _ => throw new FakeError(400, "parsing_exception", $"Unknown aggregation type [{aggregation.Key}]"),
        };
    }

    private static JsonObject Terms(string field, JsonObject? inner, StoredHit[] hits)
    {
        var buckets = new JsonArray();
        foreach (var group in hits.SelectMany(h => h.Values(field).Select(v => (Key: v.ToString(), Hit: h))).GroupBy(p => p.Key, StringComparer.Ordinal))
        {
            var bucket = Bucket([.. group.Select(p => p.Hit)], inner);
            bucket["key"] = group.Key;
            buckets.Add(bucket);
        }

        return new JsonObject { ["doc_count_error_upper_bound"] = 0, ["sum_other_doc_count"] = 0, ["buckets"] = buckets };
    }

    private static JsonObject Bucket(StoredHit[] hits, JsonObject? inner)
    {
        var bucket = inner is null ? [] : Of(inner, hits);
        bucket["doc_count"] = hits.Length;
        return bucket;
    }

    private static double Number(JsonValue value) => value.GetValueKind() == JsonValueKind.Number ? (double)value.GetValue<decimal>() : double.NaN;
}
