using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Chaperone.Masking.Schemas;

/// <summary>Whether a value satisfies a schema: type, enum, const, bounds, pattern, format, required, properties, items, the combinators, local references. A keyword it does not know says nothing, as in JSON Schema.</summary>
internal sealed class SchemaCheck(OutputSchema schema)
{
    private const int Deepest = 64;
    private static readonly TimeSpan PatternLimit = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, Regex?> _patterns = new(StringComparer.Ordinal);

    public bool Accepts(JsonElement node, JsonElement value, int depth)
    {
        if (node.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return node.ValueKind == JsonValueKind.True;
        }

        if (node.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        return depth < Deepest
            && HasType(node, value)
            && IsListed(node, value)
            && Combines(node, value, depth)
            && value.ValueKind switch
            {
                JsonValueKind.String => StringFits(node, value.GetString()!),
                JsonValueKind.Number => NumberFits(node, value.GetDouble()),
                JsonValueKind.Array => ArrayFits(node, value, depth),
                JsonValueKind.Object => ObjectFits(node, value, depth),
                _ => true,
            };
    }

    private static bool HasType(JsonElement node, JsonElement value)
    {
        if (!node.TryGetProperty("type", out var type))
        {
            return true;
        }

        return type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Any(t => IsType(t.GetString(), value)) : IsType(type.GetString(), value);
    }

    private static bool IsType(string? type, JsonElement value) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && Math.Floor(value.GetDouble()) == value.GetDouble(),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => true,
    };

    private static bool IsListed(JsonElement node, JsonElement value) =>
        (!node.TryGetProperty("const", out var constant) || JsonElement.DeepEquals(constant, value))
        && (!node.TryGetProperty("enum", out var words) || words.ValueKind != JsonValueKind.Array || words.EnumerateArray().Any(w => JsonElement.DeepEquals(w, value)));

    private bool Combines(JsonElement node, JsonElement value, int depth)
    {
        if (node.TryGetProperty("$ref", out var reference) && reference.ValueKind == JsonValueKind.String
            && schema.TryResolve(reference.GetString()!, out var target) && !Accepts(target, value, depth + 1))
        {
            return false;
        }

        if (node.TryGetProperty("not", out var not) && Accepts(not, value, depth + 1))
        {
            return false;
        }

        if (node.TryGetProperty("if", out var condition)
            && node.TryGetProperty(Accepts(condition, value, depth + 1) ? "then" : "else", out var branch) && !Accepts(branch, value, depth + 1))
        {
            return false;
        }

        return List(node, "allOf").All(s => Accepts(s, value, depth + 1))
            && (!node.TryGetProperty("anyOf", out _) || List(node, "anyOf").Any(s => Accepts(s, value, depth + 1)))
            && (!node.TryGetProperty("oneOf", out _) || List(node, "oneOf").Count(s => Accepts(s, value, depth + 1)) == 1);
    }

    private bool StringFits(JsonElement node, string value)
    {
        var length = new StringInfo(value).LengthInTextElements;
        return (!Number(node, "minLength", out var least) || length >= least)
            && (!Number(node, "maxLength", out var most) || length <= most)
            && (!node.TryGetProperty("pattern", out var pattern) || Matches(pattern.GetString(), value))
            && (!node.TryGetProperty("format", out var format) || Formats.Accepts(format.GetString(), value));
    }

    private static bool NumberFits(JsonElement node, double value) =>
        (!Number(node, "minimum", out var least) || value >= least)
        && (!Number(node, "maximum", out var most) || value <= most)
        && (!Number(node, "exclusiveMinimum", out var above) || value > above)
        && (!Number(node, "exclusiveMaximum", out var below) || value < below)
        && (!Number(node, "multipleOf", out var step) || step <= 0 || Math.Abs(Math.IEEERemainder(value, step)) < 1e-9);

    private bool ArrayFits(JsonElement node, JsonElement value, int depth)
    {
        var count = value.GetArrayLength();
        if ((Number(node, "minItems", out var least) && count < least) || (Number(node, "maxItems", out var most) && count > most))
        {
            return false;
        }

        var prefix = List(node, "prefixItems").ToArray();
        var hasItems = node.TryGetProperty("items", out var items);
        var index = 0;
        foreach (var element in value.EnumerateArray())
        {
            if (index < prefix.Length ? !Accepts(prefix[index], element, depth + 1) : hasItems && !Accepts(items, element, depth + 1))
            {
                return false;
            }

            index++;
        }

        return !(node.TryGetProperty("uniqueItems", out var unique) && unique.ValueKind == JsonValueKind.True) || AreUnique(value);
    }

    private bool ObjectFits(JsonElement node, JsonElement value, int depth)
    {
        if (node.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array
            && required.EnumerateArray().Any(name => name.ValueKind == JsonValueKind.String && !value.TryGetProperty(name.GetString()!, out _)))
        {
            return false;
        }

        var hasProperties = node.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object;
        var hasPatterns = node.TryGetProperty("patternProperties", out var patterns) && patterns.ValueKind == JsonValueKind.Object;
        var hasRest = node.TryGetProperty("additionalProperties", out var rest);
        foreach (var member in value.EnumerateObject())
        {
            var known = false;
            if (hasProperties && properties.TryGetProperty(member.Name, out var property))
            {
                known = true;
                if (!Accepts(property, member.Value, depth + 1))
                {
                    return false;
                }
            }

            foreach (var pattern in hasPatterns ? patterns.EnumerateObject().ToArray() : [])
            {
                if (Matches(pattern.Name, member.Name))
                {
                    known = true;
                    if (!Accepts(pattern.Value, member.Value, depth + 1))
                    {
                        return false;
                    }
                }
            }

            if (!known && hasRest && !Accepts(rest, member.Value, depth + 1))
            {
                return false;
            }
        }

        return true;
    }

    // A pattern that cannot be checked in linear time counts as broken: what is not known to fit is withheld.
    private bool Matches(string? pattern, string value)
    {
        if (pattern is null)
        {
            return true;
        }

        var regex = _patterns.GetOrAdd(pattern, static p =>
        {
            try
            {
                return new Regex(p, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, PatternLimit);
            }
            catch (Exception e) when (e is ArgumentException or NotSupportedException)
            {
                return null;
            }
        });

        try
        {
            return regex is not null && regex.IsMatch(value);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static bool AreUnique(JsonElement array)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return array.EnumerateArray().All(e => seen.Add(e.GetRawText()));
    }

    private static JsonElement.ArrayEnumerator List(JsonElement node, string keyword) =>
        node.TryGetProperty(keyword, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default;

    private static bool Number(JsonElement node, string keyword, out double value)
    {
        value = 0;
        return node.TryGetProperty(keyword, out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetDouble(out value);
    }
}
