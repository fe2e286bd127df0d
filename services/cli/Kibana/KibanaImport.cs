using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Chaperone.Recorder.Elastic;

namespace Chaperone.Cli.Kibana;

/// <summary>Imports into Kibana over its public API. Ours are replaced by ours; detection rules that are there stay as people tuned them.</summary>
internal sealed class KibanaImport(ElasticClient client, string? space)
{
    private const int Conflict = 409;

    private readonly string _base = space is null ? "" : $"s/{Uri.EscapeDataString(space)}/";

    /// <summary>Imports data views, searches, panels and dashboards.</summary>
    /// <exception cref="ElasticException">Kibana refuses them, or one of them.</exception>
    public async Task<SetupStep> ImportObjectsAsync(CancellationToken cancellationToken)
    {
        using var answer = await SendAsync("api/saved_objects/_import?overwrite=true", SavedObjects.Write(), "saved objects", cancellationToken);
        var imported = Number(answer.Body, "successCount");
        if (!answer.Body.TryGetProperty("success", out var success) || !success.GetBoolean())
        {
            var first = answer.Body.TryGetProperty("errors", out var errors) && errors.GetArrayLength() > 0 ? errors[0] : default;
            throw new ElasticException(
                ElasticFault.Rejected, $"Kibana took {imported} saved objects and refused others, the first is {Text(first, "type")} {Text(first, "id")}. Import the file of 'chaperone elastic write' by hand to see why.");
        }

        return new SetupStep("Kibana data views, searches and dashboards", "installed", $"{imported} saved objects");
    }

    /// <summary>Imports the detection rules, switched off.</summary>
    /// <exception cref="ElasticException">Kibana refuses them, or one of them.</exception>
    public async Task<SetupStep> ImportRulesAsync(CancellationToken cancellationToken)
    {
        using var answer = await SendAsync("api/detection_engine/rules/_import", DetectionRules.Write(), "detection rules", cancellationToken);
        var kept = 0;
        foreach (var problem in answer.Body.TryGetProperty("errors", out var errors) ? errors.EnumerateArray() : default)
        {
            if (!problem.TryGetProperty("error", out var error) || Number(error, "status_code") != Conflict)
            {
                throw new ElasticException(ElasticFault.Rejected, $"Kibana refuses detection rule {Text(problem, "rule_id")}. Import the file of 'chaperone elastic write' by hand to see why.");
            }

            kept++;
        }

        return new SetupStep("Kibana detection rules", kept == DetectionRules.All.Count ? "kept" : "installed", $"{DetectionRules.All.Count - kept} new and switched off, {kept} kept as they are");
    }

    private async Task<ElasticAnswer> SendAsync(string path, string lines, string what, CancellationToken cancellationToken)
    {
        using var file = new ByteArrayContent(Encoding.UTF8.GetBytes(lines));
        file.Headers.ContentType = new MediaTypeHeaderValue("application/ndjson");
        using var form = new MultipartFormDataContent { { file, "file", "chaperone.ndjson" } };

        // Kibana takes no request that a web page could have made.
        form.Headers.Add("kbn-xsrf", "true");
        var answer = await client.SendAsync(HttpMethod.Post, _base + path, form, cancellationToken);
        return answer.IsOk ? answer : throw Refused(answer, what);
    }

    private static ElasticException Refused(ElasticAnswer answer, string what)
    {
        using (answer)
        {
            var remedy = (int)answer.Status switch
            {
                401 => "The API key is unknown there: it must be one of the Elasticsearch that Kibana uses.",
                403 => "The API key lacks Kibana privileges: compare it with compose/elasticsearch/setup-key.json.",
                404 => "Is the URL that of Kibana, with its base path, and does the space exist? Detection rules need the security solution; --no-rules leaves them out.",
                _ => "Is Kibana ready?",
            };
            return new ElasticException(ElasticFault.Refused, $"Kibana answered {(int)answer.Status} to {what}. {remedy}");
        }
    }

    private static int Number(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.TryGetInt32(out var number) ? number : 0;

    private static string Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "(unnamed)";
}
