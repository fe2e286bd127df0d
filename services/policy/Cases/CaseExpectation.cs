using Chaperone.Contracts;

namespace Chaperone.Policy.Cases;

/// <summary>What a case expects; null where it does not matter.</summary>
internal sealed record CaseExpectation(string Effect, string? Rule, string? Masking, bool? Visible)
{
    /// <summary>What differs, for people; null when nothing does.</summary>
    public string? Differs(CallDecided decided)
    {
        var effect = EffectWords.Of(decided.Decision.Effect);
        string?[] differences =
        [
            effect == Effect ? null : $"expected {Effect}, is {effect} by {decided.Decision.Rule}",
            Rule is null || Rule == decided.Decision.Rule ? null : $"expected rule {Rule}, is {decided.Decision.Rule}",
            Masking is null || Masking == decided.Decision.Masking ? null : $"expected masking {Masking}, is {decided.Decision.Masking}",
            Visible is null || Visible == decided.Visible ? null : $"expected to be {(Visible.Value ? "shown" : "hidden")}, is {(decided.Visible ? "shown" : "hidden")}",
        ];
        var found = string.Join("; ", differences.Where(d => d is not null));
        return found.Length == 0 ? null : found;
    }
}
