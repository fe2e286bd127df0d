using Chaperone.Console.SignIn;
using Chaperone.Contracts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Chaperone.Console.Pages;

/// <summary>How the ledger stands, and the order to verify it now.</summary>
internal sealed class IntegrityModel(Rooms rooms, Visitors visitors, TimeProvider time) : PageModel
{
    public IntegrityReport Report { get; private set; } = null!;

    [TempData(Key = "console.verified")]
    public string? Verified { get; set; }

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    public async Task OnGetAsync() =>
        Report = await rooms.ReadIntegrityAsync(new ReadIntegrity(), HttpContext.RequestAborted);

    public async Task<RedirectResult> OnPostAsync()
    {
        var report = await rooms.ReadIntegrityAsync(
            new ReadIntegrity { VerifyNow = true, Actor = visitors.Of(User).Person },
            HttpContext.RequestAborted);
        Verified = (report.VerifiedOk ? "+" : "-") + (report.VerifiedResult ?? "The recorder said nothing about the result.");
        return Redirect("/integrity");
    }
}
