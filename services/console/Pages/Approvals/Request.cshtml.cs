using Chaperone.Bus.Sealing;
using Chaperone.Console.SignIn;
using Chaperone.Console.Web;
using Chaperone.Contracts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Chaperone.Console.Pages.Approvals;

/// <summary>One request with all an approver needs, and the approver's answer.</summary>
internal sealed class RequestModel(Rooms rooms, Visitors visitors, IPayloadSeal seal, TimeProvider time) : PageModel
{
    public const int MaxReason = 1000;

    private static readonly int[] Minutes = [15, 30, 60, 120, 240];

    public ApprovalItem Item { get; private set; } = null!;

    public Visitor Visitor { get; private set; } = null!;

    public PayloadText Arguments { get; private set; } = null!;

    public PayloadText Message { get; private set; } = null!;

    /// <summary>Why this person cannot answer; null if the buttons are theirs.</summary>
    public string? Bar { get; private set; }

    /// <summary>False where not all of the request can be seen: then only a no is offered.</summary>
    public bool MayApprove { get; private set; }

    /// <summary>The original arguments, once asked for with a reason.</summary>
    public PayloadText? Revealed { get; private set; }

    /// <summary>Why they are not shown.</summary>
    public string? RevealProblem { get; private set; }

    public string? Typed { get; private set; }

    public string? Problem { get; private set; }

    [TempData(Key = "console.answer")]
    public string? Answer { get; set; }

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    public bool IsOpen => Item.Status.State == ApprovalState.Pending;

    /// <summary>True where this person may end a yes that holds for further calls.</summary>
    public bool MayEndGrant => Item.GrantUntil > Now && Item.Status.State != ApprovalState.Pending
        && Visitor.Is(ConsoleRoles.Approver) && !Item.Call.Principal.IsSamePerson(Visitor.Person) && FitsASeat(Item, Visitor);

    /// <summary>Times to choose from for which a yes may hold for further calls; none where policy allows this call only.</summary>
    public IReadOnlyList<int> GrantMinutes => Item is { Requirement.GrantUpTo: { } most, Call.Method: "tools/call" }
        ? [.. Minutes.Where(m => m < most.TotalMinutes).Append((int)most.TotalMinutes)]
        : [];

    public async Task<IActionResult> OnGetAsync(string id)
    {
        if (!await LoadAsync(id))
        {
            return Missing();
        }

        if (IsOpen && Visitor.Is(ConsoleRoles.Approver) && !Item.Call.Principal.IsSamePerson(Visitor.Person))
        {
            await rooms.SeeApprovalAsync(new SeeApproval { ApprovalId = Item.Status.ApprovalId, Person = Visitor.Person, Channel = "console" }, HttpContext.RequestAborted);
        }

        return Page();
    }

    /// <summary>Where the request stands, for the page's script: state and votes, nothing else.</summary>
    public async Task<IActionResult> OnGetStateAsync(string id) =>
        await LoadAsync(id) ? Content($"{Item.Status.State}/{Item.Votes.Length}", "text/plain") : NotFound();

