using System.Security.Cryptography;
using System.Text;
using Chaperone.Bus.Sealing;
using Chaperone.Console.SignIn;
using Chaperone.Console.Web;
using Chaperone.Contracts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Chaperone.Console.Pages;

/// <summary>How long records are kept, what is on hold, and what two people destroy. Everything done here is recorded with its reason.</summary>
internal sealed class RetentionModel(Rooms rooms, Visitors visitors, IPayloadSeal seal, TimeProvider time) : PageModel
{
    public const int MinReason = 10;
    public const int MaxReason = 500;

    private Guid _request;

    public RetentionReport Report { get; private set; } = null!;

    /// <summary>True for who may change something here.</summary>
    public bool MayRetain { get; private set; }

    /// <summary>What was typed, where it was refused.</summary>
    public RetentionForm Form { get; private set; } = new();

    public string? Problem { get; private set; }

    [TempData(Key = "console.retention")]
    public string? Answer { get; set; }

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    public async Task OnGetAsync() => await LoadAsync();

    public async Task<IActionResult> OnPostAsync([FromForm] RetentionForm form)
    {
        await LoadAsync();
        Form = form;
        if (!MayRetain)
        {
            return Refuse("Only people of a group of Console:CustodianGroups change something here.");
        }

        var words = form.Reason?.ReplaceLineEndings("\n").Trim() ?? "";
        if (words.Length is < MinReason or > MaxReason)
        {
            return Refuse($"Give a reason of {MinReason} to {MaxReason} characters; it is recorded, sealed.");
        }

        if (!form.TryRead(out var change, out var target, out var problem))
        {
            return Refuse(problem);
        }

        var id = Guid.CreateVersion7(time.GetUtcNow());
        var answer = await rooms.ChangeRetentionAsync(
            new ChangeRetention
            {
                RequestId = id,
                Change = change,
                Actor = visitors.Of(User).Person,
                Id = form.Id,
                Target = target,
                Scope = form.All ? ShredScope.All : ShredScope.Body,
                Reason = seal.Seal(Encoding.UTF8.GetBytes(words), id),
            },
            HttpContext.RequestAborted);
        if (!answer.Done)
        {
            return Refuse(answer.Problem ?? "The recorder did not do it and did not say why.");
        }

        Answer = change switch
        {
            RetentionChange.Hold => "The hold stands.",
            RetentionChange.Lift => "The hold is lifted.",
            RetentionChange.Ask => "The order waits for a second person.",
            RetentionChange.Agree => "Your yes counts. Once two people agreed, the keys are destroyed at once; the search forgets within minutes.",
            _ => "The order is refused.",
        };
        return Redirect("/retention");
    }

    public string? Reason(SealedPayload? words)
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

    /// <summary>True where this person's yes would be another person's.</summary>
    public bool MayAgree(ShredOrder order)
    {
        var me = visitors.Of(User).Person;
        return MayRetain && order.State == ShredState.Open && !order.Agreed.Any(a => a.Issuer == me.Issuer && a.Subject == me.Subject);
    }

    public static string Target(RetentionTarget target) => target switch
    {
        { SessionId: { } session } => $"session {session}",
        { Subject: { } subject } => $"person {Say.Visible(subject)}",
        _ => target.FromMonth == target.ToMonth ? $"{target.FromMonth}" : $"{target.FromMonth} to {target.ToMonth}",
    };

    public static string Person(RetentionAct act) => Say.Visible(act.Name is { Length: > 0 } name ? name : act.Subject);

    private async Task LoadAsync()
    {
        _request = Guid.CreateVersion7(time.GetUtcNow());
        MayRetain = visitors.Of(User).MayRetain;
        Report = await rooms.ReadRetentionAsync(new ReadRetention { RequestId = _request }, HttpContext.RequestAborted);
    }

    private PageResult Refuse(string problem)
    {
        Problem = problem;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
