using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Chaperone.Recorder.Elastic;

/// <summary>
/// Puts life cycles, mappings, templates and data streams into Elasticsearch. Doing it again changes nothing; a retention
/// that somebody made longer stays. Needs the privileges of <c>compose/elasticsearch/setup-key.json</c>.
/// </summary>
internal sealed class ElasticSetup(ElasticClient client, SetupPlan plan)
{
    private const string Digest = "sha256";

    /// <summary>Does it, and says of each thing what was done.</summary>
    /// <exception cref="ElasticException">The server refuses something; what was done before stays.</exception>
    public async Task<IReadOnlyList<SetupStep>> RunAsync(CancellationToken cancellationToken)
    {
        var version = await GreetAsync(cancellationToken);
        var steps = new List<SetupStep> { new($"Elasticsearch {version}", "found") };
        foreach (var dataset in ElasticDatasets.All)
        {
            steps.Add(await PutLifecycleAsync(dataset, cancellationToken));
        }

        var mappings = await PutAsync("_component_template", "component_templates", ElasticTemplates.Mappings, ElasticTemplates.MappingsComponent(), cancellationToken);
        steps.Add(mappings);
        foreach (var dataset in ElasticDatasets.All)
        {
            steps.Add(await PutAsync("_index_template", "index_templates", ElasticTemplates.IndexTemplate(dataset), ElasticTemplates.Template(dataset, version.Major), cancellationToken));
        }

        foreach (var dataset in ElasticDatasets.All)
        {
            steps.Add(await PutStreamAsync(dataset, mappings.Did == "updated", cancellationToken));
        }

        return steps;
    }

    private async Task<Version> GreetAsync(CancellationToken cancellationToken)
    {
        using var answer = (await client.GetAsync("", cancellationToken)).OrThrow("the question for its version");
        var number = answer.Body.TryGetProperty("version", out var version) && version.TryGetProperty("number", out var text) ? text.GetString() : null;
        if (!Version.TryParse(number?.Split('-')[0], out var known) || version.TryGetProperty("distribution", out _) || known < new Version(7, 10))
        {
            throw new ElasticException(ElasticFault.Foreign, $"The server says that it is version {(known is null ? "unknown" : known)}: Elasticsearch 7.17, 8 or 9 is needed. Is the URL right?");
        }

        return known;
    }

    private async Task<SetupStep> PutLifecycleAsync(string dataset, CancellationToken cancellationToken)
    {
        var name = ElasticTemplates.Lifecycle(dataset);
        var wanted = plan.Days(dataset);
        var what = $"life cycle {name}";
        using var answer = await client.GetAsync($"_ilm/policy/{name}", cancellationToken);
        var exists = answer.Status != HttpStatusCode.NotFound;
        if (exists && DaysOf(answer.OrThrow($"the question for {what}").Body, name) is var days && (days is null || days > wanted))
        {
            return new SetupStep(what, "kept", days is null ? "it never deletes" : $"it deletes after {days} days, which is longer than {wanted}");
        }

        if (exists && DaysOf(answer.Body, name) == wanted)
        {
            return new SetupStep(what, "unchanged", $"{wanted} days");
        }

        var policy = new JsonObject { ["policy"] = ElasticTemplates.LifecyclePolicy(wanted) };
        (await client.PutAsync($"_ilm/policy/{name}", Bytes(policy), cancellationToken)).OrThrow(what).Dispose();
        return new SetupStep(what, exists ? "updated" : "created", $"{wanted} days");
    }

    /// <summary>Days after which the life cycle deletes; null if it never does, or counts in something else than days.</summary>
    private static int? DaysOf(JsonElement answer, string name) =>
        answer.GetProperty(name).GetProperty("policy").GetProperty("phases").TryGetProperty("delete", out var delete)
        && delete.TryGetProperty("min_age", out var age) && age.GetString() is { } text && text.EndsWith('d')
        && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days : null;

    /// <summary>Puts a template unless the one that is there is of the same digest.</summary>
    private async Task<SetupStep> PutAsync(string api, string list, string name, JsonObject template, CancellationToken cancellationToken)
    {
        var what = $"{api.Trim('_').Replace('_', ' ')} {name}";
        var digest = Convert.ToHexStringLower(SHA256.HashData(Bytes(template)));
        using var answer = await client.GetAsync($"{api}/{name}", cancellationToken);
        var exists = answer.Status != HttpStatusCode.NotFound;
        if (exists && DigestOf(answer.OrThrow($"the question for {what}").Body, list) == digest)
        {
            return new SetupStep(what, "unchanged");
        }

        template["_meta"] = new JsonObject { ["managed_by"] = "chaperone", [Digest] = digest };
        (await client.PutAsync($"{api}/{name}", Bytes(template), cancellationToken)).OrThrow(what).Dispose();
        return new SetupStep(what, exists ? "updated" : "created");
    }

    private static string? DigestOf(JsonElement answer, string list)
    {
        var template = answer.GetProperty(list)[0].GetProperty(list.TrimEnd('s'));
        return template.TryGetProperty("_meta", out var meta) && meta.TryGetProperty(Digest, out var digest) ? digest.GetString() : null;
    }

    private async Task<SetupStep> PutStreamAsync(string dataset, bool newFields, CancellationToken cancellationToken)
    {
        var stream = ElasticDatasets.Stream(dataset, plan.Namespace);
        var what = $"data stream {stream}";
        using var answer = await client.GetAsync($"_data_stream/{stream}", cancellationToken);
        if (answer.Status == HttpStatusCode.NotFound)
        {
            (await client.PutAsync($"_data_stream/{stream}", null, cancellationToken)).OrThrow($"{what} (an index of that name may stand in its way)").Dispose();
            return new SetupStep(what, "created");
        }

        var found = answer.OrThrow($"the question for {what}").Body.GetProperty("data_streams")[0];
        if (found.GetProperty("template").GetString() != ElasticTemplates.IndexTemplate(dataset))
        {
            throw new ElasticException(ElasticFault.Rejected, $"The {what} was made by another template: its fields and retention are not ours. Remove it (after a snapshot), and run setup again.");
        }

        if (!newFields)
        {
            return new SetupStep(what, "unchanged");
        }

        // The index that is written to now was made by the old template.
        var fields = new JsonObject { ["properties"] = ElasticTemplates.Properties() };
        (await client.PutAsync($"{stream}/_mapping", Bytes(fields), cancellationToken)).OrThrow($"new fields for {what}").Dispose();
        return new SetupStep(what, "updated", "new fields");
    }

    private static byte[] Bytes(JsonObject json) => JsonSerializer.SerializeToUtf8Bytes(json);
}
