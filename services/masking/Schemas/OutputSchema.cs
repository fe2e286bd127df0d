using System.Text.Json;

namespace Chaperone.Masking.Schemas;

/// <summary>A tool's <c>outputSchema</c>: the part of JSON Schema 2020-12 that clients check results with. References stay inside the document; nothing is fetched. Immutable.</summary>
internal sealed class OutputSchema
{
    private const int DeepestReference = 16;

    private readonly JsonElement _root;
    private readonly SchemaCheck _check;

    private OutputSchema(JsonElement root)
    {
        _root = root;
        _check = new SchemaCheck(this);
    }

    public SchemaPlace Root => new(this, _root);

    /// <summary>Reads schema text; null where it is no JSON object.</summary>
    public static OutputSchema? Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 64 });
            return document.RootElement.ValueKind == JsonValueKind.Object ? new OutputSchema(document.RootElement.Clone()) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public bool Accepts(JsonElement node, JsonElement value) => _check.Accepts(node, value, 0);

    public SchemaPlace Property(JsonElement node, ReadOnlySpan<char> name)
    {
        foreach (var part in Parts(node, 0))
        {
            if (part.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(name, out var property))
            {
                return new SchemaPlace(this, property);
            }

            if (part.TryGetProperty("additionalProperties", out var rest) && rest.ValueKind == JsonValueKind.Object)
            {
                return new SchemaPlace(this, rest);
            }
        }

        return default;
    }

    public SchemaPlace Item(JsonElement node, int index)
    {
        foreach (var part in Parts(node, 0))
        {
            if (part.TryGetProperty("prefixItems", out var prefix) && prefix.ValueKind == JsonValueKind.Array && index < prefix.GetArrayLength())
            {
                return new SchemaPlace(this, prefix[index]);
            }

            if (part.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Object)
            {
                return new SchemaPlace(this, items);
            }
        }

        return default;
    }

    public bool Lists(JsonElement node, string value)
    {
        foreach (var part in Parts(node, 0))
        {
            if (part.TryGetProperty("const", out var constant) && constant.ValueKind == JsonValueKind.String && constant.ValueEquals(value))
            {
                return true;
            }

            if (part.TryGetProperty("enum", out var words) && words.ValueKind == JsonValueKind.Array
                && words.EnumerateArray().Any(w => w.ValueKind == JsonValueKind.String && w.ValueEquals(value)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What <c>$ref</c> points to within the document; false if it leads elsewhere.</summary>
    public bool TryResolve(string reference, out JsonElement target)
    {
        target = _root;
        if (reference is "#" or "")
        {
            return true;
        }

        if (!reference.StartsWith("#/", StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var step in reference[2..].Split('/'))
        {
            var name = Uri.UnescapeDataString(step).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (target.ValueKind == JsonValueKind.Object && target.TryGetProperty(name, out var next))
            {
                target = next;
            }
            else if (target.ValueKind == JsonValueKind.Array && int.TryParse(name, out var index) && index >= 0 && index < target.GetArrayLength())
            {
                target = target[index];
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    // The node itself and all that it is made of.
    private IEnumerable<JsonElement> Parts(JsonElement node, int depth)
    {
        if (node.ValueKind != JsonValueKind.Object || depth > DeepestReference)
        {
            yield break;
        }

        yield return node;
        if (node.TryGetProperty("$ref", out var reference) && reference.ValueKind == JsonValueKind.String && TryResolve(reference.GetString()!, out var target))
        {
            foreach (var part in Parts(target, depth + 1))
            {
                yield return part;
            }
        }

        foreach (var keyword in (string[])["allOf", "anyOf", "oneOf"])
        {
            if (!node.TryGetProperty(keyword, out var list) || list.ValueKind != JsonValueKind.Array)
            {
                continue;
            }

            foreach (var element in list.EnumerateArray())
            {
                foreach (var part in Parts(element, depth + 1))
                {
                    yield return part;
                }
            }
        }
    }
}
