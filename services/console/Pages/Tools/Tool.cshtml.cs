using System.Security.Cryptography;
using System.Text;
using Chaperone.Bus.Sealing;
using Chaperone.Console.SignIn;
using Chaperone.Console.Web;
using Chaperone.Contracts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Chaperone.Console.Pages.Tools;

/// <summary>One definition of one tool, what changed, and the admin's answer.</summary>
internal sealed class ToolModel(Rooms rooms, Visitors visitors, IPayloadSeal seal, TimeProvider time) : PageModel
{
    public const int MaxReason = 1000;

    public ToolItem Item { get; private set; } = null!;

    /// <summary>The definition, compared with the accepted one where there is one; null where it cannot be shown.</summary>
    public IReadOnlyList<DefinitionLine>? Lines { get; private set; }

    public bool IsCompared { get; private set; }

    public string? Reason { get; private set; }

    public bool MayDecide { get; private set; }

    public string? Problem { get; private set; }

    public string? Typed { get; private set; }

    [TempData(Key = "console.tool")]
    public string? Answer { get; set; }

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    public async Task<IActionResult> OnGetAsync(Guid id) => await LoadAsync(id) ? Page() : Missing();

    public async Task<IActionResult> OnPostAsync(Guid id, string? decision, string? reason)
    {
        if (!await LoadAsync(id))
        {
            return Missing();
        }

        var words = reason?.ReplaceLineEndings("\n").Trim();
        Problem = decision switch
        {
            _ when !MayDecide => "Only admins decide on tools.",
            "accept" when Lines is null => "Its definition cannot be shown, so it cannot be accepted here.",
            "accept" or "refuse" when string.IsNullOrEmpty(words) => "A reason is needed: it is recorded with your answer.",
            "accept" or "refuse" when words.Length > MaxReason => $"The reason is longer than {Say.Count(MaxReason)} characters.",
            "accept" or "refuse" => null,
            _ => "Choose Accept or Refuse.",
        };
        if (Problem is not null)
        {
            Typed = reason;
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        var answered = await rooms.DecideToolAsync(
            new DecideTool { ToolId = id, Accept = decision == "accept", Reason = words!, Decider = visitors.Of(User).Person },
            HttpContext.RequestAborted);
        Answer = answered.Accepted
            ? "+" + (decision == "accept" ? "Accepted. Calls of it go by the rules." : "Refused. It stays hidden, and calls of it are refused.")
            : "-Your answer did not count: " + (answered.Problem ?? "the policy room gave no reason.");
        return Redirect($"/tools/{id:n}");
    }

    private async Task<bool> LoadAsync(Guid id)
    {
        var page = await rooms.ListToolsAsync(new ListTools { ToolId = id }, HttpContext.RequestAborted);
        if (page.Items.FirstOrDefault(i => i.ToolId == id) is not { } item)
        {
            return false;
        }

        Item = item;
        MayDecide = visitors.Of(User).Is(ConsoleRoles.Admin);
        Reason = item.Reason is { } words ? Open(words, id) : null;
        var after = item.Definition is { } definition ? DefinitionDiff.Lines(seal, definition, id) : null;
        var before = item is { AcceptedDefinition: { } accepted, AcceptedToolId: { } other } ? DefinitionDiff.Lines(seal, accepted, other) : null;
        IsCompared = before is not null;
        Lines = after is null ? null : DefinitionDiff.Compare(before ?? after, after);
        return true;
    }

    private string? Open(SealedPayload words, Guid id)
    {
        try
        {
            return Encoding.UTF8.GetString(seal.Open(words, id));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private ViewResult Missing() => TroublePage.Show(
        new Trouble(StatusCodes.Status404NotFound, "No such tool", "No server has listed a tool with that number. It may have been mistyped."),
        PageContext,
        MetadataProvider);
}
