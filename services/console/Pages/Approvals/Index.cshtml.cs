using Chaperone.Console.SignIn;
using Chaperone.Console.Web;
using Chaperone.Contracts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Chaperone.Console.Pages.Approvals;

/// <summary>What waits, and what was decided.</summary>
internal sealed class IndexModel(Rooms rooms, Visitors visitors, SearchTicket tickets, TimeProvider time) : PageModel
{
    private const int PageSize = 25;
    private const int MostPending = 200;

    public PendingList Pending { get; private set; } = null!;

    public ApprovalItem[] Decided { get; private set; } = [];

    public Paging Paging { get; private set; } = null!;

    public SearchTerms Terms { get; private set; } = SearchTerms.None;

    public bool TicketLost { get; private set; }

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    public async Task OnGetAsync(string? s, int p = 1)
    {
        Pending = await PendingAsync();
        Terms = tickets.Open(s, Pending.Visitor.Person.Subject) ?? SearchTerms.None;
        TicketLost = s is not null && Terms.IsEmpty;
        var page = await rooms.ListApprovalsAsync(
            new ListApprovals { Pending = false, Search = Terms.Words, Offset = Paging.Offset(p, PageSize), Limit = PageSize },
            HttpContext.RequestAborted);
        Decided = page.Items;
        Paging = new Paging(Math.Max(1, p), PageSize, page.Total, Terms.IsEmpty ? null : s);
    }

    /// <summary>The pending list alone, for the page's script.</summary>
    public async Task<PartialViewResult> OnGetPendingAsync() => Partial("_Pending", await PendingAsync());

    /// <summary>A form sent here without saying which: shown the list.</summary>
    public RedirectResult OnPost() => Redirect("/approvals");

    public RedirectResult OnPostSearch(string? words)
    {
        var terms = SearchTerms.Of(words, null, null);
        return Redirect(terms.IsEmpty
            ? "/approvals#decided"
            : $"/approvals?s={Uri.EscapeDataString(tickets.Seal(terms, visitors.Of(User).Person.Subject))}#decided");
    }

    private async Task<PendingList> PendingAsync()
    {
        var page = await rooms.ListApprovalsAsync(new ListApprovals { Pending = true, Limit = MostPending }, HttpContext.RequestAborted);
        return new PendingList(page, visitors.Of(User), time.GetUtcNow());
    }
}
