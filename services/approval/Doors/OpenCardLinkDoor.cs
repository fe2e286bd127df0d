using Chaperone.Approval.Notices;
using Chaperone.Bus;
using Chaperone.Contracts;

namespace Chaperone.Approval.Doors;

/// <summary>Uses the link of a card up.</summary>
internal sealed class OpenCardLinkDoor(CardLinks links, ApprovalDesk desk, TimeProvider time) : IDoor<OpenCardLink, CardLinkOpened>
{
    public async ValueTask<CardLinkOpened> AnswerAsync(OpenCardLink request, CancellationToken cancellationToken)
    {
        if (links.Read(request.Token) is not { } link || !request.Person.IsNamed())
        {
            return new CardLinkOpened { Problem = Sentences.LinkUnknown };
        }

        var id = ApprovalNumber.Format(link.Number);
        var problem = time.GetUtcNow() >= link.ExpiresAt ? Sentences.LinkOver(id)
            : await desk.OpenLinkAsync(link, request.Person, cancellationToken) ? null
            : Sentences.LinkUsed(id);
        return new CardLinkOpened { ApprovalId = id, Problem = problem };
    }
}
