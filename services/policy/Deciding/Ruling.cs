using Chaperone.Contracts;
using Chaperone.Policy.Documents;

namespace Chaperone.Policy.Deciding;

/// <summary>What the engine found, before it is put into words for the bus.</summary>
internal readonly record struct Ruling(CallEffect Effect, string Rule, string Reason, MaskingTerms Masking, bool Visible, ApprovalTerms? Approval = null, IReadOnlyList<LimitTerms>? Limits = null)
{
    public static Ruling Deny(string rule, string reason, bool visible) =>
        new(CallEffect.Deny, rule, reason, MaskingTerms.Strictest, visible);
}
