using Chaperone.Bus;
using Chaperone.Contracts;

namespace Chaperone.Edge.Approvals;

/// <summary>Hears decisions and wakes the calls of this edge that wait for them.</summary>
internal sealed class ApprovalNews(ApprovalWaits waits) : IHear<ApprovalDecided>
{
    public ValueTask HearAsync(ApprovalDecided heard, CancellationToken cancellationToken)
    {
        waits.Wake(heard.Status.ApprovalId);
        return ValueTask.CompletedTask;
    }
}