    public async Task<IActionResult> OnPostAsync(string id, string? decision, string? reason, int? grant)
    {
        if (!await LoadAsync(id))
        {
            return Missing();
        }

        var words = reason?.ReplaceLineEndings("\n").Trim();
        var approve = decision == "approve";
        Problem = decision switch
        {
            _ when !Visitor.Is(ConsoleRoles.Approver) => "Only approvers answer requests.",
            "approve" when !MayApprove => "Not all of this request can be shown, so it cannot be approved here.",
            "deny" when string.IsNullOrEmpty(words) => "A denial needs a reason: the requester will read it.",
            "approve" when Item.Requirement.ReasonRequired && string.IsNullOrEmpty(words) => "The policy asks for a reason: write why before you approve.",
            "approve" when grant is not (null or 0) && !GrantMinutes.Contains(grant.Value) => "The policy does not let a yes hold that long; choose one of the times.",
            "approve" or "deny" when words?.Length > MaxReason => $"The reason is longer than {Say.Count(MaxReason)} characters.",
            "approve" or "deny" => null,
            _ => "Choose Approve or Deny.",
        };
        if (Problem is not null)
        {
            Typed = reason;
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        var answered = await rooms.DecideApprovalAsync(
            new DecideApproval
            {
                ApprovalId = Item.Status.ApprovalId,
                Decider = Visitor.Person,
                Approve = approve,
                Reason = string.IsNullOrEmpty(words) ? null : words,
                Channel = "console",
                GrantFor = approve && grant is > 0 ? TimeSpan.FromMinutes(grant.Value) : null,
            },
            HttpContext.RequestAborted);
        Answer = (answered.Accepted ? "+" : "-") + Result(answered, approve);
        return Redirect($"/approvals/{Uri.EscapeDataString(id)}");
    }

    /// <summary>Shows the original arguments on this one answer, which no cache keeps; the room has recorded it before.</summary>
    public async Task<IActionResult> OnPostRevealAsync(string id, string? why)
    {
        if (!await LoadAsync(id))
        {
            return Missing();
        }

        var words = why?.ReplaceLineEndings("\n").Trim() ?? "";
        var shown = words.Length is 0 or > MaxReason
            ? new ArgumentsRevealed { Problem = "Say in at most 1,000 characters why you have to see the original values; it is recorded." }
            : await rooms.RevealArgumentsAsync(
                new RevealArguments { ApprovalId = Item.Status.ApprovalId, Person = Visitor.Person, Reason = words }, HttpContext.RequestAborted);
        RevealProblem = shown.Problem;
        Revealed = shown.Message is { } message ? PayloadText.OpenArguments(seal, message, Item.Call.CallId) : null;
        Response.StatusCode = Revealed is null ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK;
        return Page();
    }

    private static string Result(ApprovalAnswered answered, bool approve) => answered switch
    {
        { Accepted: false } => $"Your answer did not count: {answered.Problem ?? "the approval room gave no reason."}",
        { Status.State: not (ApprovalState.Pending or ApprovalState.Denied) } when !approve => "The grant has ended. Further calls are held again.",
        { Status.State: ApprovalState.Pending } => "Your approval counts. More people are needed before the call may run.",
        _ when approve => "Approved. The exact call may run once.",
        _ => "Denied. The call will not run, and the requester is told why.",
    };

    private async Task<bool> LoadAsync(string id)
    {
        if (id.Length > 64)
        {
            return false;
        }

        Visitor = visitors.Of(User);
        var item = await FindAsync(id, pending: true) ?? await FindAsync(id, pending: false);
        if (item is null)
        {
            return false;
        }

        Item = item;
        Arguments = PayloadText.OpenArguments(seal, item.MaskedRequest, item.Call.CallId);
        Message = PayloadText.Open(seal, item.MaskedRequest, item.Call.CallId);
        MayApprove = Message is { Problem: null, Cut: false };
        Bar = BarOf(item, Visitor);
        return true;
    }

    private async Task<ApprovalItem?> FindAsync(string id, bool pending)
    {
        var page = await rooms.ListApprovalsAsync(new ListApprovals { Pending = pending, ApprovalId = id, Limit = 1 }, HttpContext.RequestAborted);
        return page.Items.FirstOrDefault(i => string.Equals(i.Status.ApprovalId, id, StringComparison.Ordinal));
    }

    /// <summary>The approval room decides; this only keeps people from buttons that cannot work.</summary>
    private static string? BarOf(ApprovalItem item, Visitor visitor)
    {
        if (item.Call.Principal.IsSamePerson(visitor.Person))
        {
            return "This is your own request. Somebody else has to answer it.";
        }

        if (!visitor.Is(ConsoleRoles.Approver))
        {
            return "Only approvers answer requests; you may read them.";
        }

        if (item.Votes.Any(v => v.Decider.IsSamePerson(visitor.Person)))
        {
            return "You have answered this request. Each person answers once.";
        }

        return FitsASeat(item, visitor)
            ? null
            : $"This request is for the role {Say.Visible(item.Requirement.Role)}, and none of your groups belongs to it.";
    }

    private static bool FitsASeat(ApprovalItem item, Visitor visitor)
    {
        var groups = item.Requirement.AllSeats().SelectMany(s => s.Groups).Concat(item.Requirement.Escalation?.Groups ?? []);
        return groups.Intersect(visitor.Person.Groups, StringComparer.Ordinal).Any();
    }

    private ViewResult Missing() => TroublePage.Show(
        new Trouble(StatusCodes.Status404NotFound, "No such request", "There is no request for approval with that number. It may have been mistyped."),
        PageContext,
        MetadataProvider);
}
