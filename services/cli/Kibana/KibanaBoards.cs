using static Chaperone.Cli.Kibana.KibanaView;

namespace Chaperone.Cli.Kibana;

/// <summary>What a SOC analyst opens each morning.</summary>
internal static class KibanaBoards
{
    private const string Calls = "chaperone.record.kind: intent and chaperone.call.direction: fromclient";
    private const string Denied = "chaperone.record.kind: intent and chaperone.decision.effect: deny";
    private const string Outcomes = "chaperone.record.kind: outcome";
    private const string Decided = "chaperone.approval.step: (approved or denied or expired)";
    private const string BreakGlass = "chaperone.decision.break_glass: *";
    private const string AfterHours = Calls + " and chaperone.time.after_hours: true";

    private static readonly KibanaMetric[] Count = [KibanaMetric.Records];
    private static readonly KibanaMetric Users = new("cardinality", "user.id", "Users");
    private static readonly KibanaMetric Masked = new("sum", "chaperone.mask.count", "Identifiers masked");
    private static readonly KibanaMetric InClear = new("sum", "chaperone.phi.clear_count", "Identifiers in the clear");
    private static readonly KibanaMetric Bytes = new("sum", "chaperone.outcome.upstream_bytes", "Bytes from upstream");

    public static readonly IReadOnlyList<KibanaBoard> All =
    [
        new("chaperone-activity", "Chaperone: activity", "Who called what, and how it ended. Begin here.", "now-24h",
        [
            new("Calls", PanelShape.Number, Audit, Calls, [], [new("count", null, "Calls"), Users]),
            new("Calls refused", PanelShape.Number, Audit, Denied, [], [new("count", null, "Refused")]),
            new("Calls held for approval", PanelShape.Number, Audit, "chaperone.record.kind: intent and chaperone.decision.effect: hold", [], [new("count", null, "Held")]),
            new("Identifiers masked", PanelShape.Number, Audit, Outcomes, [], [Masked]),
            new("Calls over time by decision", PanelShape.Timeline, Audit, Calls, ["chaperone.decision.effect"], Count),
            new("Outcomes over time", PanelShape.Timeline, Audit, Outcomes, ["chaperone.outcome.status"], Count),
            new("Most active users", PanelShape.Table, Audit, Calls, ["user.name", "service.name"], Count),
            new("Tools by use", PanelShape.Table, Audit, Calls, ["service.name", "gen_ai.tool.name"], [.. Count, Users]),
            new("Answer time by server", PanelShape.Table, Audit, Outcomes, ["service.name"],
                [new("avg", "chaperone.outcome.upstream_ms", "Upstream ms, mean"), new("percentiles", "chaperone.outcome.upstream_ms", "Upstream ms"), .. Count]),
        ]),
        new("chaperone-denials", "Chaperone: denials by rule", "Which rules refuse, whom, and how often.", "now-7d",
        [
            new("Denials over time by rule", PanelShape.Timeline, Audit, Denied, ["rule.name"], Count),
            new("Denials by rule", PanelShape.Table, Audit, Denied, ["rule.name", "event.reason"], [.. Count, Users]),
            new("Denials by user", PanelShape.Table, Audit, Denied, ["user.name", "rule.name"], Count),
            new("Denials by tool", PanelShape.Table, Audit, Denied, ["service.name", "gen_ai.tool.name"], Count),
        ]),
        new("chaperone-approvals", "Chaperone: approvals and latency", "What people were asked, what they said, and how long it took.", "now-7d",
        [
            new("Approvals over time by step", PanelShape.Timeline, Audit, "chaperone.record.kind: approval", ["chaperone.approval.step"], Count),
            new("Approvals by step", PanelShape.Ring, Audit, "chaperone.record.kind: approval", ["chaperone.approval.step"], Count),
            new("Approval latency by approver", PanelShape.Table, Audit, Decided, ["chaperone.actor.name", "chaperone.approval.step"],
                [new("avg", "chaperone.approval.latency_ms", "Latency ms, mean"), new("percentiles", "chaperone.approval.latency_ms", "Latency ms"), .. Count]),
            new("Approvals asked by requester and tool", PanelShape.Table, Audit, "chaperone.approval.step: asked", ["user.name", "gen_ai.tool.name"], Count),
            new("Attempts to approve that did not count", PanelShape.Table, Audit, "chaperone.approval.step: refused", ["chaperone.actor.name", "chaperone.approval.channel"], Count),
        ]),
        new("chaperone-phi", "Chaperone: PHI types", "Which kinds of identifiers came back, to whom, from where. Values are never here.", "now-7d",
        [
            new("PHI types over time", PanelShape.Timeline, Audit, Outcomes, ["chaperone.phi.types"], Count),
            new("PHI types by user", PanelShape.Table, Audit, Outcomes, ["user.name", "chaperone.phi.types"], [.. Count, Masked, InClear]),
            new("PHI types by server and tool", PanelShape.Table, Audit, Outcomes, ["service.name", "gen_ai.tool.name", "chaperone.phi.types"], [.. Count, Masked, InClear]),
            new("Left in the clear, by user and type", PanelShape.Table, Audit, "chaperone.phi.clear_count > 0", ["user.name", "chaperone.phi.clear_types", "rule.name"], [.. Count, InClear]),
            new("Masking profiles in use", PanelShape.Table, Audit, Outcomes, ["chaperone.mask.profile", "chaperone.mask.exempt", "user.name"], Count),
        ]),
        new("chaperone-volume", "Chaperone: unusual volume", "Who takes much more than others.", "now-7d",
        [
            new("Calls over time by user", PanelShape.Timeline, Audit, Calls, ["user.name"], Count),
            new("Volume by user", PanelShape.Table, Audit, Outcomes, ["user.name"], [.. Count, Bytes, Masked, InClear, new("max", "chaperone.outcome.upstream_bytes", "Largest answer")]),
            new("Volume by client program", PanelShape.Table, Audit, Outcomes, ["gen_ai.agent.name", "chaperone.client.id"], [.. Count, Bytes]),
            new("Addresses by user", PanelShape.Table, Audit, Calls, ["user.name"], [new("cardinality", "source.ip", "Addresses"), .. Count]),
        ]),
        new("chaperone-after-hours", "Chaperone: after hours", "Access at night and on weekends, by the recorder's time zone and working hours.", "now-7d",
        [
            new("After-hours calls", PanelShape.Number, Audit, AfterHours, [], [new("count", null, "Calls"), Users]),
            new("After-hours calls over time", PanelShape.Timeline, Audit, AfterHours, ["user.name"], Count),
            new("After-hours calls by user", PanelShape.Table, Audit, AfterHours, ["user.name", "service.name", "gen_ai.tool.name"], Count),
            new("Calls by hour and weekday", PanelShape.Table, Audit, Calls, ["chaperone.time.weekday", "chaperone.time.hour"], Count),
        ]),
        new("chaperone-break-glass", "Chaperone: break-glass", "Calls that passed only because somebody had a break-glass window open, and the windows themselves. Each has to be reviewed.", "now-30d",
        [
            new("Break-glass calls", PanelShape.Number, Audit, BreakGlass + " and chaperone.record.kind: intent", [], [new("count", null, "Calls"), Users]),
            new("Break-glass over time", PanelShape.Timeline, Audit, BreakGlass, ["user.name"], Count),
            new("Break-glass by user and tool", PanelShape.Table, Audit, BreakGlass + " and chaperone.record.kind: intent", ["user.name", "chaperone.decision.break_glass", "rule.name", "service.name", "gen_ai.tool.name"], Count),
            new("Windows opened and closed", PanelShape.Table, Audit, "chaperone.record.kind: alarm and chaperone.note: *break-glass*", ["user.name", "chaperone.note"], Count),
            new("Windows reviewed", PanelShape.Table, Control, "chaperone.record.kind: review and chaperone.note: *breakGlass*", ["user.name", "chaperone.note"], Count),
        ]),
        new("chaperone-changes", "Chaperone: tool and policy changes", "Tools whose definition changed, new tools, and versions of the policy.", "now-30d",
        [
            new("Definitions by tool", PanelShape.Table, Audit, "chaperone.tool.definition: *", ["service.name", "gen_ai.tool.name"], [new("cardinality", "chaperone.tool.definition", "Definitions seen"), .. Count]),
            new("Tools called over time", PanelShape.Timeline, Audit, Calls, ["gen_ai.tool.name"], Count),
            new("Policy versions in decisions", PanelShape.Table, Audit, Calls, ["rule.version"], Count),
            new("Configuration changes", PanelShape.Table, Control, "chaperone.record.kind: configuration", ["event.provider", "chaperone.note"], Count),
        ]),
        new("chaperone-integrity", "Chaperone: integrity", "Alarms, gaps, lost messages, records that do not open, checkpoints and reviews. The ledger is the evidence; this is where to look first.", "now-30d",
        [
            new("Gaps in an edge's numbering", PanelShape.Number, Audit, "chaperone.record.kind: gap", [], [new("count", null, "Gaps"), new("sum", "chaperone.gap.count", "Missing numbers")]),
            new("Records that do not open", PanelShape.Number, Audit, "chaperone.record.readable: false", [], [new("count", null, "Records")]),
            new("Answers withheld", PanelShape.Number, Audit, "chaperone.outcome.status: withheld", [], [new("count", null, "Withheld")]),
            new("Gaps by edge", PanelShape.Table, Audit, "chaperone.record.kind: gap", ["chaperone.gap.edge", "chaperone.gap.from", "chaperone.gap.to"], Count),
            new("Edges alive", PanelShape.Timeline, Audit, "chaperone.record.kind: heartbeat", ["chaperone.edge.name"], Count),
            new("Messages that failed on the way", PanelShape.Timeline, Audit, "chaperone.record.kind: void", ["chaperone.edge.name"], Count),
            new("Alarms", PanelShape.Table, Audit, "chaperone.record.kind: alarm and not chaperone.note: *break-glass-*", ["chaperone.note"], Count),
            new("Checkpoints", PanelShape.Table, Checkpoint, "", ["chaperone.log.origin", "chaperone.log.root"], [new("max", "chaperone.log.size", "Records signed")]),
            new("Reviews and exports", PanelShape.Table, Control, "chaperone.record.kind: (review or export or reveal)", ["chaperone.record.kind", "chaperone.note"], Count),
        ]),
    ];

