using Chaperone.Approval.Store;
using Chaperone.Bus;
using Chaperone.Contracts;

namespace Chaperone.Approval.Doors;

/// <summary>Remembers who signed in to the console as an approver.</summary>
internal sealed class NoteApproverDoor(PersonStore people) : IDoor<NoteApprover, ApproverNoted>
{
    public async ValueTask<ApproverNoted> AnswerAsync(NoteApprover request, CancellationToken cancellationToken)
    {
        if (!request.Person.IsNamed())
        {
            throw new ArgumentException("A note about an approver must name issuer and subject.", nameof(request));
        }

        await people.NoteAsync(request, cancellationToken);
        return new ApproverNoted { Known = request.Present && !string.IsNullOrWhiteSpace(request.Person.Email) };
    }
}
