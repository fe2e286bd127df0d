using Chaperone.Console.SignIn;
using Chaperone.Console.Web;
using Chaperone.Contracts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Chaperone.Console.Pages.Sessions;

/// <summary>Who used what, when; found by words of the masked text and by time.</summary>
internal sealed class IndexModel(Rooms rooms, Visitors visitors, ConsoleJournal journal, SearchTicket tickets, TimeProvider time) : PageModel
{
    private const int PageSize = 50;

    public SessionItem[] Found { get; private set; } = [];

    public Paging Paging { get; private set; } = null!;

    public SearchTerms Terms { get; private set; } = SearchTerms.None;

    /// <summary>Why the words were not understood; null if they were.</summary>
    public string? Problem { get; private set; }

    /// <summary>True when older sessions may match as well.</summary>
    public bool Capped { get; private set; }

    public bool TicketLost { get; private set; }

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    public async Task OnGetAsync(string? s, int p = 1)
    {
        var person = visitors.Of(User).Person;
        Terms = tickets.Open(s, person.Subject) ?? SearchTerms.None;
        TicketLost = s is not null && Terms.IsEmpty;
        if (Terms.Words is not null)
        {
            // That somebody searched is told for ever; the words are not, for they may name a patient.
            await journal.WriteAsync(RecordKind.Review, person, "searched sessions", HttpContext.RequestAborted);
        }

        var page = await rooms.ListSessionsAsync(
            new ListSessions { Search = Terms.Words, From = Terms.From, To = Terms.To, Offset = Paging.Offset(p, PageSize), Limit = PageSize },
            HttpContext.RequestAborted);
        Found = page.Items;
        Problem = page.Problem;
        Capped = page.Capped;
        Paging = new Paging(Math.Max(1, p), PageSize, page.Total, Terms.IsEmpty ? null : s);
    }

    public RedirectResult OnPost(string? words, string? from, string? to)
    {
        var terms = SearchTerms.Of(words, from, to);
        return Redirect(terms.IsEmpty
            ? "/sessions"
            : $"/sessions?s={Uri.EscapeDataString(tickets.Seal(terms, visitors.Of(User).Person.Subject))}");
    }
}
