using static Chaperone.Cli.Kibana.KibanaView;

namespace Chaperone.Cli.Kibana;

/// <summary>The detection rules. They come switched off: thresholds are a place to begin, and depend on the site.</summary>
internal static class DetectionRules
{
    public static readonly IReadOnlyList<DetectionRule> All =
    [
        new("chaperone-bulk-export-denied", "Chaperone: bulk export refused",
            "A rule whose name speaks of bulk or export refused a call. Ask the person what was meant, and look at their other calls.",
            Audit, "chaperone.record.kind: intent and chaperone.decision.effect: deny and rule.name: (*bulk* or *export*)", "high", 5),
        new("chaperone-bulk-volume", "Chaperone: many identifiers to one person",
            "Answers to one person held identifiers in 200 calls or more within 30 minutes. Compare with the dashboard of unusual volume.",
            Audit, "chaperone.record.kind: outcome and (chaperone.mask.count > 0 or chaperone.phi.clear_count > 0)", "high", 15, new RuleThreshold("user.id", 200)),
        new("chaperone-large-answer", "Chaperone: very large answer",
            "An upstream answered with 5 MB or more. See which tool it was, and whether a rule should bound it.",
            Audit, "chaperone.record.kind: outcome and chaperone.outcome.upstream_bytes >= 5000000", "medium", 15),
        new("chaperone-approval-fatigue", "Chaperone: approval fatigue",
            "One person was asked to decide and approved 20 times or more within 30 minutes: are requests still read?",
            Audit, "chaperone.approval.step: approved", "medium", 15, new RuleThreshold("chaperone.actor.id", 20)),
        new("chaperone-approval-flood", "Chaperone: flood of approval requests",
            "One person or agent asked for 15 approvals or more within 30 minutes, as somebody does who hopes that one slips through.",
            Audit, "chaperone.approval.step: asked", "high", 15, new RuleThreshold("user.id", 15)),
        new("chaperone-approval-misuse", "Chaperone: attempts to approve that did not count",
            "Somebody tried to approve three times or more what they may not: their own request, another role's, or a used one.",
            Audit, "chaperone.approval.step: refused", "high", 15, new RuleThreshold("chaperone.actor.id", 3)),
        new("chaperone-repeated-denials", "Chaperone: repeated denials",
            "One person or agent was refused ten times or more within 10 minutes. It may probe what it can reach.",
            Audit, "chaperone.record.kind: intent and chaperone.decision.effect: deny", "medium", 5, new RuleThreshold("user.id", 10)),
        new("chaperone-denied-everywhere", "Chaperone: denied on several servers",
            "One person or agent was refused on three servers or more within 30 minutes.",
            Audit, "chaperone.record.kind: intent and chaperone.decision.effect: deny", "high", 15, new RuleThreshold("user.id", 3, "service.name", 3)),
        new("chaperone-impossible-travel", "Chaperone: one person from several addresses",
            "Calls of one person came from three addresses or more within 20 minutes. Where addresses tell places, this is impossible travel: a token may be in other hands.",
            Audit, "chaperone.record.kind: intent and source.ip: *", "high", 10, new RuleThreshold("user.id", 3, "source.ip", 3)),
        new("chaperone-after-hours", "Chaperone: much access after hours",
            "One person called 50 times or more after hours within an hour.",
            Audit, "chaperone.record.kind: intent and chaperone.time.after_hours: true", "low", 30, new RuleThreshold("user.id", 50)),
        new("chaperone-break-glass", "Chaperone: break-glass opened or used",
            "Somebody opened a break-glass window, or a call passed only because of one. Each window is to be reviewed (console, Break-glass).",
            Audit, "chaperone.record.kind: intent and chaperone.decision.break_glass: * or chaperone.record.kind: alarm and chaperone.note: *break-glass-opened*", "high", 5),
        new("chaperone-alarm", "Chaperone: alarm about the evidence",
            "A record was damaged, a witness refuses the ledger, or a review was not signed or drawn in time: the record's note says which. docs/integrity.md, docs/witness.md and docs/reviews.md say what to do.",
            Audit, "chaperone.record.kind: alarm and not chaperone.note: *break-glass-*", "critical", 5),
        new("chaperone-ledger-gap", "Chaperone: gap in the ledger",
            "Numbers of an edge never arrived: messages may be lost or kept back. Look at the edge's host and the broker at that time, and run 'chaperone verify'.",
            Audit, "chaperone.record.kind: gap", "critical", 5),
        new("chaperone-unreadable-record", "Chaperone: record that does not open",
            "The ledger holds a record that its keys do not open, or that is damaged. Run 'chaperone verify'.",
            Audit, "chaperone.record.readable: false", "critical", 15),
        new("chaperone-projection-repaired", "Chaperone: documents were missing, doubled or foreign",
            "Counting found that Elasticsearch did not have exactly the ledger's records. Missing ones are sent again; find out who could remove or add them.",
            Control, "chaperone.note: *reconciled*", "high", 15),
        new("chaperone-policy-rejected", "Chaperone: policy file rejected",
            "A changed policy file could not be read; the one before stays in force.",
            Control, "chaperone.record.kind: configuration and chaperone.note: *rejected*", "low", 15),
    ];

    /// <summary>One rule a line, for Kibana's import.</summary>
    public static string Write() => SavedObjects.Lines(All.Select(r => r.ToJson()));
}
