using Chaperone.Approval.Jobs;
using Chaperone.Approval.Notices;
using Chaperone.Approval.Store;
using Chaperone.Contracts;
using Microsoft.Extensions.Options;

namespace Chaperone.Approval.Slack;

/// <summary>
/// Brings clicks to the desk:
/// <list type="number">
/// <item>Find out who clicked; a stranger is refused, and that is recorded.</item>
/// <item>The desk counts the answer, or says why it does not.</item>
/// <item>What became of it is kept.</item>
/// <item>The person is told, unseen by others. The card itself changes by <see cref="Cards.CardWork{TChat}"/>.</item>
/// </list>
/// A worker that dies after 2 leaves a vote: the next one sees that it is this click's and does not vote again.
/// </summary>
internal sealed partial class SlackAnswers(
    ClickStore clicks,
    CaseStore cases,
    ApprovalDesk desk,
    StepOutbox outbox,
    SlackPeople people,
    SlackApi api,
    IOptions<ApprovalOptions> options,
    TimeProvider time,
    ILogger<SlackAnswers> logger) : IDueWork
{
    private const string Channel = "slack";
    private const int MostAttempts = 12;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    public string Name => "slack answers";

    public async Task DoDueAsync(long? number, CancellationToken cancellationToken)
    {
        if (number is null)
        {
            await clicks.ForgetAsync(time.GetUtcNow(), cancellationToken);
        }

        IReadOnlyList<ClickRow> rows;
        do
        {
            var now = time.GetUtcNow();
            rows = await clicks.LeaseAsync(now, now + Lease, cancellationToken);
            foreach (var row in rows)
            {
                await TryAsync(row, cancellationToken);
            }
        }
        while (rows.Count > 0);
    }

    private async Task TryAsync(ClickRow row, CancellationToken cancellationToken)
    {
        var click = clicks.Open(row);
        try
        {
            if (clicks.OpenAnswer(row) is not { } sentence)
            {
                sentence = await DecideAsync(click, row.Attempts > 1, cancellationToken);
                await clicks.AnsweredAsync(row, sentence, cancellationToken);
            }

            await api.WhisperAsync(click.Channel, click.User, sentence, cancellationToken);
            await clicks.DoneAsync(row, cancellationToken);
        }
        catch (BusyException e)
        {
            row.Attempts--;
            await clicks.LaterAsync(row, time.GetUtcNow() + e.RetryAfter, cancellationToken);
        }
        catch (SlackRefusedException e) when (row.Answer is not null)
        {
            // Decided; the person has left the channel or cannot be told there.
            Log.NotTold(logger, click.ApprovalId, e);
            await clicks.DoneAsync(row, cancellationToken);
        }

        // Slack, the store or the journal may fail in any way; the click stays.
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            if (row.Attempts < MostAttempts)
            {
                Log.Failed(logger, click.ApprovalId, e);
                await clicks.LaterAsync(row, time.GetUtcNow() + NoticePost.PauseAfter(row.Attempts), cancellationToken);
                return;
            }

            Log.GaveUp(logger, click.ApprovalId, row.Attempts, e);
            await clicks.DoneAsync(row, cancellationToken);
        }
    }

    private async Task<string> DecideAsync(SlackClick click, bool again, CancellationToken cancellationToken)
    {
        var found = ApprovalNumber.TryParse(click.ApprovalId, out var number) ? await cases.FindAsync(number, cancellationToken) : null;
        if (found is null || !string.Equals(found.BindingDigest, click.Binding, StringComparison.Ordinal))
        {
            return SlackSentences.OldCard;
        }

        if (click.Approve && !await CouldSeeAllAsync(click, cancellationToken))
        {
            return SlackSentences.NotDone;
        }

        var (person, problem) = await people.WhoAsync(click, cancellationToken);
        if (person is null)
        {
            await desk.RefuseStrangerAsync(number, Channel, $"Slack account {click.User} of workspace {click.Team}: {problem}", cancellationToken);
            return problem!;
        }

        if (again && found.Votes.FirstOrDefault(v => v.Decider.IsSamePerson(person) && v.Channel == Channel && v.Approve == click.Approve) is not null)
        {
            await outbox.SettleAsync(number, cancellationToken);
            var counted = new ApprovalAnswered { Accepted = true, Status = found.StatusAt(time.GetUtcNow()) };
            return SlackSentences.Result(counted, click.Approve);
        }

        var answered = await desk.DecideAsync(
            new DecideApproval { ApprovalId = click.ApprovalId, Decider = person, Approve = click.Approve, Reason = click.Reason, Channel = Channel }, cancellationToken);
        return SlackSentences.Result(answered, click.Approve);
    }

    /// <summary>The card offered no yes where it could not show everything; whoever sends one all the same did not get it from the card.</summary>
    private async Task<bool> CouldSeeAllAsync(SlackClick click, CancellationToken cancellationToken)
    {
        var (_, page) = await cases.ListAsync(new ListApprovals { Pending = true, ApprovalId = click.ApprovalId, Limit = 1 }, time.GetUtcNow(), cancellationToken);
        return options.Value.Slack.ShowArguments
            && page is [var shown]
            && ShownArguments.Text(shown.Case.Decision, shown.MaskedRequest, SlackCard.LongestArguments) is not null;
    }

    private static partial class Log
    {
        [LoggerMessage(3038, LogLevel.Warning, "{ApprovalId}: an answer from Slack is not counted yet; it is tried again")]
        public static partial void Failed(ILogger logger, string approvalId, Exception exception);

        [LoggerMessage(3039, LogLevel.Error, "{ApprovalId}: an answer from Slack could not be counted in {Attempts} attempts; given up")]
        public static partial void GaveUp(ILogger logger, string approvalId, long attempts, Exception exception);

        [LoggerMessage(3040, LogLevel.Warning, "{ApprovalId}: a person could not be told in Slack what became of the answer")]
        public static partial void NotTold(ILogger logger, string approvalId, Exception exception);
    }
}
