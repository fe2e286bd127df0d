using System.Text.Json.Nodes;
using Chaperone.Approval.Slack;
using Chaperone.Approval.Store;
using Chaperone.Contracts;

namespace Chaperone.Approval.Teams;

/// <summary>
/// Where the Bot Framework posts activities. A pressed button (invoke <c>adaptiveCard/action</c>) is decided before it is answered,
/// so what the person sees is what counts:
/// <list type="number">
/// <item>The token is checked against the activity.</item>
/// <item>The card must be the request's own.</item>
/// <item>Find out who pressed; a stranger is refused, and that is recorded.</item>
/// <item>The desk counts the answer, or says why it does not. The answer is the card as it is now, or one sentence.</item>
/// </list>
/// A worker that dies after the desk's yes leaves a vote: the person presses again and is told so.
/// </summary>
internal sealed partial class BotDoor(
    BotGate gate, TeamsPeople people, TeamsChat chat, ApprovalDesk desk, CaseStore cases, TimeProvider time, ILogger<BotDoor> logger)
{
    public const string Path = "/teams/messages";
    private const int LongestBody = 256 * 1024;
    private const string MessageType = "application/vnd.microsoft.activity.message";

    public async Task TakeAsync(HttpContext http)
    {
        BotActivity activity;
        try
        {
            if (await RawBody.ReadAsync(http.Request, LongestBody) is not { } body)
            {
                http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
                return;
            }

            activity = BotActivity.Read(body);
        }
        catch (FormatException)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        if (!await gate.AdmitsAsync(http.Request.Headers.Authorization, activity))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        // Being added to a team, or talked to, needs no answer.
        if (activity is { Type: "invoke", Name: "adaptiveCard/action" })
        {
            await http.Response.WriteAsJsonAsync(await AnswerAsync(activity, http.RequestAborted), http.RequestAborted);
        }
    }

    private async Task<JsonObject> AnswerAsync(BotActivity activity, CancellationToken cancellationToken)
    {
        try
        {
            if (!SlackActions.TryRead(activity.Value, out var id, out var binding)
                || await FindAsync(id, cancellationToken) is not { } shown
                || !string.Equals(shown.Case.BindingDigest, binding, StringComparison.Ordinal))
            {
                return Message(TeamsSentences.OldCard);
            }

            return activity.Verb switch
            {
                BotCard.Look => Card(shown),
                BotCard.Approve => await DecideAsync(activity, shown, approve: true, cancellationToken),
                BotCard.Deny when activity.Reason is null => Message(TeamsSentences.NoReason),
                BotCard.Deny => await DecideAsync(activity, shown, approve: false, cancellationToken),
                _ => Message(TeamsSentences.OldCard),
            };
        }

        // The store, the journal or Teams may fail in any way; the person is told, and may press again.
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.NotTaken(logger, e);
            return Message(TeamsSentences.NotDone);
        }
    }

    private async Task<JsonObject> DecideAsync(BotActivity activity, ShownCase shown, bool approve, CancellationToken cancellationToken)
    {
        var about = shown.Case;
        if (approve && about.State == ApprovalState.Pending && !chat.OffersYes(shown))
        {
            // The card offered no yes where it could not show everything.
            return Message(TeamsSentences.NotDone);
        }

        var (person, problem) = await people.WhoAsync(activity, cancellationToken);
        if (person is null)
        {
            await desk.RefuseStrangerAsync(about.Number, TeamsChat.ChatName, $"Teams account {AccountOf(activity)}: {problem}", cancellationToken);
            return Message(problem!);
        }

        var answered = await desk.DecideAsync(
            new DecideApproval { ApprovalId = about.Id, Decider = person, Approve = approve, Reason = activity.Reason, Channel = TeamsChat.ChatName }, cancellationToken);
        return answered.Accepted && await FindAsync(about.Id, cancellationToken) is { } now ? Card(now) : Message(TeamsSentences.Refused(answered));
    }

    private async Task<ShownCase?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var (_, page) = await cases.ListAsync(new ListApprovals { Pending = true, ApprovalId = id, Limit = 1 }, time.GetUtcNow(), cancellationToken);
        return page is [var shown] ? shown : null;
    }

    // A foreign word does not enter the record.
    private static string AccountOf(BotActivity activity) => Guid.TryParse(activity.ObjectId, out var id) ? id.ToString("D") : "without an object id";

    private JsonObject Card(ShownCase shown) => new()
    {
        ["statusCode"] = StatusCodes.Status200OK,
        ["type"] = BotCard.ContentType,
        ["value"] = chat.Card(shown, time.GetUtcNow()),
    };

    private static JsonObject Message(string text) => new()
    {
        ["statusCode"] = StatusCodes.Status200OK,
        ["type"] = MessageType,
        ["value"] = text,
    };

    private static partial class Log
    {
        [LoggerMessage(3051, LogLevel.Error, "An answer from Teams could not be taken and was refused")]
        public static partial void NotTaken(ILogger logger, Exception exception);
    }
}
