using Chaperone.Bus;
using Chaperone.Contracts;

namespace Chaperone.Console.SignIn;

/// <summary>
/// Tells the approval room who signed in as an approver, and who left: an answer in a chat rests on it. A note that does not
/// get through keeps nobody from signing in; that person then answers in the console only. After a sign-out that does not get
/// through, the sign-in counts in the chat until it lapses.
/// </summary>
internal sealed partial class ApproverNotes(IAsk<NoteApprover, ApproverNoted> note, RoleMap roles, TimeProvider time, ILogger<ApproverNotes> logger)
{
    public Task SignedInAsync(Principal person, CancellationToken cancellationToken) =>
        TellAsync(person, (roles.RolesOf(person.Groups) & ConsoleRoles.Approver) != ConsoleRoles.None, cancellationToken);

    public Task SignedOutAsync(Principal person, CancellationToken cancellationToken) => TellAsync(person, present: false, cancellationToken);

    private async Task TellAsync(Principal person, bool present, CancellationToken cancellationToken)
    {
        try
        {
            await note.AskAsync(new NoteApprover { Person = person, Present = present, At = time.GetUtcNow() }, cancellationToken);
        }
        catch (BusUnavailableException e)
        {
            Log.NotNoted(logger, present ? "sign-in" : "sign-out", e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(7005, LogLevel.Warning, "The approval room could not be told of a {What}; cards in chats go by what it knew before")]
        public static partial void NotNoted(ILogger logger, string what, Exception exception);
    }
}
