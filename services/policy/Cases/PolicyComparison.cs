using Chaperone.Contracts;
using Chaperone.Policy.Circumstances;
using Chaperone.Policy.Counting;
using Chaperone.Policy.Deciding;
using Chaperone.Policy.Documents;
using Chaperone.Policy.Tools;

namespace Chaperone.Policy.Cases;

/// <summary>Decides recorded calls by two policies, each as at the time it was received, under the break-glass window that it had, and with no counter of its session running.</summary>
internal sealed class PolicyComparison(PolicyDocument before, PolicyDocument after, ToolBook? tools = null)
{
    private static readonly SessionCounts NoCounts = SessionCounts.All(0);
    private readonly PolicyEngine _before = new(before, tools);
    private readonly PolicyEngine _after = new(after, tools);

    /// <summary>What differs about <paramref name="call"/>; null when both decide alike.</summary>
    public CallDifference? Of(CallFacts call, ReadOnlyMemory<byte> message, Glass glass = default)
    {
        var (was, becomes) = (Decide(_before, call, message, glass), Decide(_after, call, message, glass));
        return was == becomes ? null : new CallDifference
        {
            CallId = call.CallId,
            SessionId = call.SessionId,
            ReceivedAt = call.ReceivedAt,
            Subject = call.Principal.Subject,
            Server = call.Server,
            Method = call.Method,

            // URIs of resources can hold what is about a patient.
            Target = call.Method is "tools/call" or "prompts/get" ? call.Target : null,
            Was = was,
            Becomes = becomes,
        };
    }

    private static TrialDecision Decide(PolicyEngine engine, CallFacts call, ReadOnlyMemory<byte> message, Glass glass)
    {
        var decision = engine.Decide(call, message, counts: NoCounts, glass: glass).Decision;
        return new TrialDecision
        {
            Effect = decision.Effect,
            Rule = decision.Rule,
            Masking = decision.Masking + string.Concat(decision.Exempt.Select(e => $" -{e}")),
        };
    }
}
