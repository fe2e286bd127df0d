using Chaperone.Bus;
using Chaperone.Contracts;

namespace Chaperone.Approval.Doors;

/// <summary>Takes a request back.</summary>
internal sealed class WithdrawApprovalDoor(ApprovalDesk desk) : IDoor<WithdrawApproval, ApprovalStatus>
{
    public async ValueTask<ApprovalStatus> AnswerAsync(WithdrawApproval request, CancellationToken cancellationToken) =>
        await desk.WithdrawAsync(request, cancellationToken);
}
