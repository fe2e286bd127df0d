using Chaperone.Contracts;
using Chaperone.Policy.Circumstances;
using Chaperone.Policy.Counting;
using Chaperone.Policy.Deciding;
using Chaperone.Policy.Documents;
using Chaperone.Policy.Patterns;
using Chaperone.Policy.Sql.Facts;
using Chaperone.Policy.Tools;

namespace Chaperone.Policy.Explaining;

/// <summary>Says why a call is decided as it is: walks over all rules, part by part. For people, not for the hot path.</summary>
internal sealed class PolicyExplainer(PolicyDocument document, ToolBook? tools = null)
{
    private readonly PolicyEngine _engine = new(document, tools);
    private readonly RoleTable _roles = new(document.Roles.Values);

    /// <summary>As <see cref="PolicyEngine.Decide(CallFacts, ReadOnlyMemory{byte}, DateTimeOffset?, SessionCounts?, Glass)"/>, with the rules behind it; none where the message itself decides.</summary>
    public Explanation Explain(CallFacts call, ReadOnlyMemory<byte> bytes, DateTimeOffset? now = null, SessionCounts? counts = null, Glass glass = default)
    {
        var decided = _engine.Decide(call, bytes, now, counts, glass);
        using var message = CallMessage.TryRead(bytes);
        if (message is null || Operations.Find(call.Method, call.Direction) is not { } found || message.Confirm(found, call) is not { } operation)
        {
            return new Explanation(decided, [], []);
        }

        var scene = new Scene(call, now ?? call.ReceivedAt, call is { Method: "tools/call", Target: { } tool } ? tools?.Find(call.Server, tool) : null, _engine.AsksForGlass(call.Principal) ? glass : Glass.Whole);
        RuleTrial[] trials = [.. document.Rules.Select(r => new RuleTrial(r, [.. Failures(r, scene, operation, message, counts ?? SessionCounts.Unknown)]))];
        return new Explanation(
            decided,
            [.. trials.Where(t => t.Failed.Count == 0).OrderBy(t => t.Rule.Name, StringComparer.Ordinal)],
            [.. trials.Where(t => t.Failed.Count > 0).OrderByDescending(t => t.Rule.Operations.Contains(operation)).ThenBy(t => t.Failed.Count).ThenBy(t => t.Rule.Name, StringComparer.Ordinal)])
        {
            Sql = document.Servers.ContainsKey(call.Server) && ContentOf(call, operation, message).Sql is { } facts ? Say(facts) : null,
        };
    }

    private IEnumerable<string> Failures(PolicyRule rule, Scene scene, Operation operation, CallMessage message, SessionCounts counts)
    {
        var (match, call) = (rule.Match, scene.Call);
        if (match.Servers.Length > 0 && !Array.Exists(match.Servers, s => s.Matches(call.Server)))
        {
            yield return $"server is none of {Say(match.Servers)}";
        }

        if (match.Roles.Length > 0 && !HasRole(match.Roles, call.Principal))
        {
            yield return $"caller has none of the roles {string.Join(", ", match.Roles)}";
        }

        if (!rule.Operations.Contains(operation))
        {
            yield return $"it does not speak about {operation.Method}";
        }
        else if (TargetsOf(match, operation) is { Length: > 0 } targets && !Array.Exists(targets, t => call.Target is not null && (rule.Effect == RuleEffect.Allow ? t.Matches(call.Target) : WaryName.Matches(t, call.Target))))
        {
            yield return $"{operation.Target.ToString().ToLowerInvariant()} is none of {Say(targets)}";
        }

        var wary = rule.Effect != RuleEffect.Allow;
        foreach (var circumstance in match.Circumstances.Where(c => !c.Holds(scene, wary)))
        {
            yield return $"{circumstance.Key} is not as asked";
        }

        if (match.Hints is { } hints && !hints.Fit(scene.Traits))
        {
            yield return "annotations of the tool are not as asked";
        }

        foreach (var condition in match.Arguments.Where(a => !a.Holds(message.Arguments, wary)))
        {
            yield return $"argument {condition.Path} does not fit ({condition.Words})";
        }

        foreach (var counter in match.Counters.Where(c => !counts.IsOver(c, wary)))
        {
            yield return $"the session has not had {counter.Words}";
        }

        if (match is { Sql: null, Shell: null } || !document.Servers.ContainsKey(call.Server))
        {
            yield break;
        }

        var content = ContentOf(call, operation, message);
        if (match.Sql is { } sql && !(content.Sql is { } facts && sql.Holds(facts, wary)))
        {
            yield return $"SQL is not as asked ({Say(content.Sql)})";
        }

        if (match.Shell is { } shell && !(content.Shell is { } script && shell.Holds(script, wary)))
        {
            yield return $"shell commands are not as asked ({content.Shell?.Problem ?? (content.Shell is null ? "the tool is not declared to take any" : "they are read")})";
        }
    }

    private CallContent ContentOf(CallFacts call, Operation operation, CallMessage message) =>
        new(message.Arguments, document.Servers[call.Server], operation.Target == TargetKind.Tool ? call.Target : null);

    private static string Say(SqlFacts? facts) => facts switch
    {
        null => "the tool is not declared to take any",
        { Problem: { } problem } => $"it cannot be read: {problem}",
        { WhyBulk: { } why } => $"a bulk read: it {why}",
        _ => $"{string.Join(", ", facts.Statements.SelectMany(s => s.Kinds).Distinct().Select(k => k.ToString().ToLowerInvariant()))}, no bulk read",
    };

    private bool HasRole(string[] roles, Principal principal) =>
        Array.Exists(roles, r => document.Roles[r].Groups.Intersect(principal.Groups, StringComparer.Ordinal).Any());

    private static NamePattern[] TargetsOf(RuleMatch match, Operation operation) => operation.Target switch
    {
        TargetKind.Tool => match.Tools,
        TargetKind.Prompt => match.Prompts,
        TargetKind.Resource => match.Resources,
        _ => [],
    };

    private static string Say(NamePattern[] patterns) => string.Join(", ", patterns.Take(5).Select(p => p.Text)) + (patterns.Length > 5 ? ", ..." : string.Empty);
}
