using Chaperone.Console.SignIn;
using Chaperone.Console.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Chaperone.Console.Pages;

/// <summary>Sends a person to the first page they may see.</summary>
internal sealed class IndexModel(Visitors visitors, BreakGlassWatch watch) : PageModel
{
    public async Task<RedirectResult> OnGetAsync()
    {
        var visitor = visitors.Of(User);
        return Redirect(visitor.Home is ConsolePaths.NoAccess && await watch.LookAsync(visitor, HttpContext.RequestAborted) is not null ? "/break-glass" : visitor.Home);
    }
}
