using System.CommandLine;
using Chaperone.Bus.Tls;
using Chaperone.Cli.Kibana;
using Chaperone.Recorder;
using Chaperone.Recorder.Elastic;

namespace Chaperone.Cli;

/// <summary><c>chaperone elastic</c>: makes Elasticsearch and Kibana ready for what the recorder sends.</summary>
internal sealed class ElasticCommand(TextWriter output, TextWriter error)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Option<string> _url = new("--url") { Description = "Elasticsearch 7.17, 8 or 9, e.g. https://elastic.example.org:9200.", HelpName = "URL", Required = true };

    private readonly Option<string?> _apiKey = new("--api-key-file")
    {
        Description = "File with the encoded API key; its privileges are those of compose/elasticsearch/setup-key.json. Leave it out only for a server without security.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _ca = new("--ca-file") { Description = "PEM file with the authority of the servers' certificates; then no other is trusted.", HelpName = "FILE" };

    private readonly Option<string> _namespace = new("--namespace") { Description = "Last part of the data streams' names.", HelpName = "NAME", DefaultValueFactory = _ => "default" };

    private readonly Option<int> _auditDays = new("--audit-days")
    {
        Description = $"Days that audit, control and checkpoints are kept; at least {ElasticTemplates.FloorDays} (six years).",
        HelpName = "DAYS",
        DefaultValueFactory = _ => ElasticTemplates.FloorDays,
    };

    private readonly Option<int> _contentDays = new("--content-days")
    {
        Description = "Days that masked bodies are kept; the recorder's Elastic:ContentDays says the same.",
        HelpName = "DAYS",
        DefaultValueFactory = _ => 365,
    };

    private readonly Option<string?> _kibana = new("--kibana") { Description = "Kibana, e.g. https://kibana.example.org: data views, searches, dashboards and detection rules are installed there.", HelpName = "URL" };

    private readonly Option<string?> _space = new("--space") { Description = "Kibana's space. Default: the default one.", HelpName = "ID" };

    private readonly Option<bool> _noRules = new("--no-rules") { Description = "Leaves the detection rules out." };

    private readonly Option<string> _out = new("--out") { Description = "Folder to write chaperone.ndjson and rules.ndjson to.", HelpName = "DIRECTORY", Required = true };

    public static Command Create(TextWriter output, TextWriter error)
    {
        var elastic = new ElasticCommand(output, error);
        var setup = new Command(
            "setup",
            "Installs life cycles, strict mappings, templates and data streams, and with --kibana what analysts see. Doing it again changes nothing that is right, and never makes a retention shorter. " + ExitCode.SetupHelp);
        Option[] options = [elastic._url, elastic._apiKey, elastic._ca, elastic._namespace, elastic._auditDays, elastic._contentDays, elastic._kibana, elastic._space, elastic._noRules];
        foreach (var option in options)
        {
            setup.Options.Add(option);
        }

        setup.SetAction(elastic.SetUpAsync);
        var write = new Command("write", "Writes Kibana's saved objects and detection rules as files, to be imported by hand. " + ExitCode.SetupHelp) { elastic._out };
        write.SetAction(elastic.WriteAsync);
        return new Command("elastic", "Makes Elasticsearch and Kibana ready for what the recorder sends.") { setup, write };
    }

    private async Task<int> SetUpAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var plan = new SetupPlan(parsed.GetValue(_namespace)!, parsed.GetValue(_auditDays), parsed.GetValue(_contentDays));
        var problems = Problems(parsed, plan);
        if (problems.Count > 0)
        {
            await error.WriteLineAsync(string.Join('\n', problems));
            return ExitCode.Unreadable;
        }

        try
        {
            using var client = Client(parsed, new Uri(parsed.GetValue(_url)!), "Elasticsearch");
            foreach (var step in await new ElasticSetup(client, plan).RunAsync(cancellationToken))
            {
                Say(step);
            }

            if (parsed.GetValue(_kibana) is { } kibana)
            {
                await SetUpKibanaAsync(parsed, new Uri(kibana), cancellationToken);
            }

            await output.WriteLineAsync($"Ready. Set Recorder:Elastic:Url, and ApiKeyFile with a key of compose/elasticsearch/recorder-key.json{(plan.Namespace == "default" ? "" : ", and Namespace")}.");
            return ExitCode.Intact;
        }
        catch (ElasticException e)
        {
            await error.WriteLineAsync($"Not set up: {e.Message}");
            return ExitCode.Unreadable;
        }
    }

    private async Task SetUpKibanaAsync(ParseResult parsed, Uri kibana, CancellationToken cancellationToken)
    {
        using var client = Client(parsed, kibana, "Kibana");
        var import = new KibanaImport(client, parsed.GetValue(_space));
        Say(await import.ImportObjectsAsync(cancellationToken));
        if (!parsed.GetValue(_noRules))
        {
            Say(await import.ImportRulesAsync(cancellationToken));
        }
    }

    private async Task<int> WriteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(parsed.GetValue(_out)!);
        try
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(Path.Combine(folder, "chaperone.ndjson"), SavedObjects.Write(), cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder, "rules.ndjson"), DetectionRules.Write(), cancellationToken);
            await output.WriteLineAsync($"Wrote chaperone.ndjson (Stack Management, Saved Objects, Import) and rules.ndjson (Security, Rules, Import) to {folder}.");
            return ExitCode.Intact;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"Cannot write: {e.Message}");
            return ExitCode.Unreadable;
        }
    }

    private List<string> Problems(ParseResult parsed, SetupPlan plan)
    {
        var wrong = new List<string>(plan.Problems());
        foreach (var (name, text) in new[] { ("--url", parsed.GetValue(_url)), ("--kibana", parsed.GetValue(_kibana)) })
        {
            if (text is null)
            {
                continue;
            }

            if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0)
            {
                wrong.Add($"{name} is not an http or https URL without a user: give e.g. https://elastic.example.org:9200, and a key with --api-key-file.");
            }
            else if (url.Scheme == "http" && !url.IsLoopback && parsed.GetValue(_apiKey) is not null)
            {
                wrong.Add($"{name} is http to another machine, and the API key would cross the network in clear: use https.");
            }
        }

        foreach (var (name, file) in new[] { ("--api-key-file", parsed.GetValue(_apiKey)), ("--ca-file", parsed.GetValue(_ca)) })
        {
            if (file is not null && !File.Exists(file))
            {
                wrong.Add($"{name} names {file}, and there is no such file.");
            }
            else if (name == "--ca-file" && file is not null && !PinnedAuthority.IsReadable(file))
            {
                wrong.Add($"{name} names {file}, which holds no certificate that can be read: give a PEM file with the authority of the servers' certificates.");
            }
        }

        return wrong;
    }

    private ElasticClient Client(ParseResult parsed, Uri url, string server) =>
        new(OutboundHttp.Create(url, parsed.GetValue(_ca)), parsed.GetValue(_apiKey), Patience, TimeProvider.System, server);

    private void Say(SetupStep step) => output.WriteLine($"  {step.Did,-10}{step.What}{(step.Note is null ? "" : $" ({step.Note})")}");
}
