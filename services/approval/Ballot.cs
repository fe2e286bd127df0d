using Chaperone.Contracts;

namespace Chaperone.Approval;

/// <summary>Who may answer a request, and when. There is no exception for administrators.</summary>
internal static class Ballot
{
    private const int LongestReason = 1000;
    private static readonly string[] Channels = ["console", "slack", "teams"];

    /// <summary>Null if the answer counts, else one sentence for the person.</summary>
    public static string? Problem(ApprovalCase found, DecideApproval answer, DateTimeOffset now)
    {
        var person = answer.Decider;
        if (!person.IsNamed())
        {
            return Sentences.NoIdentity;
        }

        if (person.IsSamePerson(found.Call.Principal))
        {
            return Sentences.OwnRequest(found.Id);
        }

        if (person.SharesEmail(found.Call.Principal))
        {
            return Sentences.OwnAddress(found.Id);
        }

        if (!Seating.MayAnswer(found, person, now))
        {
            return Sentences.NotAnApprover(found.Id, found.Requirement);
        }

        if (EndsGrant(found, answer, now))
        {
            return Words(found, answer);
        }

        if (found.State != ApprovalState.Pending)
        {
            return Sentences.Closed(found);
        }

        if (found.Votes.FirstOrDefault(v => v.Decider.IsSamePerson(person)) is { } earlier)
        {
            return Sentences.AlreadyAnswered(found.Id, earlier);
        }

        if (found.Votes.Any(v => v.Decider.SharesEmail(person)))
        {
            return Sentences.AddressAlreadyAnswered(found.Id);
        }

        return Words(found, answer) ?? (answer.Approve ? Yes(found, answer, now) : null);
    }

    /// <summary>A no to a yes that holds for further calls ends it for those.</summary>
    public static bool EndsGrant(ApprovalCase found, DecideApproval answer, DateTimeOffset now) => !answer.Approve && found.GrantRuns(now);

    private static string? Words(ApprovalCase found, DecideApproval answer) =>
        RecordedChannel(answer) is null ? Sentences.UnknownChannel(found.Id)
            : answer.Reason?.Length > LongestReason ? Sentences.ReasonTooLong
            : null;

    private static string? Yes(ApprovalCase found, DecideApproval answer, DateTimeOffset now) =>
        found.Requirement.ReasonRequired && string.IsNullOrWhiteSpace(answer.Reason) ? Sentences.ReasonNeeded(found.Id)
        : answer.GrantFor is { } window && !MayGrant(found, window) ? Sentences.NoGrant(found)
        : Seating.Helps(found, answer.Decider, now) ? null
        : Sentences.SeatsTaken(found);

    private static bool MayGrant(ApprovalCase found, TimeSpan window) =>
        found.Call.Method == Grants.Method && window > TimeSpan.Zero && window <= found.Requirement.GrantUpTo;

    /// <summary>The channel, if it is one we know: a foreign word does not enter the record.</summary>
    public static string? RecordedChannel(DecideApproval answer) =>
        Channels.Contains(answer.Channel, StringComparer.Ordinal) ? answer.Channel : null;
}
