using System.Text;
using Chaperone.Bus.Sealing;
using Chaperone.Console.SignIn;
using Chaperone.Console.Web;
using Chaperone.Contracts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Chaperone.Console.Pages.Glass;

/// <summary>Break-glass: who may, opens a window here with a reason; who reviews, sees what waits for them.</summary>
internal sealed class IndexModel(Rooms rooms, Visitors visitors, BreakGlassWatch watch, IPayloadSeal seal, TimeProvider time) : PageModel
{
    public const int MinReason = 10;
    public const int MaxReason = 500;
    private const int PageSize = 50;

    public BreakGlassView View { get; private set; } = null!;

    public Paging Paging { get; private set; } = null!;

    public string? Problem { get; private set; }

    public string? Typed { get; private set; }

    public int Minutes { get; private set; }

    [TempData(Key = "console.glass")]
    public string? Answer { get; set; }

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    public async Task<IActionResult> OnGetAsync(int p = 1) => await LoadAsync(p) ? Page() : Nothing();

    public async Task<IActionResult> OnPostAsync(string? reason, int? minutes)
    {
        if (!await LoadAsync(1))
        {
            return Nothing();
        }

        var words = reason?.ReplaceLineEndings("\n").Trim() ?? "";
        Minutes = minutes ?? 0;
        Typed = reason;
        if (!View.MayOpen)
        {
            return Refuse("You are in no group that may break the glass.");
        }

        if (words.Length is < MinReason or > MaxReason)
        {
            return Refuse($"Give a reason of {MinReason} to {MaxReason} characters; it is recorded, sealed, and read by whoever reviews this.");
        }

        if (Minutes < 1 || Minutes > View.Report.MostMinutes)
        {
            return Refuse($"A window lasts 1 to {View.Report.MostMinutes} minutes.");
        }

        var id = Guid.CreateVersion7(time.GetUtcNow());
        var answer = await rooms.ChangeBreakGlassAsync(
            new ChangeBreakGlass { Change = BreakGlassChange.Open, WindowId = id, Actor = View.Visitor.Person, Minutes = Minutes, Words = seal.Seal(Encoding.UTF8.GetBytes(words), id) },
            HttpContext.RequestAborted);
        watch.Forget();
        if (!answer.Done)
        {
            return Refuse(answer.Problem ?? "The policy room did not open it and did not say why.");
        }

        Answer = "Your window is open. Call again now; everything you do is recorded. Close it as soon as you can.";
        return Redirect("/break-glass");
    }

    private async Task<bool> LoadAsync(int page)
    {
        var report = await rooms.ReadBreakGlassAsync(new ReadBreakGlass { Offset = Paging.Offset(page, PageSize), Limit = PageSize }, HttpContext.RequestAborted);
        View = BreakGlassView.Of(report, visitors.Of(User));
        Paging = new Paging(Math.Max(1, page), PageSize, report.Closed, null);
        Minutes = Math.Min(15, report.MostMinutes);
        return View.SeesAny;
    }

    private PageResult Refuse(string problem)
    {
        Problem = problem;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private ViewResult Nothing() => TroublePage.Show(
        new Trouble(StatusCodes.Status403Forbidden, "No break-glass for you", "None of your groups may break the glass or review its use. The policy file says which may (break_glass)."),
        PageContext,
        MetadataProvider);
}
