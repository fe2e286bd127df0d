using Chaperone.Policy.Deciding;

namespace Chaperone.Policy.Documents;

/// <summary>One rule.</summary>
internal sealed record PolicyRule
{
    /// <summary>Unique in the file; shown to callers and kept in the records.</summary>
    public required string Name { get; init; }

    /// <summary>What it does.</summary>
    public required RuleEffect Effect { get; init; }

    /// <summary>What it speaks about.</summary>
    public required RuleMatch Match { get; init; }

    /// <summary>The operations it speaks about; follows from <see cref="Match"/> and <see cref="Effect"/>, never empty.</summary>
    public required Operation[] Operations { get; init; }

    /// <summary>One sentence for the caller.</summary>
    public required string Reason { get; init; }

    /// <summary>How what comes back is masked; the file's default where the rule says nothing.</summary>
    public required MaskingTerms Masking { get; init; }

    /// <summary>Set exactly when <see cref="Effect"/> is <see cref="RuleEffect.Approve"/>.</summary>
    public ApprovalTerms? Approval { get; init; }

    /// <summary>How much of it may pass; null where the rule says nothing, and for a deny.</summary>
    public LimitTerms? Limits { get; init; }

    /// <summary>For a deny without argument patterns: true lets the caller see the target and the reason.</summary>
    public bool Visible { get; init; }

    /// <summary>For a deny: what the caller's token has to show so that it does not hold; null where it always holds. It is among the circumstances of <see cref="Match"/>, too.</summary>
    public ProofTerms? Unless { get; init; }

    /// <summary>True for a deny that hides its target: only arguments, or <see cref="Visible"/>, leave it in sight.</summary>
    public bool Hides => Effect == RuleEffect.Deny && !Visible && !Match.IsConditional;

    /// <summary>True when it speaks about everything on its servers, whatever the method.</summary>
    public bool IsWholeServer => !Match.IsConditional && !Match.HasTarget && (Match.Methods.Length == 0 || Match.Methods.Any(m => m.Text == "*"));
}
