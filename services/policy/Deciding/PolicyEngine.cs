using System.Collections.Frozen;
using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Policy.Circumstances;
using Chaperone.Policy.Counting;
using Chaperone.Policy.Documents;
using Chaperone.Policy.Patterns;
using Chaperone.Policy.Tools;

namespace Chaperone.Policy.Deciding;

/// <summary>
/// Decides calls under one version of the policy: default deny, and of all matching rules the most restrictive wins
/// (deny, approve, allow). Pure and thread-safe.
/// </summary>
internal sealed class PolicyEngine(PolicyDocument document, ToolBook? tools = null)
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

    /// <summary>Added to the reason of a refusal that a break-glass window would lift.</summary>
    public const string GlassHint = "In an emergency you may break the glass: open a window in the console (Break-glass), with a reason, and call again. It is recorded and reviewed.";

    private readonly RuleIndex _index = new(document);
    private readonly FrozenDictionary<string, CounterTerms[]> _counters = document.Servers.Keys.ToFrozenDictionary(
        s => s,
        s => document.Rules.Where(r => r.Match.Servers.Length == 0 || Array.Exists(r.Match.Servers, p => p.Matches(s))).SelectMany(r => r.Match.Counters).ToArray(),
        StringComparer.Ordinal);

    // Asking is for people who may break the glass, and only where some rule cares.
    private readonly BreakGlassTerms? _glass = document.AsksForGlass ? document.BreakGlass : null;

    private readonly OwnRules _own = new(document.Identifiers);

    /// <summary>The version in force.</summary>
    public PolicyDocument Document => document;

    /// <summary>Decides <paramref name="call"/>, whose JSON-RPC bytes are <paramref name="message"/> (empty for GET and DELETE), as at <paramref name="now"/>; null: when it was received.</summary>
    public CallDecided Decide(CallFacts call, ReadOnlyMemory<byte> message, DateTimeOffset? now = null, SessionCounts? counts = null, Glass glass = default) => Decide(call, message, now, counts, glass, out _);

    /// <summary>Whether it matters if <paramref name="person"/> has broken the glass.</summary>
    public bool AsksForGlass(Principal person) => _glass?.MayOpen(person) == true;

    /// <summary>What rules about <paramref name="server"/> ask of sessions; empty where they ask nothing.</summary>
    public IReadOnlyList<CounterTerms> CountersOf(string server) => _counters.GetValueOrDefault(server, []);

    /// <summary>As <see cref="Decide(CallFacts, ReadOnlyMemory{byte}, DateTimeOffset?, SessionCounts?, Glass)"/>, with the limits that hold for a call that may pass; empty where none does.</summary>
    public CallDecided Decide(CallFacts call, ReadOnlyMemory<byte> message, DateTimeOffset? now, SessionCounts? counts, Glass glass, out IReadOnlyList<LimitTerms> limits)
    {
        var ruling = RuleUnder(call, message, SceneOf(call, now, glass), counts, out var window);
        limits = ruling.Limits ?? [];
        return new CallDecided
        {
            CallId = call.CallId,
            Visible = ruling.Visible,
            Needs = ruling.Needs,
            OwnMasking = _own.For(call.Server, call.Method == "tools/call" ? call.Target : null),
            Approval = ruling.Approval is { } terms ? Requirements.Of(terms, document) : null,
            Decision = new DecisionFacts
            {
                Effect = ruling.Effect,
                Rule = ruling.Rule,
                Reason = ruling.Reason,
                Masking = ruling.Masking.Profile,
                Exempt = ruling.Masking.Exempt,
                PolicyDigest = document.Digest,
                BreakGlass = window,
            },
        };
    }

    /// <summary>What the caller of <paramref name="call"/> may know of its server.</summary>
    public PolicyView ViewOf(CallFacts call, DateTimeOffset? now = null, Glass glass = default)
    {
        var roles = new ulong[_index.Roles.Words];
        _index.Roles.Mark(call.Principal.Groups, roles);
        var scene = SceneOf(call, now, glass);
        var open = _index.Knows(call.Server) && RefuseServer(call.Server, roles, scene, out _) is null;
        return new PolicyView(_index, call.Server, roles, scene, open);
    }

    /// <summary>Takes note of <paramref name="tool"/>, an entry of a list of <paramref name="server"/>.</summary>
    public void Learn(string server, JsonElement tool)
    {
        if (tools is not null && tool.ValueKind == JsonValueKind.Object && tool.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String)
        {
            tools.Learn(server, name.GetString()!, ToolTraits.Of(tool));
        }
    }

    private Scene SceneOf(CallFacts call, DateTimeOffset? now, Glass glass) =>
        new(call, now ?? call.ReceivedAt, call is { Method: "tools/call", Target: { } tool } ? tools?.Find(call.Server, tool) : null, AsksForGlass(call.Principal) ? glass : Glass.Whole);

    /// <summary>The ruling, and the window that made the difference; where one would make it, the refusal says so.</summary>
    private Ruling RuleUnder(CallFacts call, ReadOnlyMemory<byte> bytes, Scene scene, SessionCounts? counts, out Guid? window)
    {
        var ruling = Rule(call, bytes, scene, counts);
        window = null;
        if (!AsksForGlass(call.Principal))
        {
            return ruling;
        }

        if (scene.Glass.Window is { } open)
        {
            var without = Rule(call, bytes, scene.With(Glass.Whole), counts);
            window = (without.Effect, without.Rule, without.Masking.Profile) == (ruling.Effect, ruling.Rule, ruling.Masking.Profile) ? null : open;
            return ruling;
        }

        return ruling.Effect == CallEffect.Deny && Rule(call, bytes, scene.With(new Glass(Guid.Empty)), counts).Effect != CallEffect.Deny
            ? ruling with { Visible = true, Reason = $"{ruling.Reason} {GlassHint}" }
            : ruling;
    }

    private Ruling Rule(CallFacts call, ReadOnlyMemory<byte> bytes, Scene scene, SessionCounts? counts)
    {
        Span<ulong> roles = stackalloc ulong[_index.Roles.Words];
        _index.Roles.Mark(call.Principal.Groups, roles);
        if (!_index.Knows(call.Server))
        {
            return Ruling.Deny(DefaultDeny, "No such server.", visible: false);
        }

        if (RefuseServer(call.Server, roles, scene, out var masking) is { } refused)
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
            ? RuleLifecycle(scene, confirmed, message, roles, masking)
            : RuleGuarded(scene, confirmed, call.Target, message, roles, counts);
    }

    /// <summary>Whether the caller is kept off the whole server; if not, the strictest masking of all they may do there.</summary>
    private Ruling? RefuseServer(string server, ReadOnlySpan<ulong> roles, Scene scene, out MaskingTerms masking)
    {
        masking = MaskingTerms.Strictest;
        if (document.Servers[server].Issuers is { Length: > 0 } issuers && Array.IndexOf(issuers, scene.Call.Principal.Issuer) < 0)
        {
            return Ruling.Deny(DefaultDeny, "This server does not trust the issuer of your token.", visible: false);
        }

        var tally = new Tally(roles, scene, null);
        _index.VisitWholeDenies(server, ref tally);
        if (tally.Deny is not null)
        {
            return Ruling.Deny(tally, scene);
        }

        if (_index.GrantedMasking(server, roles, scene) is not { } granted)
        {
            return Ruling.Deny(DefaultDeny, "No rule lets you use this server.", visible: false);
        }

        masking = granted;
        return null;
    }

    private Ruling RuleLifecycle(Scene scene, Operation operation, CallMessage message, ReadOnlySpan<ulong> roles, MaskingTerms masking)
    {
        var tally = new Tally(roles, scene, null);
        _index.Visit(scene.Call.Server, operation, null, ref tally);
        if (tally.Deny is not null)
        {
            return Ruling.Deny(tally, scene);
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
                var subscription = RuleGuarded(scene, Operations.Subscribe, uri, message, roles);
                if (subscription.Effect != CallEffect.Allow)
                {
                    return Ruling.Deny(subscription.Rule, "A resource of resourceSubscriptions is not open to you.", visible: true);
                }
            }
        }

        return new Ruling(CallEffect.Allow, Lifecycle, "Needs no rule of its own.", masking, Visible: true);
    }

    private Ruling RuleGuarded(Scene scene, Operation operation, string? target, CallMessage message, ReadOnlySpan<ulong> roles, SessionCounts? counts = null)
    {
        var content = new CallContent(message.Arguments, document.Servers[scene.Call.Server], operation.Target == TargetKind.Tool ? target : null, counts);
        var tally = new Tally(roles, scene, content);
        _index.Visit(scene.Call.Server, operation, target, ref tally);
        if (tally.Deny is not null)
        {
            return Ruling.Deny(tally, scene);
        }

        if (operation.Target == TargetKind.Resource && target is not null && WaryName.MayLeadElsewhere(target))
        {
            // file:///open/* is no leave to read file:///open/../sealed.
            return Ruling.Deny(DefaultDeny, "No rule allows an address with dot segments, backslashes or control characters, escaped or not; name the resource plainly.", tally.Visible);
        }

        if (tally.Approve is { } approve)
        {
            // People are asked about what a person does: a server's request has nobody to wait for it.
            return operation.Kind == OperationKind.ServerRequest
                ? Ruling.Deny(approve.Name, approve.Reason, tally.Visible)
                : new Ruling(CallEffect.Hold, approve.Name, approve.Reason, tally.Masking!, Visible: true, tally.Terms, LimitsOf(scene, tally));
        }

        if (tally.Allow is { } allow)
        {
            return new Ruling(CallEffect.Allow, allow.Name, allow.Reason, tally.Masking!, Visible: true, Limits: LimitsOf(scene, tally));
        }

        return tally.Grantable
            ? Ruling.Deny(DefaultDeny, "No rule allows these arguments.", tally.Visible)
            : Ruling.Deny(DefaultDeny, "No rule allows this.", tally.Visible);
    }

    private List<LimitTerms>? LimitsOf(Scene scene, in Tally tally) => (tally.Limits, document.Servers[scene.Call.Server].Limits) switch
    {
        (var rules, null) => rules,
        (null, { } server) => [server],
        (var rules, { } server) => [.. rules, server],
    };
}
