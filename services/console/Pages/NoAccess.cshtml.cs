using Chaperone.Console.SignIn;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Chaperone.Console.Pages;

/// <summary>Default deny, said plainly.</summary>
internal sealed class NoAccessModel(Visitors visitors) : PageModel
{
    public Visitor Visitor => visitors.Of(User);

    public void OnGet() => Response.StatusCode = StatusCodes.Status403Forbidden;
}
