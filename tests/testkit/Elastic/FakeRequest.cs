using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Chaperone.TestKit.Elastic;

/// <summary>One request to the fake.</summary>
internal sealed class FakeRequest(FakeCluster cluster, HttpRequest request, byte[] body, string version)
{
    // Parameters that 7.17, 8 and 9 all know; one of them unknown is a 400.
    private static readonly string[] KnownParameters = ["timeout", "filter_path", "allow_partial_search_results", "write_index_only"];

    public JsonObject Run()
    {
        foreach (var name in request.Query.Keys.Except(KnownParameters))
        {
            throw new FakeError(400, "illegal_argument_exception", $"request [{request.Path}] contains unrecognized parameter: [{name}]");
        }

        string[] path = [.. request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries)];
        return (request.Method, path) switch
        {
            ("GET", []) => Root(),
            ("GET", ["_cluster", "health"]) => new JsonObject { ["status"] = "green", ["timed_out"] = false },
            ("PUT", ["_component_template", var name]) => Put(() => cluster.Components[name] = Json()),
            ("GET", ["_component_template", var name]) => Get("component_templates", "component_template", name, cluster.Components),
            ("PUT", ["_index_template", var name]) => Put(() => cluster.PutTemplate(name, Json())),
            ("GET", ["_index_template", var name]) => Get("index_templates", "index_template", name, cluster.Templates),
            ("PUT", ["_ilm", "policy", var name]) => Put(() => cluster.Policies[name] = Json()),
            ("GET", ["_ilm", "policy", var name]) => Policy(name),
            ("PUT", ["_data_stream", var name]) => Put(() => CreateStream(name)),
            ("GET", ["_data_stream", var name]) => Stream(name),
            ("POST", ["_bulk"]) => FakeBulk.Run(body, null, cluster.Open),
            ("POST", [var stream, "_bulk"]) => FakeBulk.Run(body, stream, cluster.Open),
            ("POST", [var streams, "_refresh"]) => Refresh(cluster.Find(streams)),
            ("POST", [var streams, "_search"]) => FakeSearch.Search(cluster.Find(streams), Json()),
            ("GET", [var streams, "_count"]) => FakeSearch.Count(cluster.Find(streams)),
            ("POST", [var stream, "_rollover"]) => Rollover(cluster.Find(stream)[0]),
            ("PUT", [var stream, "_settings"]) => Put(() => Settings(cluster.Find(stream)[0], Json())),
            ("PUT", [var stream, "_mapping"]) => Put(() => FakeCluster.Merge(cluster.Find(stream)[0].Mappings, Json())),
            _ => throw new FakeError(400, "illegal_argument_exception", $"no handler found for uri [{request.Path}] and method [{request.Method}]"),
        };
    }

    private JsonObject Root() => new()
    {
        ["name"] = "loopback-node",
        ["cluster_name"] = "local-verify",
        ["version"] = new JsonObject { ["number"] = version },
        ["tagline"] = "You Know, for Search",
    };

    private static JsonObject Put(Action act)
    {
        act();
        return new JsonObject { ["acknowledged"] = true };
    }

    private JsonObject Json()
    {
        try
        {
            return body.Length == 0 ? throw new FakeError(400, "parse_exception", "request body is required") : JsonNode.Parse(body)!.AsObject();
        }
        catch (JsonException e)
        {
            throw new FakeError(400, "parsing_exception", e.Message);
        }
    }

    private static JsonObject Get(string list, string item, string name, Dictionary<string, JsonObject> from) => from.TryGetValue(name, out var found)
        ? new JsonObject { [list] = new JsonArray(new JsonObject { ["name"] = name, [item] = found.DeepClone() }) }
        : throw new FakeError(404, "resource_not_found_exception", $"{item.Replace('_', ' ')} matching [{name}] not found");

    private JsonObject Policy(string name) => cluster.Policies.TryGetValue(name, out var found)
        ? new JsonObject { [name] = new JsonObject { ["version"] = 1, ["policy"] = found["policy"]!.DeepClone() } }
        : throw new FakeError(404, "resource_not_found_exception", $"Lifecycle policy not found: {name}");

    private void CreateStream(string name)
    {
        if (cluster.Streams.ContainsKey(name))
        {
            throw new FakeError(400, "resource_already_exists_exception", $"data_stream [{name}] already exists");
        }

        cluster.Create(name);
    }

    private JsonObject Stream(string name)
    {
        var stream = cluster.Find(name)[0];
        return new JsonObject
        {
            ["data_streams"] = new JsonArray(new JsonObject
            {
                ["name"] = stream.Name,
                ["timestamp_field"] = new JsonObject { ["name"] = "@timestamp" },
                ["indices"] = new JsonArray([.. stream.Indices.Select(i => new JsonObject { ["index_name"] = i.Name })]),
                ["generation"] = stream.Indices.Count,
                ["status"] = "GREEN",
                ["template"] = stream.Template,
                ["ilm_policy"] = stream.Policy,
            }),
        };
    }

    private static JsonObject Refresh(IReadOnlyList<DataStream> streams)
    {
        foreach (var stream in streams)
        {
            stream.Refresh();
        }

        return new JsonObject { ["_shards"] = FakeSearch.Shards(streams) };
    }

    private static JsonObject Rollover(DataStream stream)
    {
        var old = stream.Write.Name;
        stream.Refresh();
        stream.Rollover();
        return new JsonObject { ["acknowledged"] = true, ["shards_acknowledged"] = true, ["old_index"] = old, ["new_index"] = stream.Write.Name, ["rolled_over"] = true, ["dry_run"] = false, ["conditions"] = new JsonObject() };
    }

    private static void Settings(DataStream stream, JsonObject settings)
    {
        foreach (var (name, value) in settings)
        {
            foreach (var index in stream.Indices)
            {
                switch (name)
                {
                    case "index.blocks.write":
                        index.WriteBlock = value is not null;
                        break;
                    case "index.blocks.read_only_allow_delete":
                        index.DiskBlock = value is not null;
                        break;
                    default:
                        throw new FakeError(400, "illegal_argument_exception", $"unknown setting [{name}]");
                }
            }
        }
    }
}
