using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Chaperone.TestKit.Elastic;

/// <summary>The queries that the fake understands; any other is the error that Elasticsearch makes of an unknown one.</summary>
internal static class FakeQueries
{
    public static Func<StoredHit, bool> Of(JsonNode? query)
    {
        if (query is null)
        {
            return _ => true;
        }

        var (name, body) = query.AsObject().Single();
        return name switch
        {
            "match_all" => _ => true,
            "ids" => Ids(body!["values"]!.AsArray()),
            "term" => Term(body!.AsObject().Single()),
            "range" => Range(body!.AsObject().Single()),
            "bool" => Bool(body!.AsObject()),
            "query_string" => QueryString(body!["query"]!.ToString()),
            _ => throw new FakeError(400, "parsing_exception", $"unknown query [{name}]"),
        };
    }

    private static Func<StoredHit, bool> Ids(JsonArray values)
    {
        var ids = values.Select(v => v!.ToString()).ToHashSet(StringComparer.Ordinal);
        return hit => ids.Contains(hit.Id);
    }

    private static Func<StoredHit, bool> Term(KeyValuePair<string, JsonNode?> term)
    {
        var wanted = term.Value is JsonObject inner ? inner["value"]!.ToString() : term.Value!.ToString();
        return hit => hit.Values(term.Key).Any(v => v.ToString() == wanted);
    }

    private static Func<StoredHit, bool> Range(KeyValuePair<string, JsonNode?> range)
    {
        var bounds = range.Value!.AsObject();
        return hit => hit.Values(range.Key).Any(v => bounds.All(b => b.Key switch
        {
            "gte" => Compare(v, b.Value!) >= 0,
            "gt" => Compare(v, b.Value!) > 0,
            "lte" => Compare(v, b.Value!) <= 0,
            "lt" => Compare(v, b.Value!) < 0,
            _ => throw new FakeError(400, "parsing_exception", $"[range] query does not support [{b.Key}]"),
        }));
    }

    private static Func<StoredHit, bool> Bool(JsonObject clauses)
    {
        foreach (var (name, _) in clauses)
        {
            if (name is not ("filter" or "must" or "must_not"))
            {
                throw new FakeError(400, "x_content_parse_exception", $"[bool] unknown field [{name}]");
            }
        }

        var all = All(clauses["filter"]).Concat(All(clauses["must"])).ToArray();
        var none = All(clauses["must_not"]).ToArray();
        return hit => all.All(q => q(hit)) && !none.Any(q => q(hit));
    }

    private static IEnumerable<Func<StoredHit, bool>> All(JsonNode? clause) => clause switch
    {
        null => [],
        JsonArray array => [.. array.Select(Of)],
        _ => [Of(clause)],
    };

    // Enough of Lucene's language for the recorded questions.
    private static Func<StoredHit, bool> QueryString(string query)
    {
        if (query.Count(c => c == '(') != query.Count(c => c == ')'))
        {
            throw new FakeError(400, "query_shard_exception", $"Failed to parse query [{query}]");
        }

        var terms = query.Split(" AND ").Select(t => t.Split(':', 2)).ToArray();
        return hit => terms.All(t => hit.Values(t[0]).Any(v => v.ToString().Split(' ').Contains(t[1], StringComparer.OrdinalIgnoreCase)));
    }

    private static int Compare(JsonValue value, JsonNode bound) => value.GetValueKind() == JsonValueKind.Number
        ? value.GetValue<decimal>().CompareTo(bound.GetValue<decimal>())
        : DateTimeOffset.Parse(value.ToString(), CultureInfo.InvariantCulture).CompareTo(DateTimeOffset.Parse(bound.ToString(), CultureInfo.InvariantCulture));
}
