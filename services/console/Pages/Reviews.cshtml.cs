using System.Security.Cryptography;
using System.Text;
using Chaperone.Bus.Sealing;
using Chaperone.Console.SignIn;
using Chaperone.Contracts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Chaperone.Console.Pages;

/// <summary>Reviews of the records by people (45 CFR 164.308(a)(1)(ii)(D)): planned, drawn, judged session by session, and signed. Each step is a record of the ledger.</summary>
internal sealed class ReviewsModel(Rooms rooms, Visitors visitors, IPayloadSeal seal, TimeProvider time) : PageModel
{
    public const int MaxWords = 2_000;

    private Guid _request;

    public ReviewBoard Board { get; private set; } = new();

    /// <summary>The run that is open on the page; null for the list.</summary>
    public ReviewRun? Run { get; private set; }

    /// <summary>True for who may plan and sign.</summary>
    public bool MaySign { get; private set; }

    /// <summary>True for who may write findings.</summary>
    public bool MayJudge { get; private set; }

    /// <summary>What was typed, where it was refused.</summary>
    public ReviewForm Form { get; private set; } = new();

    public string? Problem { get; private set; }

    [TempData(Key = "console.reviews")]
    public string? Answer { get; set; }

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    public async Task<IActionResult> OnGetAsync(Guid? run)
    {
        await LoadAsync(run);
        return run is null || Run is not null ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(Guid? run, [FromForm] ReviewForm form)
    {
        await LoadAsync(run);
        Form = form;
        if (ChangeOf(form.Do) is not { } change)
        {
            return Refuse("Choose what to do.");
        }

        if (change == ReviewChange.Judge ? !MayJudge : !MaySign)
        {
            return Refuse(change == ReviewChange.Judge ? "Only analysts and reviewers write findings." : "Only people of a group of Console:ReviewerGroups plan and sign reviews.");
        }

        var id = Guid.CreateVersion7(time.GetUtcNow());
        var words = form.Words?.ReplaceLineEndings("\n").Trim() ?? "";
        var answer = await rooms.ChangeReviewsAsync(
            new ChangeReviews
            {
                RequestId = id,
                Change = change,
                Actor = visitors.Of(User).Person,
                Plan = change == ReviewChange.Plan ? PlanOf(form) : null,
                PlanId = form.Plan,
                RunId = run,
                SessionId = form.Session,
                Verdict = Enum.TryParse<ReviewVerdict>(form.Verdict, ignoreCase: true, out var verdict) && Enum.IsDefined(verdict) ? verdict : null,
                Words = words.Length == 0 ? null : seal.Seal(Encoding.UTF8.GetBytes(words), id),
            },
            HttpContext.RequestAborted);
        if (!answer.Done)
        {
            return Refuse(answer.Problem ?? "The recorder did not do it and did not say why.");
        }

        Answer = change switch
        {
            ReviewChange.Plan => "The review is planned. Its first run is drawn within a minute, of the last period that is over.",
            ReviewChange.End => "The plan is ended.",
            ReviewChange.Judge => "The finding is recorded.",
            _ => "The review is signed.",
        };
        return Redirect(run is null ? "/reviews" : $"/reviews/{run}");
    }

    public string? Words(SealedPayload? words)
    {
        try
        {
            return words is null ? null : Encoding.UTF8.GetString(seal.Open(words, _request));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>True for an open run whose time is over.</summary>
    public bool IsOverdue(ReviewRun run) => run.SignedOff is null && run.DueAt <= Now;

    public static string Person(ReviewAct act) => Web.Say.Visible(act.Name is { Length: > 0 } name ? name : act.Subject);

    public static string Cadence(ReviewCadence cadence) => cadence.ToString().ToLowerInvariant();

    /// <summary>Which sessions, in words.</summary>
    public static string Scope(ReviewPlan plan)
    {
        var parts = new[] { plan.Server is { } server ? $"server {server}" : null, plan.User is { } user ? $"person {user}" : null, plan.OnlyRefused ? "with something refused" : null };
        var said = string.Join(", ", parts.Where(p => p is not null));
        return said.Length == 0 ? "all sessions" : $"sessions: {Web.Say.Visible(said)}";
    }

    private static ReviewPlan PlanOf(ReviewForm form) => new()
    {
        PlanId = Guid.Empty,
        Name = form.Name ?? "",
        Cadence = form.Cadence switch { "weekly" => ReviewCadence.Weekly, "quarterly" => ReviewCadence.Quarterly, _ => ReviewCadence.Monthly },
        Server = form.Server,
        User = form.User,
        OnlyRefused = form.OnlyRefused,
        Sample = form.Sample ?? 0,
        DueDays = form.DueDays ?? 0,
    };

    private static ReviewChange? ChangeOf(string? word) => word switch
    {
        "plan" => ReviewChange.Plan,
        "end" => ReviewChange.End,
        "judge" => ReviewChange.Judge,
        "sign" => ReviewChange.Sign,
        _ => null,
    };

    private async Task LoadAsync(Guid? run)
    {
        _request = Guid.CreateVersion7(time.GetUtcNow());
        var visitor = visitors.Of(User);
        (MaySign, MayJudge) = (visitor.MayReview, visitor.SeesSessions || visitor.MayReview);
        Board = await rooms.ReadReviewsAsync(new ReadReviews { RequestId = _request, RunId = run }, HttpContext.RequestAborted);
        Run = Board.Runs.FirstOrDefault(r => r.RunId == run);
    }

    private PageResult Refuse(string problem)
    {
        Problem = problem;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
