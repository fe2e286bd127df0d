using Chaperone.Policy.Documents;

namespace Chaperone.Policy.Explaining;

/// <summary>One rule held against a call.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Failed">The parts of its match that do not fit, without values of arguments; empty when it matches.</param>
internal sealed record RuleTrial(PolicyRule Rule, IReadOnlyList<string> Failed);
