using Chaperone.Contracts;
using Chaperone.Policy.Circumstances;
using Chaperone.Policy.Documents;

namespace Chaperone.Policy.Deciding;

/// <summary>What the engine found, before it is put into words for the bus.</summary>
internal readonly record struct Ruling(CallEffect Effect, string Rule, string Reason, MaskingTerms Masking, bool Visible, ApprovalTerms? Approval = null, IReadOnlyList<LimitTerms>? Limits = null, ProofNeeded? Needs = null)
{
    /// <summary>Refused by the rules of <paramref name="tally"/>.</summary>
    public static Ruling Deny(in Tally tally, Scene scene) => Deny(tally.Deny!.Name, tally.Deny.Reason, tally.Visible) with
    {
        Needs = tally is { Visible: true, Proofs: { } proofs } ? ProofTerms.Needed(proofs, scene.Call.Principal, scene.Now) : null,
    };

    public static Ruling Deny(string rule, string reason, bool visible) =>
        new(CallEffect.Deny, rule, reason, MaskingTerms.Strictest, visible);
}
