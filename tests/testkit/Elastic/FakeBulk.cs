using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Chaperone.TestKit.Elastic;

/// <summary>Answers <c>_bulk</c>: the request as a whole may be wrong, and each item has a fate of its own.</summary>
internal static class FakeBulk
{
    public static JsonObject Run(byte[] body, string? defaultStream, Func<string, DataStream> open)
    {
        if (body.Length == 0)
        {
            throw new FakeError(400, "parse_exception", "request body is required");
        }

        if (body[^1] != '\n')
        {
            throw new FakeError(400, "illegal_argument_exception", "The bulk request must be terminated by a newline [\\n]");
        }

        var lines = Encoding.UTF8.GetString(body).Split('\n')[..^1];
        var items = new JsonArray();
        for (var i = 0; i + 1 < lines.Length; i += 2)
        {
            items.Add(Item(lines[i], lines[i + 1], defaultStream, open));
        }

        return new JsonObject
        {
            ["took"] = 1,
            ["errors"] = items.Any(i => i!.AsObject().Single().Value!["status"]!.GetValue<int>() >= 300),
            ["items"] = items,
        };
    }

    private static JsonObject Item(string action, string document, string? defaultStream, Func<string, DataStream> open)
    {
        var (operation, index, id) = ReadAction(action);
        var name = index ?? defaultStream ?? throw new FakeError(400, "action_request_validation_exception", "Validation Failed: 1: index is missing;");
        try
        {
            return new JsonObject { [operation] = Create(operation, name, id, JsonNode.Parse(document)!.AsObject(), open) };
        }
        catch (FakeError e)
        {
            var shown = e.Status == 400 && operation != "create" ? name : TryName(name, open);
            return new JsonObject { [operation] = new JsonObject { ["_index"] = shown, ["_id"] = id, ["status"] = e.Status, ["error"] = e.Item() } };
        }
    }

    private static JsonObject Create(string operation, string name, string id, JsonObject source, Func<string, DataStream> open)
    {
        var stream = open(name);
        if (operation != "create")
        {
            throw new FakeError(400, "illegal_argument_exception", "only write ops with an op_type of create are allowed in data streams");
        }

        var index = stream.Write;
        if (index.WriteBlock)
        {
            throw new FakeError(403, "cluster_block_exception", $"index [{index.Name}] blocked by: [FORBIDDEN/8/index write (api)];");
        }

        if (index.DiskBlock)
        {
            throw new FakeError(429, "cluster_block_exception", $"index [{index.Name}] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block];");
        }

        StrictMapping.Check(source, stream.Mappings);
        if (index.Has(id))
        {
            throw new FakeError(409, "version_conflict_engine_exception", $"[{id}]: version conflict, document already exists (current version [1])");
        }

        index.Add(id, source);
        return new JsonObject { ["_index"] = index.Name, ["_id"] = id, ["_version"] = 1, ["result"] = "created", ["status"] = 201 };
    }

    private static string TryName(string name, Func<string, DataStream> open)
    {
        try
        {
            return open(name).Write.Name;
        }
        catch (FakeError)
        {
            return name;
        }
    }

    // The action line is read no further than its inner object, as the server does.
    private static (string Operation, string? Index, string Id) ReadAction(string line)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(line), isFinalBlock: false, default);
        string? operation = null;
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        string? name = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                name = reader.GetString();
                operation ??= name;
            }
            else if (reader.TokenType == JsonTokenType.String)
            {
                values[name!] = reader.GetString();
            }
        }

        return (operation!, values.GetValueOrDefault("_index"), values.GetValueOrDefault("_id") ?? throw new InvalidOperationException("The fake wants an _id."));
    }
}
