using Chaperone.Bus;
using Chaperone.Contracts;

namespace Chaperone.Approval.Doors;

/// <summary>Notes that an approver looks at a request.</summary>
internal sealed class SeeApprovalDoor(ApprovalDesk desk) : IDoor<SeeApproval, ApprovalSeen>
{
    public async ValueTask<ApprovalSeen> AnswerAsync(SeeApproval request, CancellationToken cancellationToken) =>
        new() { Recorded = await desk.SeeAsync(request, cancellationToken) };
}
