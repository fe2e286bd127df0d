using Chaperone.Bus;
using Chaperone.Contracts;

namespace Chaperone.Approval.Doors;

/// <summary>Uses a grant up.</summary>
internal sealed class ClaimApprovalDoor(ApprovalDesk desk) : IDoor<ClaimApproval, ApprovalClaimed>
{
    public async ValueTask<ApprovalClaimed> AnswerAsync(ClaimApproval request, CancellationToken cancellationToken) =>
        await desk.ClaimAsync(request, cancellationToken);
}
