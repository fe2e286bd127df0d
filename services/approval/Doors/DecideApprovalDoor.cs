using Chaperone.Bus;
using Chaperone.Contracts;

namespace Chaperone.Approval.Doors;

/// <summary>Takes a person's answer.</summary>
internal sealed class DecideApprovalDoor(ApprovalDesk desk) : IDoor<DecideApproval, ApprovalAnswered>
{
    public async ValueTask<ApprovalAnswered> AnswerAsync(DecideApproval request, CancellationToken cancellationToken) =>
        await desk.DecideAsync(request, cancellationToken);
}
