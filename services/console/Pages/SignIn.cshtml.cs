using Chaperone.Console.SignIn;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Chaperone.Console.Pages;

/// <summary>The door: a page with one link, so that nobody is sent to the identity provider unasked.</summary>
internal sealed class SignInModel : PageModel
{
    public string ReturnUrl { get; private set; } = "/";

    public string? Problem { get; private set; }

    public bool SignedOut { get; private set; }

    public void OnGet(string? returnUrl, string? problem, string? @out)
    {
        ReturnUrl = ReturnPath.Safe(returnUrl);
        SignedOut = @out is not null;
        (Problem, Response.StatusCode) = problem switch
        {
            null => (null, StatusCodes.Status200OK),
            "recorder" => ("You could not be signed in: sign-ins are recorded first, and the recorder room does not answer. Try again in a moment.", StatusCodes.Status503ServiceUnavailable),
            "provider" => ("The identity provider does not answer. Try again in a moment; if it stays away, tell whoever runs Chaperone.", StatusCodes.Status503ServiceUnavailable),
            _ => ("The sign-in did not succeed. The attempt was recorded. Start again from here; old sign-in pages do not work twice.", StatusCodes.Status403Forbidden),
        };
    }
}
