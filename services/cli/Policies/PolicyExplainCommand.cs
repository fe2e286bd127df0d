using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chaperone.Policy.Cases;
using Chaperone.Policy.Circumstances;
using Chaperone.Policy.Counting;
using Chaperone.Policy.Documents;
using Chaperone.Policy.Explaining;
using Chaperone.Policy.Tools;

namespace Chaperone.Cli.Policies;

/// <summary><c>chaperone policy explain</c>: what a policy decides about a call, by which rule, and which others were close.</summary>
internal sealed class PolicyExplainCommand(TextWriter output, TextWriter error, Func<Stream> standardInput, TimeProvider time)
{
    private const int MostClose = 5;

    private readonly Argument<string> _policy = new("POLICY") { Description = "Policy file, YAML." };
    private readonly Option<string> _as = new("--as") { Description = "The caller with their groups: \"alice(nurses,icu)\".", Required = true, HelpName = "USER" };
    private readonly Option<string> _call = new("--call") { Description = "The call: {\"tool\": \"query\", \"arguments\": {...}}, or prompt, resource or method in the place of tool, or a whole JSON-RPC message; @FILE reads a file, - standard input.", Required = true, HelpName = "JSON" };
    private readonly Option<string?> _server = new("--server") { Description = "Server of the call. Default: the first of the policy." };
    private readonly Option<string?> _at = new("--at") { Description = "When, e.g. 2026-03-02T07:30:00-06:00. Default: now." };
    private readonly Option<string?> _from = new("--from") { Description = "Address of the caller. Default: unknown." };
    private readonly Option<int> _counts = new("--counts") { Description = "Where the counters of the session stand, this call included; default 0." };
    private readonly Option<string?> _client = new("--client") { Description = "OAuth client of the caller. Default: none." };
    private readonly Option<string[]> _amr = new("--amr") { Description = "How the caller signed in (amr), e.g. mfa; may be given more than once.", DefaultValueFactory = _ => [] };
    private readonly Option<bool> _service = new("--service") { Description = "The caller is a program." };
    private readonly Option<bool> _breakGlass = new("--break-glass") { Description = "The caller has a break-glass window open, if the policy lets them have one." };
    private readonly Option<string?> _tools = new("--tools") { Description = "File with a tools/list answer, for rules on annotations. Default: nothing is known of the tools.", HelpName = "FILE" };

    public static Command Create(TextWriter output, TextWriter error, Func<Stream> standardInput, TimeProvider time)
    {
        var explain = new PolicyExplainCommand(output, error, standardInput, time);
        var command = new Command(
            "explain",
            "Says what a policy decides about a call, which rules match, and of the others which were close and what part of them did not fit. Values of arguments are not repeated. "
            + "Exit codes: 0 it was explained; 2 the policy, the command line or the call cannot be read.");
        command.Arguments.Add(explain._policy);
        Option[] options = [explain._as, explain._call, explain._server, explain._at, explain._from, explain._client, explain._amr, explain._service, explain._breakGlass, explain._tools, explain._counts];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction(explain.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            if (await PolicyPlace.OpenAsync(parsed.GetValue(_policy)!, error, cancellationToken) is not { } policy)
            {
                return ExitCode.Unreadable;
            }

            var server = parsed.GetValue(_server) ?? policy.Servers.Keys.FirstOrDefault() ?? string.Empty;
            var sketch = CallSketch.Read(ParseJson(await TextOfAsync(parsed.GetValue(_call)!, cancellationToken), "The call"));
            var caller = CallerSketch.Read(parsed.GetValue(_as)!) with
            {
                ClientId = parsed.GetValue(_client) ?? string.Empty,
                AuthenticationMethods = parsed.GetValue(_amr)!,
                IsService = parsed.GetValue(_service),
            };
            var tools = await ToolsAsync(parsed, server, cancellationToken);
            var call = sketch.Facts(caller, server, At(parsed), parsed.GetValue(_from), null);
            await SayAsync(policy, new PolicyExplainer(policy, tools).Explain(call, sketch.Message, counts: SessionCounts.All(parsed.GetValue(_counts)), glass: parsed.GetValue(_breakGlass) ? new Glass(Guid.AllBitsSet) : Glass.Whole));
            return ExitCode.Intact;
        }
        catch (Exception e) when (e is UnreadableException or SketchException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"Cannot explain: {e.Message}");
            return ExitCode.Unreadable;
        }
    }

    private async Task SayAsync(PolicyDocument policy, Explanation explanation)
    {
        var decision = explanation.Decided.Decision;
        await output.WriteLineAsync($"Decision: {EffectWords.Of(decision.Effect)} by {decision.Rule}. {decision.Reason}");
        await output.WriteLineAsync($"Shown to the caller: {(explanation.Decided.Visible ? "yes" : "no, the target seems not to exist")}. Masking: {decision.Masking}{(decision.Exempt.Length == 0 ? "" : $", but for {string.Join(", ", decision.Exempt)}")}. Policy: {policy.Digest}");
        if (decision.BreakGlass is not null)
        {
            await output.WriteLineAsync("Under break-glass: without a window open it would be decided otherwise.");
        }

        if (explanation.Decided.Approval is { } approval)
        {
            await output.WriteLineAsync(ApprovalWords.Of(approval));
        }

        if (explanation.Sql is { } sql)
        {
            await output.WriteLineAsync($"SQL: {sql}.");
        }

        await output.WriteLineAsync(explanation.Matching.Count == 0 ? "No rule matches." : "Rules that match (deny goes before approve, approve before allow):");
        foreach (var trial in explanation.Matching)
        {
            await output.WriteLineAsync($"  {trial.Rule.Effect.ToString().ToLowerInvariant()} {trial.Rule.Name}");
        }

        if (explanation.Close.Count > 0)
        {
            await output.WriteLineAsync("Close:");
            foreach (var trial in explanation.Close.Take(MostClose))
            {
                await output.WriteLineAsync($"  {trial.Rule.Effect.ToString().ToLowerInvariant()} {trial.Rule.Name}: {string.Join("; ", trial.Failed)}");
            }
        }
    }

    private DateTimeOffset At(ParseResult parsed)
    {
        if (parsed.GetValue(_at) is not { } text)
        {
            return time.GetUtcNow();
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : throw new UnreadableException("--at is no time; write 2026-03-02T07:30:00-06:00.");
    }

    private async Task<ToolBook> ToolsAsync(ParseResult parsed, string server, CancellationToken cancellationToken)
    {
        var book = new ToolBook();
        if (parsed.GetValue(_tools) is { } file)
        {
            using var answer = JsonDocument.Parse(ParseJson(await TextOfAsync($"@{file}", cancellationToken), "The list of tools")!.ToJsonString());
            if (!ToolList.Learn(book, server, answer.RootElement))
            {
                throw new UnreadableException("The list of tools holds none; give the answer to tools/list.");
            }
        }

        return book;
    }

    private async Task<string> TextOfAsync(string text, CancellationToken cancellationToken)
    {
        if (text != TextInput.FromStandardInput && text is not ['@', ..])
        {
            return text;
        }

        await using var input = TextInput.Open(text.TrimStart('@'), standardInput);
        return await TextInput.ReadAsync(input, "Try a smaller one.", cancellationToken);
    }

    private static JsonNode? ParseJson(string text, string what)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException)
        {
            throw new UnreadableException($"{what} is no JSON.");
        }
    }
}
