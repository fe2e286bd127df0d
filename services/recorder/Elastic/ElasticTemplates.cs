using System.Text.Json.Nodes;

namespace Chaperone.Recorder.Elastic;

/// <summary>What setup puts into Elasticsearch: mappings, life cycles, index templates. One place, so that the recorder knows what it may expect.</summary>
internal static class ElasticTemplates
{
    /// <summary>Six years (45 CFR 164.316(b)(2)(i)): audit, control and checkpoints are kept no shorter.</summary>
    public const int FloorDays = Retention.RetentionOptions.FloorDays;

    /// <summary>Above the built-in templates for <c>logs-*-*</c>.</summary>
    private const int Priority = 300;

    private const int LongestKeyword = 1024;

    public const string Mappings = "chaperone-mappings";

    /// <summary>Name of the index template of a stream's kind.</summary>
    public static string IndexTemplate(string dataset) => $"logs-{dataset}";

    /// <summary>Name of the life cycle of a stream's kind.</summary>
    public static string Lifecycle(string dataset) => dataset.Replace('.', '-');

    /// <summary>The component with all fields.</summary>
    public static JsonObject MappingsComponent() => new()
    {
        ["template"] = new JsonObject { ["mappings"] = new JsonObject { ["dynamic"] = "strict", ["properties"] = Properties() } },
    };

    /// <summary>The template of one kind of stream: the fields, its life cycle, and what all its documents have in common.</summary>
    /// <param name="dataset">The kind of stream.</param>
    /// <param name="major">Elasticsearch's major version: 9 would else keep <c>logs-*</c> streams without the documents' own source, and 7 does not know the setting.</param>
    public static JsonObject Template(string dataset, int major)
    {
        var template = Template(dataset);
        if (major >= 9)
        {
            template["template"]!["settings"]!["index.mode"] = "standard";
        }

        return template;
    }

    private static JsonObject Template(string dataset) => new()
    {
        ["index_patterns"] = new JsonArray($"logs-{dataset}-*"),
        ["data_stream"] = new JsonObject(),
        ["priority"] = Priority,
        ["composed_of"] = new JsonArray(Mappings),
        ["template"] = new JsonObject
        {
            ["settings"] = new JsonObject { ["index.lifecycle.name"] = Lifecycle(dataset), ["index.codec"] = "best_compression" },
            ["mappings"] = new JsonObject
            {
                ["properties"] = new JsonObject
                {
                    ["data_stream"] = new JsonObject
                    {
                        ["properties"] = new JsonObject
                        {
                            ["type"] = new JsonObject { ["type"] = "constant_keyword", ["value"] = "logs" },
                            ["dataset"] = new JsonObject { ["type"] = "constant_keyword", ["value"] = dataset },
                        },
                    },
                },
            },
        },
    };

    /// <summary>The life cycle of one kind of stream. Its days count from the rollover, so nothing goes earlier than they say.</summary>
    public static JsonObject LifecyclePolicy(int days) => new()
    {
        ["phases"] = new JsonObject
        {
            ["hot"] = new JsonObject { ["actions"] = new JsonObject { ["rollover"] = new JsonObject { ["max_age"] = "30d", ["max_size"] = "50gb" } } },
            ["delete"] = new JsonObject { ["min_age"] = $"{days}d", ["actions"] = new JsonObject { ["delete"] = new JsonObject() } },
        },
    };

    /// <summary>The fields as nested properties.</summary>
    public static JsonObject Properties()
    {
        var root = new JsonObject();
        foreach (var (name, type) in ElasticFields.Types)
        {
            var path = name.Split('.');
            var at = root;
            foreach (var part in path[..^1])
            {
                at = Descend(at, part);
            }

            at[path[^1]] = Field(type);
        }

        return root;
    }

    private static JsonObject Descend(JsonObject at, string part)
    {
        if (at[part] is not JsonObject inner)
        {
            at[part] = inner = new JsonObject { ["properties"] = new JsonObject() };
        }

        return inner["properties"]!.AsObject();
    }

    private static JsonObject Field(string type) => type switch
    {
        "keyword" => new JsonObject { ["type"] = "keyword", ["ignore_above"] = LongestKeyword },
        "stored" => new JsonObject { ["type"] = "keyword", ["index"] = false, ["doc_values"] = false },
        _ => new JsonObject { ["type"] = type },
    };
}
