using System.Text.Json.Nodes;

namespace Chaperone.TestKit.Elastic;

/// <summary>What the fake holds: templates, life cycles, data streams. One request at a time.</summary>
internal sealed class FakeCluster
{
    public Dictionary<string, JsonObject> Components { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, JsonObject> Policies { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, JsonObject> Templates { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, DataStream> Streams { get; } = new(StringComparer.Ordinal);

    public void PutTemplate(string name, JsonObject body)
    {
        var missing = (body["composed_of"] as JsonArray ?? []).Select(c => c!.ToString()).Where(c => !Components.ContainsKey(c)).ToArray();
        if (missing.Length > 0)
        {
            throw new FakeError(
                400, "invalid_index_template_exception",
                $"index_template [{name}] invalid, cause [index template [{name}] specifies component templates [{string.Join(", ", missing)}] that do not exist]");
        }

        Templates[name] = body;
    }

    /// <summary>Makes a stream of the best template that fits.</summary>
    public DataStream Create(string name)
    {
        var (template, body) = Templates.Where(t => Fits(t.Value, name)).OrderByDescending(t => t.Value["priority"]?.GetValue<int>() ?? 0).FirstOrDefault();
        if (body is null)
        {
            throw new FakeError(400, "illegal_argument_exception", $"no matching index template found for data stream [{name}]");
        }

        var parts = (body["composed_of"] as JsonArray ?? []).Select(c => Components[c!.ToString()]).Append(body).Select(c => c["template"]).OfType<JsonObject>().ToArray();
        var mappings = new JsonObject();
        string? policy = null;
        foreach (var part in parts)
        {
            Merge(mappings, part["mappings"] as JsonObject ?? []);
            policy = part["settings"]?["index.lifecycle.name"]?.ToString() ?? policy;
        }

        return Streams[name] = new DataStream(name, template, mappings, policy);
    }

    /// <summary>The stream that a write names; made by the first write where a template fits.</summary>
    public DataStream Open(string name)
    {
        if (Streams.TryGetValue(name, out var stream))
        {
            return stream;
        }

        return Templates.Values.Any(t => Fits(t, name)) ? Create(name) : throw Missing(name);
    }

    /// <summary>The streams that a read names, parted by commas.</summary>
    public IReadOnlyList<DataStream> Find(string names) => [.. names.Split(',').Select(n => Streams.GetValueOrDefault(n) ?? throw Missing(n))];

    public static void Merge(JsonObject into, JsonObject from)
    {
        foreach (var (name, value) in from)
        {
            if (into[name] is JsonObject inner && value is JsonObject more)
            {
                Merge(inner, more);
            }
            else
            {
                into[name] = value?.DeepClone();
            }
        }
    }

    private static FakeError Missing(string name) => new(404, "index_not_found_exception", $"no such index [{name}]");

    private static bool Fits(JsonObject template, string name) =>
        template["data_stream"] is not null && template["index_patterns"]!.AsArray().Any(p => name.StartsWith(p!.ToString().TrimEnd('*'), StringComparison.Ordinal));
}
