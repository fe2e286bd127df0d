using Chaperone.Console.SignIn;
using Chaperone.Contracts;

namespace Chaperone.Console.Pages.Approvals;

/// <summary>What waits for an answer, as of <paramref name="Now"/>.</summary>
internal sealed record PendingList(ApprovalPage Page, Visitor Visitor, DateTimeOffset Now)
{
    public bool IsMine(ApprovalItem item) => item.Call.Principal.IsSamePerson(Visitor.Person);
}
