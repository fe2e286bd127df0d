using System.Text;
using Chaperone.Bus.Sealing;
using Chaperone.Console.SignIn;
using Chaperone.Contracts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Chaperone.Console.Pages.Policies;

/// <summary>Runs a file of cases against a policy. What was typed is not kept, and crosses the bus sealed.</summary>
internal sealed class TestModel(Rooms rooms, Visitors visitors, ConsoleJournal journal, IPayloadSeal seal, TimeProvider time) : PageModel
{
    [BindProperty]
    public TrialForm Form { get; set; } = new();

    [BindProperty]
    public IFormFile? PolicyFile { get; set; }

    [BindProperty]
    public IFormFile? CasesFile { get; set; }

    /// <summary>The policies to choose from.</summary>
    public PolicyReport Report { get; private set; } = null!;

    /// <summary>How the cases came out; null before any ran.</summary>
    public PolicyTested? Tested { get; private set; }

    /// <summary>What is wrong with the form; null when nothing is.</summary>
    public string? Problem { get; private set; }

    public Task OnGetAsync() => ReadAsync();

    public async Task OnPostAsync()
    {
        var token = HttpContext.RequestAborted;
        await ReadAsync();
        var (cases, problem) = await TrialTexts.ReadAsync(Form.Cases, CasesFile, "The file of cases", token);
        var (draft, other) = Form.IsDraft ? await TrialTexts.ReadAsync(Form.Text, PolicyFile, "The policy", token) : (null, null);
        Problem = problem ?? other;
        if (Problem is not null)
        {
            return;
        }

        // A file that was chosen is shown, so that what ran can be mended here.
        Form.Cases = Encoding.UTF8.GetString(cases!);
        Form.Text = draft is null ? Form.Text : Encoding.UTF8.GetString(draft);
        await journal.WriteAsync(RecordKind.Review, visitors.Of(User).Person, $"tested {(Form.IsDraft ? "a policy that was typed" : $"policy {TrialForm.Digest(Form.Version) ?? Report.InForce}")} by cases", token);
        var id = Guid.CreateVersion7(time.GetUtcNow());
        Tested = await rooms.TestPolicyAsync(
            new TestPolicy { RequestId = id, Digest = TrialForm.Digest(Form.Version), Draft = TrialTexts.Seal(seal, draft, id), Cases = seal.Seal(cases, id) },
            token);
    }

    private async Task ReadAsync() => Report = await rooms.ReadPolicyAsync(new ReadPolicy(), HttpContext.RequestAborted);
}
