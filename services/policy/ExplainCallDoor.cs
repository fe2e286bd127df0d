using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Policy.Circumstances;
using Chaperone.Policy.Counting;
using Chaperone.Policy.Explaining;
using Chaperone.Policy.Reloading;
using Chaperone.Policy.Tools;

namespace Chaperone.Policy;

/// <summary>Explains how a made-up call would be decided.</summary>
internal sealed class ExplainCallDoor(PolicyKeeper keeper, ToolBook tools, IPayloadSeal seal, TimeProvider time) : IDoor<ExplainCall, CallExplained>
{
    private const int MostClose = 20;

    /// <inheritdoc/>
    public ValueTask<CallExplained> AnswerAsync(ExplainCall request, CancellationToken cancellationToken)
    {
        var message = seal.Open(request.Message, request.Call.CallId);
        var explanation = new PolicyExplainer(keeper.Current.Document, tools).Explain(request.Call, message, time.GetUtcNow(), SessionCounts.All(request.Counts), request.BreakGlass ? new Glass(request.Call.CallId) : Glass.Whole);
        return ValueTask.FromResult(new CallExplained
        {
            Decision = explanation.Decided.Decision,
            Visible = explanation.Decided.Visible,
            Sql = explanation.Sql,
            Matching = [.. explanation.Matching.Select(Say)],
            Close = [.. explanation.Close.Take(MostClose).Select(Say)],
        });
    }

    private static RuleVerdict Say(RuleTrial trial) => new() { Rule = trial.Rule.Name, Effect = trial.Rule.Effect.ToString().ToLowerInvariant(), Failed = [.. trial.Failed] };
}
