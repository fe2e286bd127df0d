using Chaperone.Contracts;
using Chaperone.Policy.Deciding;
using Chaperone.Policy.Documents;
using Chaperone.Policy.Explaining;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using static Chaperone.Policy.Tests.PolicyText;

namespace Chaperone.Policy.Tests.Deciding;

/// <summary>An explanation that says other than the engine decides would be worse than none.</summary>
public sealed class ExplainerTests
{
    [Property(MaxTest = 300)]
    public Property Explanation_AgreesWithTheDecision() => Prop.ForAll(
            (from rules in RandomPolicy.Rules
             from asked in RandomPolicy.Asked
             select (rules, asked)).ToArbitrary(),
            sample =>
            {
                var document = Document(RandomPolicy.Yaml(sample.rules));
                var explained = new PolicyExplainer(document).Explain(sample.asked.Call, sample.asked.Message);
                var decision = new PolicyEngine(document).Decide(sample.asked.Call, sample.asked.Message).Decision;
                var matching = explained.Matching.Select(t => t.Rule).ToArray();
                return explained.Decided.Decision.Rule == decision.Rule
                    && (decision.Effect != CallEffect.Allow || decision.Rule == PolicyEngine.Lifecycle
                        || (matching.Any(r => r.Name == decision.Rule) && matching.All(r => r.Effect == RuleEffect.Allow)))
                    && (decision.Effect != CallEffect.Hold || (matching.Any(r => r.Name == decision.Rule) && matching.All(r => r.Effect != RuleEffect.Deny)));
            });
}
