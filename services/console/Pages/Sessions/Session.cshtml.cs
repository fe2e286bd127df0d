using System.Text.Json;
using Chaperone.Bus.Sealing;
using Chaperone.Console.Replay;
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
    private const int MostToolLists = 50;

    public SessionItem Session { get; private set; } = null!;

    public TimelineStep[] Steps { get; private set; } = [];

    /// <summary>The lists of tools that the client was given in the whole session.</summary>
    public IReadOnlyList<ToolListSeen> ToolLists { get; private set; } = [];

    public bool MayReveal { get; private set; }

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
        var visitor = visitors.Of(User);
        MayReveal = visitor.MayReveal;
        await journal.WriteAsync(RecordKind.Review, visitor.Person, $"viewed session {id} from ledger index {From}", HttpContext.RequestAborted);
        Session = transcript.Session;
        Steps = Timeline.Steps(transcript.Entries, seal);
        ToolLists = await ReadToolListsAsync(id);
        Next = transcript.More && transcript.Entries.Length > 0 ? transcript.Entries[^1].Index + 1 : null;
        return Page();
    }

    /// <summary>What proves one record, for the page's script: everything in it is PHI-free or encrypted.</summary>
    public async Task<IActionResult> OnGetProofAsync(long index) =>
        new JsonResult(await rooms.ReadProofAsync(new ReadProof { Index = index }, HttpContext.RequestAborted));

    private async Task<IReadOnlyList<ToolListSeen>> ReadToolListsAsync(Guid id)
    {
        var query = Guid.CreateVersion7(Now);
        var terms = JsonSerializer.SerializeToUtf8Bytes(new MessageTerms
        {
            Filters =
            [
                new MessageFilter { Field = MessageField.Session, Value = id.ToString() },
                new MessageFilter { Field = MessageField.Method, Value = Replay.ToolLists.Method },
            ],
        });
        var found = await rooms.FindMessagesAsync(new FindMessages { QueryId = query, Terms = seal.Seal(terms, query), Limit = 4 * MostToolLists }, HttpContext.RequestAborted);
        var answers = new List<TranscriptEntry>();
        foreach (var item in found.Items.Where(i => i.Entry?.Outcome?.Status == OutcomeStatus.Answered).Take(MostToolLists).Reverse())
        {
            var one = await rooms.ReadSessionAsync(new ReadSession { SessionId = id, FromIndex = item.Index, Limit = 1 }, HttpContext.RequestAborted);
            answers.AddRange(one.Entries.Where(e => e.Index == item.Index));
        }

        return Replay.ToolLists.Compare(answers, seal);
    }
}
