using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Chaperone.TestKit.Elastic;

/// <summary>Holds a document against mappings as Elasticsearch does: unknown fields where they are strict, values that do not parse, no <c>@timestamp</c>.</summary>
internal static class StrictMapping
{
    public static void Check(JsonObject source, JsonObject mappings)
    {
        Walk(source, mappings, mappings["dynamic"]?.ToString() ?? "true", "_doc", "");
        if (source["@timestamp"] is null)
        {
            throw new FakeError(400, "mapper_parsing_exception", "failed to parse", new JsonObject
            {
                ["type"] = "illegal_argument_exception",
                ["reason"] = "data stream timestamp field [@timestamp] is missing",
            });
        }
    }

    private static void Walk(JsonObject source, JsonObject mapping, string dynamic, string within, string prefix)
    {
        var properties = mapping["properties"] as JsonObject ?? [];
        foreach (var (name, value) in source)
        {
            if (properties[name] is not JsonObject field)
            {
                if (dynamic == "strict")
                {
                    throw new FakeError(400, "strict_dynamic_mapping_exception", $"mapping set to strict, dynamic introduction of [{name}] within [{within}] is not allowed");
                }

                continue;
            }

            var path = prefix + name;
            if (field["properties"] is not null)
            {
                Walk(value as JsonObject ?? throw Wrong(path, "object"), field, field["dynamic"]?.ToString() ?? dynamic, path, path + ".");
                continue;
            }

            foreach (var one in value is JsonArray array ? [.. array] : new[] { value })
            {
                if (one is not null && !Fits(field["type"]!.ToString(), one, field))
                {
                    throw Wrong(path, field["type"]!.ToString());
                }
            }
        }
    }

    private static bool Fits(string type, JsonNode value, JsonObject field) => type switch
    {
        "keyword" => value is JsonValue && (field["ignore_above"] is not null || field["index"] is not null || value.ToString().Length < 32_766),
        "text" => value is JsonValue,
        "constant_keyword" => value.ToString() == field["value"]?.ToString(),
        "long" or "integer" => value.GetValueKind() == JsonValueKind.Number && value.AsValue().TryGetValue<long>(out _),
        "double" => value.GetValueKind() == JsonValueKind.Number,
        "boolean" => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "date" => DateTimeOffset.TryParse(value.ToString(), CultureInfo.InvariantCulture, out _),
        "ip" => IPAddress.TryParse(value.ToString(), out _),
        _ => throw new InvalidOperationException($"The fake does not know the type {type}."),
    };

    private static FakeError Wrong(string path, string type) =>
        new(400, "mapper_parsing_exception", $"failed to parse field [{path}] of type [{type}]");
}
