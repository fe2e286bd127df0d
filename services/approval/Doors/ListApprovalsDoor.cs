using Chaperone.Bus;
using Chaperone.Contracts;

namespace Chaperone.Approval.Doors;

/// <summary>Lists requests.</summary>
internal sealed class ListApprovalsDoor(ApprovalDesk desk) : IDoor<ListApprovals, ApprovalPage>
{
    public async ValueTask<ApprovalPage> AnswerAsync(ListApprovals request, CancellationToken cancellationToken) =>
        await desk.ListAsync(request, cancellationToken);
}
