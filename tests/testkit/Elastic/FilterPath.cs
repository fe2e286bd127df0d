using System.Text.Json.Nodes;

namespace Chaperone.TestKit.Elastic;

/// <summary><c>filter_path</c>: only the paths asked for come back; <c>*</c> is any name, and arrays are looked through.</summary>
internal static class FilterPath
{
    public static JsonObject Apply(JsonObject answer, string paths) => Keep(answer, [.. paths.Split(',').Select(p => p.Split('.'))]) as JsonObject ?? [];

    private static JsonNode? Keep(JsonNode? node, string[][] paths)
    {
        if (paths.Any(p => p.Length == 0))
        {
            return node?.DeepClone();
        }

        if (node is JsonArray array)
        {
            return new JsonArray([.. array.Select(n => Keep(n, paths)).Where(n => n is not null)]);
        }

        var kept = new JsonObject();
        foreach (var (name, value) in node as JsonObject ?? [])
        {
            var rest = paths.Where(p => p[0] == "*" || p[0] == name).Select(p => p[1..]).ToArray();
            if (rest.Length > 0 && Keep(value, rest) is { } inner)
            {
                kept[name] = inner;
            }
        }

        return kept.Count == 0 ? null : kept;
    }
}
