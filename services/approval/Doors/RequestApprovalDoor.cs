using Chaperone.Bus;
using Chaperone.Contracts;

namespace Chaperone.Approval.Doors;

/// <summary>Asks people for a held call.</summary>
internal sealed class RequestApprovalDoor(ApprovalDesk desk) : IDoor<RequestApproval, ApprovalStatus>
{
    public async ValueTask<ApprovalStatus> AnswerAsync(RequestApproval request, CancellationToken cancellationToken) =>
        await desk.RequestAsync(request, cancellationToken);
}
