using Chaperone.Contracts;

namespace Chaperone.Policy.Explaining;

/// <summary>A decision and what stood behind it.</summary>
/// <param name="Decided">What the engine says.</param>
/// <param name="Matching">Rules that match, by name.</param>
/// <param name="Close">Other rules, those about the same kind of call and that fail in the fewest parts first.</param>
internal sealed record Explanation(CallDecided Decided, IReadOnlyList<RuleTrial> Matching, IReadOnlyList<RuleTrial> Close)
{
    /// <summary>What its SQL is found to do, without a word of it; null where it carries none.</summary>
    public string? Sql { get; init; }
}
