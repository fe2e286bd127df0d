using System.Text;
using Chaperone.Bus.Sealing;
using Chaperone.Console.Replay;
using Chaperone.Console.SignIn;
using Chaperone.Console.Web;
using Chaperone.Contracts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Chaperone.Console.Pages.Sessions;

/// <summary>
/// Sealed content of one record, for a person who may see it and says why. The recorder writes down who, what and why before it
/// opens anything; the answer is shown once, in the reply to the form, and kept by no cache.
/// </summary>
internal sealed class RevealModel(Rooms rooms, Visitors visitors, IPayloadSeal seal) : PageModel
{
    public const int MinReason = 10;
    public const int MaxReason = 500;

    public Guid Id { get; private set; }

    public TranscriptEntry Record { get; private set; } = null!;

    public string? Typed { get; private set; }

    public string? Problem { get; private set; }

    /// <summary>What was shown; empty before.</summary>
    public (string Name, PayloadText Payload)[] Shown { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid id, long index) => await LoadAsync(id, index) ? Page() : Missing();

    public async Task<IActionResult> OnPostAsync(Guid id, long index, string? reason)
    {
        if (!await LoadAsync(id, index))
        {
            return Missing();
        }

        var words = reason?.ReplaceLineEndings("\n").Trim() ?? "";
        if (words.Length is < MinReason or > MaxReason)
        {
            return Refuse(reason, $"Give a reason of {MinReason} to {MaxReason} characters; it is kept with the record of what you saw.");
        }

        var revealed = await rooms.RevealRecordAsync(
            new RevealRecord
            {
                Index = index,
                EventId = Record.Entry.EventId,
                Actor = visitors.Of(User).Person,
                Reason = seal.Seal(Encoding.UTF8.GetBytes(words), Record.Entry.EventId),
            },
            HttpContext.RequestAborted);
        if (revealed.Problem is { } problem)
        {
            return Refuse(reason, problem);
        }

        Shown = [.. revealed.Parts.Select(p => (Timeline.NameOf(p.Name), PayloadText.Open(seal, p.Content, Record.Entry.EventId)))];
        return Page();
    }

    private PageResult Refuse(string? typed, string problem)
    {
        Typed = typed;
        Problem = problem;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task<bool> LoadAsync(Guid id, long index)
    {
        Id = id;
        if (index < 0)
        {
            return false;
        }

        var transcript = await rooms.ReadSessionAsync(new ReadSession { SessionId = id, FromIndex = index, Limit = 1 }, HttpContext.RequestAborted);
        if (transcript.Entries.FirstOrDefault(e => e.Index == index) is not { SealedParts.Length: > 0 } found)
        {
            return false;
        }

        Record = found;
        return true;
    }

    private ViewResult Missing() => TroublePage.Show(
        new Trouble(StatusCodes.Status404NotFound, "Nothing sealed there", "That record is not of this session, or nothing of it is sealed."),
        PageContext,
        MetadataProvider);
}
