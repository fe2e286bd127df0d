using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.Policy.Limits;

namespace Chaperone.Policy;

/// <summary>Counts what a call under limits used.</summary>
internal sealed class SettleCallDoor(LimitDesk limits) : IDoor<SettleCall, CallSettled>
{
    /// <inheritdoc/>
    public async ValueTask<CallSettled> AnswerAsync(SettleCall request, CancellationToken cancellationToken)
    {
        await limits.SettleAsync(request, cancellationToken);
        return new CallSettled { CallId = request.CallId };
    }
}
