using Chaperone.Console.SignIn;
using Chaperone.Console.Web;
using Chaperone.Contracts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Chaperone.Console.Pages.Approvals;

/// <summary>Where the link of a card leads: used up by an approver who is signed in (a scanner that follows it is not), and on to the request.</summary>
internal sealed class OpenModel(Rooms rooms, Visitors visitors) : PageModel
{
    private const int LongestLink = 1000;

    public async Task<IActionResult> OnGetAsync(string? link)
    {
        var visitor = visitors.Of(User);
        if (!visitor.Is(ConsoleRoles.Approver))
        {
            return Refuse(StatusCodes.Status403Forbidden, "This link is for approvers", "You may read requests; look for it in the list of approvals.");
        }

        var opened = string.IsNullOrEmpty(link) || link.Length > LongestLink
            ? new CardLinkOpened { Problem = "The link was cut short. Open the request from the list of approvals." }
            : await rooms.OpenCardLinkAsync(new OpenCardLink { Token = link, Person = visitor.Person }, HttpContext.RequestAborted);
        return opened is { Problem: null, ApprovalId: { } id }
            ? Redirect($"/approvals/{Uri.EscapeDataString(id)}")
            : Refuse(StatusCodes.Status410Gone, "This link leads nowhere", opened.Problem ?? "Open the request from the list of approvals.");
    }

    private ViewResult Refuse(int status, string title, string advice) => TroublePage.Show(new Trouble(status, title, advice), PageContext, MetadataProvider);
}
