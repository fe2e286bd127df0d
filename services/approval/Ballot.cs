using Chaperone.Contracts;

namespace Chaperone.Approval;

/// <summary>Who may answer a request, and when. There is no exception for administrators.</summary>
internal static class Ballot
{
    private const int LongestReason = 1000;
    private static readonly string[] Channels = ["console", "slack", "teams"];

    /// <summary>Null if the answer counts, else one sentence for the person.</summary>
    public static string? Problem(ApprovalCase found, DecideApproval answer)
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

        if (!found.Requirement.Groups.Intersect(person.Groups, StringComparer.Ordinal).Any())
        {
            return Sentences.NotAnApprover(found.Id, found.Requirement);
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

        return RecordedChannel(answer) is null ? Sentences.UnknownChannel(found.Id)
            : answer.Reason?.Length > LongestReason ? Sentences.ReasonTooLong
            : null;
    }

    /// <summary>The channel, if it is one we know: a foreign word does not enter the record.</summary>
    public static string? RecordedChannel(DecideApproval answer) =>
        Channels.Contains(answer.Channel, StringComparer.Ordinal) ? answer.Channel : null;
}
