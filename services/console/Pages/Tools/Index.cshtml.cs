using Chaperone.Console.Web;
using Chaperone.Contracts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Chaperone.Console.Pages.Tools;

/// <summary>The tools that servers have shown: what waits for a decision first.</summary>
internal sealed class IndexModel(Rooms rooms, TimeProvider time) : PageModel
{
    private const int PageSize = 50;

    public ToolPage Tools { get; private set; } = null!;

    public Paging Paging { get; private set; } = null!;

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    public async Task OnGetAsync(int p = 1)
    {
        Tools = await rooms.ListToolsAsync(new ListTools { Offset = Paging.Offset(p, PageSize), Limit = PageSize }, HttpContext.RequestAborted);
        Paging = new Paging(Math.Max(1, p), PageSize, Tools.Total, null);
    }

    /// <summary>A form sent here without saying which: shown the list.</summary>
    public RedirectResult OnPost() => Redirect("/tools");
}
