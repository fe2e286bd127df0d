using Chaperone.Bus.Sealing;
using Chaperone.Console.SignIn;
using Chaperone.Console.Web;
using Chaperone.Contracts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Chaperone.Console.Pages.Sessions;

/// <summary>One session, message by message, in ledger order.</summary>
internal sealed class SessionModel(Rooms rooms, Visitors visitors, ConsoleJournal journal, IPayloadSeal seal, TimeProvider time) : PageModel
{
    private const int PageSize = 100;

    public SessionItem Session { get; private set; } = null!;

    public TimelineStep[] Steps { get; private set; } = [];

    /// <summary>Ledger index at which the next page starts; null on the last.</summary>
    public long? Next { get; private set; }

    public long From { get; private set; }

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    public async Task<IActionResult> OnGetAsync(Guid id, long from = 0)
    {
        From = Math.Max(0, from);
        var transcript = await rooms.ReadSessionAsync(
            new ReadSession { SessionId = id, FromIndex = From, Limit = PageSize },
            HttpContext.RequestAborted);
        if (transcript.Session is null)
        {
            return TroublePage.Show(
                new Trouble(StatusCodes.Status404NotFound, "No such session", "Nothing is recorded under that id. A new session can be read a moment after its first call."),
                PageContext,
                MetadataProvider);
        }

        // No record, no service: who looked is durable before anything is shown.
        await journal.WriteAsync(RecordKind.Review, visitors.Of(User).Person, $"viewed session {id} from ledger index {From}", HttpContext.RequestAborted);
        Session = transcript.Session;
        Steps = [.. transcript.Entries.Select(e => Timeline.Step(e, seal))];
        Next = transcript.More && transcript.Entries.Length > 0 ? transcript.Entries[^1].Index + 1 : null;
        return Page();
    }
}
