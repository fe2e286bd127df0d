using System.Text.Json.Nodes;

namespace Chaperone.Recorder.Elastic;

/// <summary>The searches that projection needs.</summary>
internal static class ElasticQueries
{
    // The most that the server allows; counts below it are exact but for rare collisions.
    private const int CardinalityThreshold = 40_000;

    public static JsonObject Find(string origin, long from, long to, int size) => new()
    {
        ["size"] = size,
        ["track_total_hits"] = true,
        ["_source"] = new JsonArray("event.id", "event.sequence", "event.hash", "event.dataset"),
        ["query"] = Range(origin, from, to),
        ["sort"] = new JsonArray("event.sequence"),
    };

    public static JsonObject FindByIds(IReadOnlyList<string> ids, int size) => new()
    {
        ["size"] = size,
        ["_source"] = new JsonArray("event.id", "event.sequence", "event.hash", "event.dataset"),
        ["query"] = new JsonObject { ["ids"] = new JsonObject { ["values"] = new JsonArray([.. ids.Select(id => (JsonNode)id)]) } },
    };

    /// <summary>Per stream: how many, their sum, how many distinct, and how many should have a body.</summary>
    public static JsonObject Count(string origin, long from, long to) => new()
    {
        ["size"] = 0,
        ["query"] = Range(origin, from, to),
        ["aggs"] = new JsonObject
        {
            ["streams"] = new JsonObject
            {
                ["terms"] = new JsonObject { ["field"] = "event.dataset", ["size"] = 10 },
                ["aggs"] = new JsonObject
                {
                    ["sequence"] = new JsonObject { ["stats"] = new JsonObject { ["field"] = "event.sequence" } },
                    ["distinct"] = new JsonObject { ["cardinality"] = new JsonObject { ["field"] = "event.sequence", ["precision_threshold"] = CardinalityThreshold } },
                    ["bodies"] = new JsonObject { ["filter"] = new JsonObject { ["range"] = new JsonObject { ["chaperone.content.parts"] = new JsonObject { ["gte"] = 1 } } } },
                },
            },
        },
    };

    private static JsonObject Range(string origin, long from, long to) => new()
    {
        ["bool"] = new JsonObject
        {
            ["filter"] = new JsonArray(
                new JsonObject { ["term"] = new JsonObject { ["chaperone.log.origin"] = origin } },
                new JsonObject { ["range"] = new JsonObject { ["event.sequence"] = new JsonObject { ["gte"] = from, ["lt"] = to } } }),
        },
    };
}
