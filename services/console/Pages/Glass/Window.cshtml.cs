using System.Security.Cryptography;
using System.Text;
using Chaperone.Bus.Sealing;
using Chaperone.Console.SignIn;
using Chaperone.Console.Web;
using Chaperone.Contracts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Chaperone.Console.Pages.Glass;

/// <summary>One break-glass window: why it was opened, how it ended, and its review.</summary>
internal sealed class WindowModel(Rooms rooms, Visitors visitors, BreakGlassWatch watch, IPayloadSeal seal, TimeProvider time) : PageModel
{
    public const int MinFindings = 10;
    public const int MaxFindings = 2000;

    public BreakGlassView View { get; private set; } = null!;

    public BreakGlassWindow Item { get; private set; } = null!;

    public string? Problem { get; private set; }

    public string? Typed { get; private set; }

    [TempData(Key = "console.glass")]
    public string? Answer { get; set; }

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    /// <summary>The calls under it, for who may search.</summary>
    public string Calls => QueryString.Empty.Add("user", Item.Opener.Subject).Add("range", "all").ToString();

    public async Task<IActionResult> OnGetAsync(Guid id) => await LoadAsync(id) ? Page() : Missing();

    public async Task<IActionResult> OnPostAsync(Guid id, [FromForm(Name = "Do")] string? what, string? findings)
    {
        if (!await LoadAsync(id))
        {
            return Missing();
        }

        var words = findings?.ReplaceLineEndings("\n").Trim() ?? "";
        Typed = findings;
        Problem = what switch
        {
            "close" => View.MayClose(Item) ? null : "Only whoever opened it, an admin or a reviewer closes a window that is open.",
            "justified" or "unjustified" when !View.Reviews(Item) => "Only a reviewer who did not open it signs off a window, once, when it has ended.",
            "justified" or "unjustified" when words.Length is < MinFindings or > MaxFindings => $"Say what you found, in {MinFindings} to {MaxFindings} characters.",
            "justified" or "unjustified" => null,
            _ => "Choose what to do.",
        };
        if (Problem is not null)
        {
            return Refuse();
        }

        var answer = await rooms.ChangeBreakGlassAsync(
            new ChangeBreakGlass
            {
                Change = what == "close" ? BreakGlassChange.Close : BreakGlassChange.Review,
                WindowId = id,
                Actor = View.Visitor.Person,
                Justified = what == "justified",
                Words = what == "close" ? null : seal.Seal(Encoding.UTF8.GetBytes(words), id),
            },
            HttpContext.RequestAborted);
        watch.Forget();
        if (!answer.Done)
        {
            Problem = answer.Problem ?? "The policy room did not do it and did not say why.";
            return Refuse();
        }

        Answer = what == "close" ? "The window is closed. It waits for a review." : "Your review is recorded.";
        return Redirect($"/break-glass/{id:n}");
    }

    public string? Open(SealedPayload? words)
    {
        try
        {
            return words is null ? null : Encoding.UTF8.GetString(seal.Open(words, Item.WindowId));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private async Task<bool> LoadAsync(Guid id)
    {
        var report = await rooms.ReadBreakGlassAsync(new ReadBreakGlass { WindowId = id }, HttpContext.RequestAborted);
        View = BreakGlassView.Of(report, visitors.Of(User));
        if (report.Windows.FirstOrDefault(w => w.WindowId == id) is not { } item || !View.Sees(item))
        {
            return false;
        }

        Item = item;
        return true;
    }

    private PageResult Refuse()
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private ViewResult Missing() => TroublePage.Show(
        new Trouble(StatusCodes.Status404NotFound, "No such window", "There is no break-glass window with that number that you may see."),
        PageContext,
        MetadataProvider);
}
