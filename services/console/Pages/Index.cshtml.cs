using Chaperone.Console.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Chaperone.Console.Pages;

/// <summary>Sends a person to the first page they may see.</summary>
internal sealed class IndexModel(Visitors visitors) : PageModel
{
    public RedirectResult OnGet() => Redirect(visitors.Of(User).Home);
}
