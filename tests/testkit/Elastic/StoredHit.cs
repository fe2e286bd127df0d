using System.Text.Json.Nodes;

namespace Chaperone.TestKit.Elastic;

/// <summary>One document of the fake.</summary>
public sealed record StoredHit(string Index, string Id, JsonObject Source)
{
    /// <summary>All values of a dotted field.</summary>
    public IEnumerable<JsonValue> Values(string field)
    {
        if (field == "_id")
        {
            return [JsonValue.Create(Id)];
        }

        JsonNode? node = Source;
        foreach (var part in field.Split('.'))
        {
            node = (node as JsonObject)?[part];
        }

        return node switch
        {
            JsonValue value => [value],
            JsonArray array => array.OfType<JsonValue>(),
            _ => [],
        };
    }

    /// <summary>The first value of a dotted field as text; null if there is none.</summary>
    public string? Text(string field) => Values(field).FirstOrDefault()?.ToString();
}
