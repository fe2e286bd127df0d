using System.Text.Json;
using System.Text.Json.Nodes;
using Chaperone.Policy.Reading;

namespace Chaperone.Policy.Cases;

/// <summary>Turns YAML into the JSON that it means.</summary>
internal static class YamlJson
{
    public static JsonNode? Of(YamlNode node) => node switch
    {
        YamlMapping map => new JsonObject(map.Entries.Select(e => KeyValuePair.Create(e.Key.Text, Of(e.Value)))),
        YamlSequence list => new JsonArray([.. list.Items.Select(Of)]),
        YamlScalar { Kind: "empty" } => null,
        YamlScalar { Kind: "a boolean" } truth => JsonValue.Create(truth.Text is ['t' or 'T', ..]),
        YamlScalar { Kind: "a number" } number => Number(number.Text),
        YamlScalar text => JsonValue.Create(text.Text),
        _ => null,
    };

    // 1e3 stays 1e3: how a number is written is a matter of tests. What JSON cannot write stays text.
    private static JsonNode? Number(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}
