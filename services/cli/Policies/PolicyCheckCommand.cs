using System.CommandLine;
using Chaperone.Policy.Documents;

namespace Chaperone.Cli.Policies;

/// <summary><c>chaperone policy check</c>: whether a policy is good, its digest, and what in it does nothing.</summary>
internal sealed class PolicyCheckCommand(TextWriter output, TextWriter error)
{
    private readonly Argument<string> _policy = new("POLICY") { Description = "Policy file, YAML; what it includes is read too." };

    public static Command Create(TextWriter output, TextWriter error)
    {
        var check = new PolicyCheckCommand(output, error);
        var command = new Command(
            "check",
            "Reads a policy with all it includes and says everything that is wrong with it, each with file, line, column and remedy; of a good one the digest that decisions carry, "
            + "and what in it has no use. Exit codes: 0 the policy is good; 2 it is not, or cannot be read.");
        command.Arguments.Add(check._policy);
        command.SetAction(check.RunAsync);
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

            await output.WriteLineAsync($"{policy.File} is good: {policy.Servers.Count} servers, {policy.Roles.Count} roles, {policy.Rules.Count} rules, {policy.Identifiers.Count} rules of identifiers.");
            await output.WriteLineAsync($"Digest: {policy.Digest}");
            foreach (var remark in Remarks(policy))
            {
                await output.WriteLineAsync($"Remark: {remark}");
            }

            return ExitCode.Intact;
        }
        catch (UnreadableException e)
        {
            await error.WriteLineAsync($"Cannot check: {e.Message}");
            return ExitCode.Unreadable;
        }
    }

    private static IEnumerable<string> Remarks(PolicyDocument policy)
    {
        var used = policy.Rules.SelectMany(r => r.Approval is { } approval ? r.Match.Roles.Concat(approval.Roles) : r.Match.Roles).ToHashSet(StringComparer.Ordinal);
        foreach (var role in policy.Roles.Keys.Where(r => !used.Contains(r)).Order(StringComparer.Ordinal))
        {
            yield return $"no rule names the role {role}.";
        }

        foreach (var server in policy.Servers.Keys.Order(StringComparer.Ordinal).Where(s => !policy.Rules.Any(r => r.Effect != RuleEffect.Deny && Names(r, s))))
        {
            yield return $"no rule allows anything on the server {server}: nobody learns that it is there.";
        }
    }

    private static bool Names(PolicyRule rule, string server) => rule.Match.Servers.Length == 0 || Array.Exists(rule.Match.Servers, s => s.Matches(server));
}
