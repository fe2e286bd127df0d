using Chaperone.Policy.Circumstances;
using Chaperone.Policy.Counting;
using Chaperone.Policy.Deciding;
using Chaperone.Policy.Documents;

namespace Chaperone.Policy.Cases;

/// <summary>Runs cases against a policy.</summary>
internal sealed class CaseRunner(PolicyDocument policy)
{
    private readonly PolicyEngine _plain = new(policy, CaseFile.NoTools);

    /// <summary>What comes out otherwise than <paramref name="test"/> expects, for people; null when it passes.</summary>
    public string? Run(PolicyCase test)
    {
        var engine = ReferenceEquals(test.Tools, CaseFile.NoTools) ? _plain : new PolicyEngine(policy, test.Tools);
        return test.Expected.Differs(engine.Decide(test.Call, test.Message, counts: SessionCounts.All(test.Counts), glass: test.BreakGlass ? new Glass(Guid.AllBitsSet) : Glass.Whole));
    }
}
