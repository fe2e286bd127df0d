using System.Text;
using Chaperone.Bus.Sealing;
using Chaperone.Console.Search;
using Chaperone.Console.SignIn;
using Chaperone.Contracts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Chaperone.Console.Pages.Policies;

/// <summary>Which recorded calls another policy would decide otherwise. Who asks is recorded before they are read; no argument is shown.</summary>
internal sealed class DiffModel(Rooms rooms, Visitors visitors, ConsoleJournal journal, IPayloadSeal seal, TimeProvider time) : PageModel
{
    [BindProperty]
    public TrialForm Form { get; set; } = new();

    [BindProperty]
    public IFormFile? PolicyFile { get; set; }

    /// <summary>The policies to choose from.</summary>
    public PolicyReport Report { get; private set; } = null!;

    /// <summary>What differs; null before it was asked for.</summary>
    public PoliciesCompared? Compared { get; private set; }

    /// <summary>What is wrong with the form; null when nothing is.</summary>
    public string? Problem { get; private set; }

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    /// <summary>Whether a call's session may be opened by who looks.</summary>
    public bool SeesSessions => visitors.Of(User).SeesSessions;

    public async Task OnGetAsync()
    {
        Form.Version = TrialForm.Draft;
        await ReadAsync();
    }

    public async Task OnPostAsync()
    {
        var token = HttpContext.RequestAborted;
        await ReadAsync();
        var (draft, problem) = Form.IsDraft ? await TrialTexts.ReadAsync(Form.Text, PolicyFile, "The policy", token) : (null, null);
        var (from, to, other) = new Period { Range = Form.Range, From = Form.From is { Length: > 0 } f ? f : null, To = Form.To is { Length: > 0 } t ? t : null }.At(Now);
        Problem = problem ?? other;
        if (Problem is not null)
        {
            return;
        }

        Form.Text = draft is null ? Form.Text : Encoding.UTF8.GetString(draft);
        var names = $"{TrialForm.Digest(Form.Before) ?? Report.InForce} with {(Form.IsDraft ? "one that was typed" : TrialForm.Digest(Form.Version) ?? Report.InForce)}";
        await journal.WriteAsync(RecordKind.Review, visitors.Of(User).Person, $"compared policy {names} over recorded calls {Say(from, "since")}{Say(to, "until")}".TrimEnd(), token);
        var id = Guid.CreateVersion7(Now);
        Compared = await rooms.ComparePoliciesAsync(
            new ComparePolicies
            {
                RequestId = id,
                Before = TrialForm.Digest(Form.Before),
                After = TrialForm.Digest(Form.Version),
                Draft = TrialTexts.Seal(seal, draft, id),
                From = from,
                To = to,
                Below = Form.Below,
            },
            token);
    }

    private static string Say(DateTimeOffset? bound, string word) => bound is { } at ? $"{word} {Web.Say.Time(at)} " : string.Empty;

    private async Task ReadAsync() => Report = await rooms.ReadPolicyAsync(new ReadPolicy(), HttpContext.RequestAborted);
}
