using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Chaperone.TestKit.Elastic;

/// <summary>
/// Kibana's two import APIs as its documentation has them: multipart NDJSON, the <c>kbn-xsrf</c> header, references that must
/// resolve, attributes that are JSON in strings, conflicts of rules. It has not been held against a real Kibana.
/// </summary>
public sealed class FakeKibana : IAsyncDisposable
{
    private static readonly string[] KnownTypes = ["index-pattern", "search", "visualization", "dashboard"];
    private static readonly string[] NeededOfRules = ["rule_id", "name", "description", "type", "index", "query", "language", "severity", "risk_score", "interval", "from"];

    private readonly WebApplication _app;

    private FakeKibana(WebApplication app) => _app = app;

    /// <summary>Base URL.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>Saved objects by type and id.</summary>
    public Dictionary<(string Type, string Id), JsonObject> Objects { get; } = [];

    /// <summary>Detection rules by rule id.</summary>
    public Dictionary<string, JsonObject> Rules { get; } = [];

    /// <summary>Paths that were asked for.</summary>
    public List<string> Paths { get; } = [];

    /// <summary>An answer instead of the import; null for none.</summary>
    public int? Refusal { get; set; }

    /// <summary>Starts it.</summary>
    public static async Task<FakeKibana> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var kibana = new FakeKibana(app);
        app.Run(kibana.AnswerAsync);
        await app.StartAsync(cancellationToken);
        kibana.Url = new Uri(app.Urls.Single());
        return kibana;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        Paths.Add(http.Request.Path.Value!);
        var (status, body) = await RunAsync(http.Request);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(body.ToJsonString());
    }

    private async Task<(int Status, JsonObject Body)> RunAsync(HttpRequest request)
    {
        if (Refusal is { } refusal)
        {
            return (refusal, new JsonObject { ["statusCode"] = refusal, ["message"] = "made up" });
        }

        if (request.Headers["kbn-xsrf"].Count == 0)
        {
            return (400, new JsonObject { ["statusCode"] = 400, ["message"] = "Request must contain a kbn-xsrf header." });
        }

        var file = (await request.ReadFormAsync()).Files.Single(f => f.Name == "file" && f.FileName.EndsWith(".ndjson", StringComparison.Ordinal));
        using var reader = new StreamReader(file.OpenReadStream());
        var lines = (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!.AsObject()).ToArray();
        return request.Path.Value! switch
        {
            var path when path.EndsWith("/api/saved_objects/_import", StringComparison.Ordinal) => (200, ImportObjects(lines)),
            var path when path.EndsWith("/api/detection_engine/rules/_import", StringComparison.Ordinal) => (200, ImportRules(lines)),
            _ => (404, new JsonObject { ["statusCode"] = 404 }),
        };
    }

    private JsonObject ImportObjects(JsonObject[] objects)
    {
        var errors = new JsonArray();
        var given = objects.Select(o => (o["type"]!.ToString(), o["id"]!.ToString())).ToHashSet();
        foreach (var saved in objects)
        {
            var (type, id) = (saved["type"]!.ToString(), saved["id"]!.ToString());
            var missing = saved["references"]!.AsArray().Any(r => !given.Contains((r!["type"]!.ToString(), r["id"]!.ToString())));
            if (!KnownTypes.Contains(type) || missing || !IsWhole(saved["attributes"]!.AsObject()))
            {
                errors.Add(new JsonObject { ["id"] = id, ["type"] = type, ["error"] = new JsonObject { ["type"] = missing ? "missing_references" : "unsupported_type" } });
                continue;
            }

            Objects[(type, id)] = saved;
        }

        return new JsonObject { ["success"] = errors.Count == 0, ["successCount"] = objects.Length - errors.Count, ["errors"] = errors };
    }

    /// <summary>What Kibana keeps as JSON in a string must be JSON.</summary>
    private static bool IsWhole(JsonObject attributes)
    {
        try
        {
            foreach (var name in new[] { "visState", "uiStateJSON", "panelsJSON", "optionsJSON", "fields" })
            {
                _ = attributes[name] is { } text ? JsonNode.Parse(text.ToString()) : null;
            }

            return attributes["title"] is not null && (attributes["kibanaSavedObjectMeta"] is not { } meta || JsonNode.Parse(meta["searchSourceJSON"]!.ToString()) is not null);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private JsonObject ImportRules(JsonObject[] rules)
    {
        var errors = new JsonArray();
        foreach (var rule in rules)
        {
            var id = rule["rule_id"]!.ToString();
            var problem = NeededOfRules.Any(n => rule[n] is null) ? 400 : Rules.ContainsKey(id) ? 409 : 0;
            if (problem == 0)
            {
                Rules[id] = rule;
            }
            else
            {
                errors.Add(new JsonObject { ["rule_id"] = id, ["error"] = new JsonObject { ["status_code"] = problem, ["message"] = "made up" } });
            }
        }

        return new JsonObject { ["success"] = errors.Count == 0, ["success_count"] = rules.Length - errors.Count, ["errors"] = errors };
    }
}
