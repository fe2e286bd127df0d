using Chaperone.Contracts;
using Chaperone.Policy.Documents;

namespace Chaperone.Policy.Deciding;

/// <summary>
/// Decides calls under one version of the policy: default deny, and of all matching rules the most restrictive wins
/// (deny, approve, allow). Pure and thread-safe.
/// </summary>
internal sealed class PolicyEngine(PolicyDocument document)
{
    /// <summary>Said to decide where no rule matched.</summary>
    public const string DefaultDeny = "default-deny";

    /// <summary>Said to decide where the message cannot be read.</summary>
    public const string UnreadableMessage = "unreadable-message";

    /// <summary>Said to decide where the message names something else than the call.</summary>
    public const string MismatchedTarget = "mismatched-target";

    /// <summary>Said to decide where the gateway does not know the method.</summary>
    public const string UnknownMethod = "unknown-method";

    /// <summary>Said to decide where a message needs no rule of its own.</summary>
    public const string Lifecycle = "lifecycle";

    private readonly RuleIndex _index = new(document);
    private readonly OwnRules _own = new(document.Identifiers);

    /// <summary>The version in force.</summary>
    public PolicyDocument Document => document;

    /// <summary>Decides <paramref name="call"/>, whose JSON-RPC bytes are <paramref name="message"/> (empty for GET and DELETE).</summary>
    public CallDecided Decide(CallFacts call, ReadOnlyMemory<byte> message)
    {
        var ruling = Rule(call, message);
        return new CallDecided
        {
            CallId = call.CallId,
            Visible = ruling.Visible,
            OwnMasking = _own.For(call.Server, call.Method == "tools/call" ? call.Target : null),
            Approval = ruling.Approval is { } terms ? Require(terms) : null,
            Decision = new DecisionFacts
            {
                Effect = ruling.Effect,
                Rule = ruling.Rule,
                Reason = ruling.Reason,
                Masking = ruling.Masking.Profile,
                Exempt = ruling.Masking.Exempt,
                PolicyDigest = document.Digest,
            },
        };
    }

    /// <summary>What <paramref name="principal"/> may know of <paramref name="server"/>.</summary>
    public PolicyView ViewOf(Principal principal, string server)
    {
        var roles = new ulong[_index.Roles.Words];
        _index.Roles.Mark(principal.Groups, roles);
        var open = _index.Knows(server) && RefuseServer(server, roles, out _) is null;
        return new PolicyView(_index, server, roles, open);
    }

    private Ruling Rule(CallFacts call, ReadOnlyMemory<byte> bytes)
    {
        Span<ulong> roles = stackalloc ulong[_index.Roles.Words];
        _index.Roles.Mark(call.Principal.Groups, roles);
        if (!_index.Knows(call.Server))
        {
            return Ruling.Deny(DefaultDeny, "No such server.", visible: false);
        }

        if (RefuseServer(call.Server, roles, out var masking) is { } refused)
        {
            return refused;
        }

        if (Operations.Find(call.Method, call.Direction) is not { } operation)
        {
            return Ruling.Deny(UnknownMethod, "The gateway does not know this method.", visible: false);
        }

        using var message = CallMessage.TryRead(bytes);
        if (message is null)
        {
            return Ruling.Deny(UnreadableMessage, "The message cannot be read without doubt.", visible: true);
        }

        if (message.Confirm(operation, call) is not { } confirmed)
        {
            return Ruling.Deny(MismatchedTarget, "The message asks for something else than the call.", visible: true);
        }

        return confirmed.Kind == OperationKind.Lifecycle
            ? RuleLifecycle(call, confirmed, message, roles, masking)
            : RuleGuarded(call.Server, confirmed, call.Target, message, roles);
    }

    /// <summary>Whether the caller is kept off the whole server; if not, the strictest masking of all they may do there.</summary>
    private Ruling? RefuseServer(string server, ReadOnlySpan<ulong> roles, out MaskingTerms masking)
    {
        masking = MaskingTerms.Strictest;
        var tally = new Tally(roles, null);
        _index.VisitWholeDenies(server, ref tally);
        if (tally.Deny is { } rule)
        {
            return Ruling.Deny(rule.Name, rule.Reason, tally.Visible);
        }

        if (_index.GrantedMasking(server, roles) is not { } granted)
        {
            return Ruling.Deny(DefaultDeny, "No rule lets you use this server.", visible: false);
        }

        masking = granted;
        return null;
    }

    private Ruling RuleLifecycle(CallFacts call, Operation operation, CallMessage message, ReadOnlySpan<ulong> roles, MaskingTerms masking)
    {
        var tally = new Tally(roles, null);
        _index.Visit(call.Server, operation, null, ref tally);
        if (tally.Deny is { } rule)
        {
            return Ruling.Deny(rule.Name, rule.Reason, tally.Visible);
        }

        // 2026-07-28 subscribes to resources here: no other door than resources/subscribe of the older revisions.
        if (operation.Method == "subscriptions/listen")
        {
            if (message.ReadSubscriptions() is not { } uris)
            {
                return Ruling.Deny(UnreadableMessage, "resourceSubscriptions must be a list of strings.", visible: true);
            }

            foreach (var uri in uris)
            {
                var subscription = RuleGuarded(call.Server, Operations.Subscribe, uri, message, roles);
                if (subscription.Effect != CallEffect.Allow)
                {
                    return Ruling.Deny(subscription.Rule, "A resource of resourceSubscriptions is not open to you.", visible: true);
                }
            }
        }

        return new Ruling(CallEffect.Allow, Lifecycle, "Needs no rule of its own.", masking, Visible: true);
    }

    private Ruling RuleGuarded(string server, Operation operation, string? target, CallMessage message, ReadOnlySpan<ulong> roles)
    {
        var tally = new Tally(roles, new CallContent(message.Arguments, document.Servers[server], operation.Target == TargetKind.Tool ? target : null));
        _index.Visit(server, operation, target, ref tally);
        if (tally.Deny is { } deny)
        {
            return Ruling.Deny(deny.Name, deny.Reason, tally.Visible);
        }

        if (tally.Approve is { } approve)
        {
            // People are asked about what a person does: a server's request has nobody to wait for it.
            return operation.Kind == OperationKind.ServerRequest
                ? Ruling.Deny(approve.Name, approve.Reason, tally.Visible)
                : new Ruling(CallEffect.Hold, approve.Name, approve.Reason, tally.Masking!, Visible: true, approve.Approval);
        }

        if (tally.Allow is { } allow)
        {
            return new Ruling(CallEffect.Allow, allow.Name, allow.Reason, tally.Masking!, Visible: true);
        }

        return tally.Grantable
            ? Ruling.Deny(DefaultDeny, "No rule allows these arguments.", tally.Visible)
            : Ruling.Deny(DefaultDeny, "No rule allows this.", tally.Visible);
    }

    private ApprovalRequirement Require(ApprovalTerms terms) => new()
    {
        Role = terms.Role,
        Groups = document.Roles[terms.Role].Groups,
        Approvals = terms.Approvals,
        ExpiresAfter = terms.Expires,
    };
}
