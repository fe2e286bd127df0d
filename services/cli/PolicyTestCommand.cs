using System.CommandLine;
using System.Text;
using System.Text.Json;
using Chaperone.Cli.Policies;
using Chaperone.Contracts;
using Chaperone.Masking;
using Chaperone.Policy.Cases;
using Chaperone.Policy.Deciding;
using Chaperone.Policy.Documents;
using Chaperone.Policy.Reading;

namespace Chaperone.Cli;

/// <summary><c>chaperone policy test</c>: whether a policy file is good, what it decides about a call, and what it changes in the masking of a text.</summary>
internal sealed class PolicyTestCommand(TextWriter output, TextWriter error, Func<Stream> standardInput)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Argument<string> _policy = new("POLICY") { Description = "Policy file, YAML; or a file of cases, which names its policy." };

    private readonly Argument<string?> _file = new("FILE")
    {
        Description = "A text, as it would come from the tool, in UTF-8; - reads standard input. Default: none, the decision alone is shown.",
        DefaultValueFactory = _ => null,
    };

    private readonly Option<string?> _server = new("--server") { Description = "Server of the call. Default: the first of the file." };

    private readonly Option<string> _tool = new("--tool") { Description = "Tool that is called.", DefaultValueFactory = _ => "test" };

    private readonly Option<string[]> _groups = new("--group") { Description = "A group of the caller, as the identity provider names it; may be given more than once.", DefaultValueFactory = _ => [] };

    private readonly Option<string> _arguments = new("--arguments") { Description = "Arguments of the call, a JSON object.", DefaultValueFactory = _ => "{}" };

    private readonly Option<bool> _mask = new("--mask") { Description = "Write the masked text in the place of the differences." };

    public static Command Create(TextWriter output, TextWriter error, Func<Stream> standardInput)
    {
        var test = new PolicyTestCommand(output, error, standardInput);
        var command = new Command(
            "test",
            "Reads a policy file and says what is wrong with it, or what it decides about a call; with FILE, what the caller's masking profile, exemptions and the "
            + "file's own rules of identifiers change: lines of '+' (masked by the policy alone) and '-' (stays by the policy) with offsets in UTF-16 units and the class, never a value. "
            + "A file of cases is run: calls, and what must be decided about them. Exit codes: 0 the file is good and all cases pass; 1 the text was withheld, or a case failed; 2 the file or the command line is wrong, or the input cannot be read.");
        command.Arguments.Add(test._policy);
        command.Arguments.Add(test._file);
        command.Options.Add(test._server);
        command.Options.Add(test._tool);
        command.Options.Add(test._groups);
        command.Options.Add(test._arguments);
        command.Options.Add(test._mask);
        command.SetAction(test.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            var path = parsed.GetValue(_policy)!;
            if (CaseFile.Read(await PolicySource.LookAsync(Path.GetFileName(path), path, cancellationToken)) is { } cases)
            {
                return await CaseRun.RunAsync(cases, path, output, error, cancellationToken);
            }

            if (await PolicyPlace.OpenAsync(path, error, cancellationToken) is not { } policy)
            {
                return ExitCode.Unreadable;
            }

            var decided = Decide(policy, parsed);
            if (!parsed.GetValue(_mask))
            {
                await SayAsync(policy, decided);
            }

            return parsed.GetValue(_file) is { } file ? await CompareAsync(await ReadAsync(file, cancellationToken), decided, parsed) : ExitCode.Intact;
        }
        catch (Exception e) when (e is UnreadableException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"Cannot test: {e.Message}");
            return ExitCode.Unreadable;
        }
    }

    private CallDecided Decide(PolicyDocument policy, ParseResult parsed)
    {
        var server = parsed.GetValue(_server) ?? policy.Servers.Keys.FirstOrDefault() ?? "";
        var tool = parsed.GetValue(_tool)!;
        return new PolicyEngine(policy).Decide(
            new CallFacts
            {
                CallId = Guid.Empty,
                SessionId = Guid.Empty,
                Principal = new Principal { Issuer = "", Subject = "test", Groups = parsed.GetValue(_groups)!, ClientId = "" },
                Server = server,
                Method = "tools/call",
                Target = tool,
                ProtocolVersion = "2026-07-28",
                ReceivedAt = DateTimeOffset.UnixEpoch,
            },
            Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { jsonrpc = "2.0", id = 1, method = "tools/call", @params = new { name = tool, arguments = Arguments(parsed) } })));
    }

    private JsonElement Arguments(ParseResult parsed)
    {
        try
        {
            using var document = JsonDocument.Parse(parsed.GetValue(_arguments)!);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : throw new UnreadableException("--arguments is no JSON object.");
        }
        catch (JsonException)
        {
            throw new UnreadableException("--arguments is no JSON object.");
        }
    }

    private async Task SayAsync(PolicyDocument policy, CallDecided decided)
    {
        await output.WriteLineAsync($"{policy.File} is good: {policy.Servers.Count} servers, {policy.Roles.Count} roles, {policy.Rules.Count} rules, {policy.Identifiers.Count} rules of identifiers.");
        await output.WriteLineAsync($"Decision: {decided.Decision.Effect.ToString().ToLowerInvariant()} by {decided.Decision.Rule}. {decided.Decision.Reason}");
        await output.WriteLineAsync($"Masking: {decided.Decision.Masking}{(decided.Decision.Exempt.Length == 0 ? "" : $", but for {string.Join(", ", decided.Decision.Exempt)}")}.");
        await output.WriteLineAsync($"Rules of identifiers: {(decided.OwnMasking is { } own ? string.Join(", ", own.Rules.Select(r => r.Name)) : "none hold here")}.");
    }

    private async Task<int> CompareAsync(string text, CallDecided decided, ParseResult parsed)
    {
        var masker = new Masker(new MaskingOptions { MaxBytes = TextInput.Largest, TimeBudget = Patience }, TimeProvider.System, [("k0", new byte[32])]);
        var context = new MaskContext { Method = "tools/call", Exempt = decided.Decision.Exempt, Own = decided.OwnMasking };
        var plain = masker.Scan(text);
        var by = masker.Scan(text, MaskingProfiles.Parse(decided.Decision.Masking), context);
        if (plain.Reason != WithheldReason.None || by.Reason != WithheldReason.None)
        {
            await error.WriteLineAsync("The text could not be masked and would be withheld.");
            return ExitCode.Tampered;
        }

        if (parsed.GetValue(_mask))
        {
            await output.WriteAsync(by.Masked);
            return ExitCode.Intact;
        }

        TextFinding[] shown = decided.Decision.Masking == "none" ? [] : [.. by.Findings];
        var (more, less) = (shown.Except(plain.Findings, SamePlace.Only).ToArray(), plain.Findings.Except(shown, SamePlace.Only).ToArray());
        foreach (var (sign, find) in more.Select(f => ('+', f)).Concat(less.Select(f => ('-', f))).OrderBy(f => f.f.Start).ThenBy(f => f.Item1))
        {
            await output.WriteLineAsync($"{sign} {find.Start}-{find.End} {find.Type}");
        }

        await output.WriteLineAsync($"{shown.Length} finds: {shown.Length - more.Length} as without the policy, {more.Length} more, {less.Length} fewer.");
        return ExitCode.Intact;
    }

    private async Task<string> ReadAsync(string file, CancellationToken cancellationToken)
    {
        await using var input = TextInput.Open(file, standardInput);
        return await TextInput.ReadAsync(input, "Try a part of it.", cancellationToken);
    }

    private sealed class SamePlace : IEqualityComparer<TextFinding>
    {
        public static readonly SamePlace Only = new();

        public bool Equals(TextFinding? x, TextFinding? y) => (x?.Start, x?.End, x?.Type) == (y?.Start, y?.End, y?.Type);

        public int GetHashCode(TextFinding obj) => HashCode.Combine(obj.Start, obj.End, obj.Type);
    }
}
