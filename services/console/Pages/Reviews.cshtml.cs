using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Chaperone.Bus.Sealing;
using Chaperone.Console.Search;
using Chaperone.Console.SignIn;
using Chaperone.Contracts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Chaperone.Console.Pages;

/// <summary>Reviews of the records by people (45 CFR 164.308(a)(1)(ii)(D)): planned, drawn, judged session by session, and signed. Each step is a record of the ledger.</summary>
internal sealed class ReviewsModel(Rooms rooms, Visitors visitors, SavedSearches searches, IPayloadSeal seal, TimeProvider time) : PageModel
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

    /// <summary>The visitor's saved searches that look for something, for who may plan.</summary>
    public SavedQuestion[] Searches { get; private set; } = [];

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

        var search = Searches.FirstOrDefault(s => s.Id == form.Search);
        if (change == ReviewChange.Plan && form.Search is not null && search is null)
        {
            return Refuse("That saved search is gone: choose another, or none.");
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
                Terms = change == ReviewChange.Plan && search is not null ? seal.Seal(JsonSerializer.SerializeToUtf8Bytes(new MessageTerms { Words = search.Question.Words, Filters = search.Question.Filters }), id) : null,
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

    /// <summary>What the search of a plan or a run looks for, in words; null where it has none, or it no longer opens.</summary>
    public string? Terms(Guid id)
    {
        try
        {
            return Board.Terms.FirstOrDefault(t => t.Id == id) is { } sealedTerms && JsonSerializer.Deserialize<MessageTerms>(seal.Open(sealedTerms.Terms, _request)) is { } terms
                ? string.Join(", ", (terms.Words is { } words ? [words] : Array.Empty<string>())
                    .Concat(terms.Filters.Select(f => $"{Question.Fields.First(q => q.Field == f.Field).Label.ToLowerInvariant()} {f.Value}")))
                : null;
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
        var parts = new[] { plan.Server is { } server ? $"server {server}" : null, plan.User is { } user ? $"person {user}" : null, plan.OnlyRefused ? "with something refused" : null, plan.Searched ? "that its search finds" : null };
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
        Searches = MaySign && run is null ? [.. (await searches.ListAsync(visitor.Person, HttpContext.RequestAborted)).Where(s => s.Question.IsNarrowed)] : [];
    }

    private PageResult Refuse(string problem)
    {
        Problem = problem;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
