using Chaperone.Policy.Circumstances;
using Chaperone.Policy.Deciding;
using Chaperone.Policy.Documents;

namespace Chaperone.Policy.Reading;

/// <summary>Reads the entries of <c>rules</c>.</summary>
internal sealed class RuleReader(
    PolicyProblems problems,
    IReadOnlyDictionary<string, PolicyRole> roles,
    IReadOnlyDictionary<string, PolicyServer> servers,
    MaskingTerms defaultMasking,
    Dictionary<string, (string File, long Line)> names,
    bool breakGlass)
{
    private const int MaxReason = 300;

    private readonly MatchReader _matches = new(problems, roles, servers, breakGlass);
    private readonly ApprovalReader _approvals = new(problems, roles);

    /// <summary>Reads one rule; null when it is wrong (reported).</summary>
    public PolicyRule? Read(YamlNode node, string path)
    {
        if (YamlFields.Open(node, path, problems, "name", "description", "match", "effect", "reason", "approval", "masking", "visible", "limits", "unless") is not { } fields)
        {
            return null;
        }

        fields.Text("description", "description: why it is there");
        var name = ReadName(fields);
        var effect = ReadEffect(fields);
        var match = fields.Require("match", "match: { server: clinic, tool: \"get_*\" }") is { } matchNode
            ? _matches.Read(matchNode, $"{path}.match")
            : null;
        var reason = ReadReason(fields);
        var masking = MaskingReader.Read(fields, problems);
        var visible = fields.Flag("visible");
        var limits = LimitReader.Read(fields, name ?? string.Empty, problems);
        var approval = fields.Find("approval") is { } terms ? _approvals.Read(terms, $"{path}.approval") : null;
        var unless = ProofReader.Read(fields, problems);
        if (effect is not { } known)
        {
            return null;
        }

        CheckTogether(fields, known, match, visible);
        var operations = match is null ? [] : FindOperations(fields, known, match);
        return name is null || match is null || operations.Length == 0 ? null : new PolicyRule
        {
            Name = name,
            Effect = known,
            Match = unless is null ? match : match with { Circumstances = [.. match.Circumstances, new LackingProof(unless)] },
            Unless = unless,
            Operations = operations,
            Reason = reason ?? DefaultReason(name, known, approval),
            Masking = masking ?? defaultMasking,
            Approval = approval,
            Visible = visible ?? unless is not null,
            Limits = limits,
        };
    }

    private static string DefaultReason(string name, RuleEffect effect, ApprovalTerms? approval) => effect switch
    {
        RuleEffect.Allow => $"Allowed by rule {name}.",
        RuleEffect.Approve => $"Rule {name} asks for approval by {approval?.Words}.",
        _ => $"Rule {name} does not allow this.",
    };

    private static RuleEffect? ReadEffect(YamlFields fields)
    {
        if (fields.Text("effect", "effect: allow", required: true) is not { } text)
        {
            return null;
        }

        switch (text.Text)
        {
            case "allow": return RuleEffect.Allow;
            case "deny": return RuleEffect.Deny;
            case "approve": return RuleEffect.Approve;
            default:
                fields.Report(text, "effect", $"is no effect: {Short(text.Text)}", "use allow, deny or approve");
                return null;
        }
    }

    private static string? ReadReason(YamlFields fields)
    {
        var text = fields.Text("reason", "reason: one sentence for the caller");
        if (text is not null && (text.Text.Length > MaxReason || text.Text.Any(char.IsControl)))
        {
            fields.Report(text, "reason", $"is longer than {MaxReason} characters or has line breaks", "write one sentence");
        }

        return text?.Text;
    }

    private static void CheckTogether(YamlFields fields, RuleEffect effect, RuleMatch? match, bool? visible)
    {
        if (effect == RuleEffect.Approve)
        {
            fields.Require("approval", "approval: { role: admin-write, approvals: 1, expires: 10m }");
        }
        else if (fields.Find("approval") is { } approval)
        {
            fields.Report(approval, "approval", "only goes with effect: approve", "remove it, or change the effect");
        }

        foreach (var key in effect == RuleEffect.Deny ? ["masking", "limits"] : Array.Empty<string>())
        {
            if (fields.Find(key) is { } found)
            {
                fields.Report(found, key, "does not go with effect: deny, which returns nothing", "remove it");
            }
        }

        if (effect != RuleEffect.Deny && fields.Find("unless") is { } unless)
        {
            fields.Report(unless, "unless", "only goes with effect: deny", "write a deny of its own beside this rule");
        }

        if (visible is not null && (effect != RuleEffect.Deny || match is { IsConditional: true }))
        {
            fields.Report(fields.Find("visible")!, "visible", "only goes with effect: deny without arguments", "remove it: the target stays visible anyway");
        }
    }

    private static Operation[] FindOperations(YamlFields fields, RuleEffect effect, RuleMatch match)
    {
        var operations = Operations.Of(match, effect);
        if (operations.Length == 0)
        {
            fields.Report(fields.Find("match")!, "match", "can never apply: its method, target and arguments do not go together", "tool goes with tools/call, prompt with prompts/get, resource with resources/*, arguments with tools and prompts; only deny rules may name lifecycle methods");
        }
        else if (effect == RuleEffect.Approve && operations.All(o => o.Kind == OperationKind.ServerRequest))
        {
            fields.Report(fields.Find("effect")!, "effect", "cannot be approve for a server's request", "use allow or deny");
        }

        return operations;
    }

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "...";

    private string? ReadName(YamlFields fields)
    {
        if (fields.Text("name", "name: clinical-reads", required: true) is not { } text)
        {
            return null;
        }

        if (!PolicyNames.IsName(text.Text))
        {
            fields.Report(text, "name", "is no name", PolicyNames.Remedy);
            return null;
        }

        if (PolicyNames.IsReserved(text.Text))
        {
            fields.Report(text, "name", $"is a name of the engine: {text.Text}", "choose another");
            return null;
        }

        if (!names.TryAdd(text.Text, (problems.File, text.Line)))
        {
            var (file, line) = names[text.Text];
            fields.Report(text, "name", $"is taken by the rule on line {line}{(file == problems.File ? string.Empty : $" of {file}")}: {text.Text}", "choose another");
        }

        return text.Text;
    }
}