    public static readonly IReadOnlyList<KibanaSearch> Searches =
    [
        new("chaperone-search-calls", "Chaperone: calls", Audit, Calls,
            ["user.name", "service.name", "event.action", "gen_ai.tool.name", "chaperone.decision.effect", "rule.name", "source.ip"]),
        new("chaperone-search-denied", "Chaperone: refused calls", Audit, Denied,
            ["user.name", "service.name", "gen_ai.tool.name", "rule.name", "event.reason"]),
        new("chaperone-search-approvals", "Chaperone: approvals", Audit, "chaperone.record.kind: approval",
            ["chaperone.approval.id", "chaperone.approval.step", "user.name", "chaperone.actor.name", "gen_ai.tool.name", "chaperone.approval.latency_ms"]),
        new("chaperone-search-content", "Chaperone: masked bodies", Content, "",
            ["user.name", "service.name", "gen_ai.tool.name", "chaperone.request_masked", "chaperone.response_masked"]),
        new("chaperone-search-control", "Chaperone: changes, reviews and exports", Control, "",
            ["chaperone.record.kind", "event.provider", "user.name", "chaperone.note"]),
        new("chaperone-search-checkpoints", "Chaperone: checkpoints", Checkpoint, "",
            ["chaperone.log.origin", "chaperone.log.size", "chaperone.log.root", "chaperone.log.checkpoint"]),
    ];
}
