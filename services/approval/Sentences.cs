using System.Globalization;
using Chaperone.Contracts;

namespace Chaperone.Approval;

/// <summary>What people are told when their answer or call does not count. PHI-free; each says what to do.</summary>
internal static class Sentences
{
    public const string NoIdentity = "Your sign-in does not say who you are; sign in again.";

    public const string RevealIsOff = "Original values are shown to nobody: Approval:Reveal names no groups.";

    public const string MayNotReveal = "Original values are shown to members of the groups of Approval:Reveal only.";

    public const string RevealNeedsReason = "Say why you have to see the original values; it is recorded.";

    public const string NotInTheLedgerYet = "The record of this call is not in the ledger yet. Try again in a moment; what you asked for is recorded.";

    public const string ReasonTooLong = "Keep the reason under 1,000 characters.";

    public static string NotFound(string id) => $"There is no request {id}.";

    public static string NotYours(string id) => $"You have no request {id}; repeat the call to ask for approval.";

    public const string LinkUnknown = "This link is not one of ours, or it was cut short. Open the request from the list.";

    public static string LinkUsed(string id) => $"This link has been used; it works once. Open {id} from the list.";

    public static string LinkOver(string id) => $"This link is over. Look for {id} in the list.";

    public static string OwnRequest(string id) => $"You asked for {id} yourself; somebody else has to decide.";

    public static string OwnAddress(string id) => $"{id} was asked under your own e-mail address; somebody else has to decide.";

    public static string NotAnApprover(string id, ApprovalRequirement requirement)
    {
        string[] groups = [.. requirement.AllSeats().SelectMany(s => s.Groups).Distinct(StringComparer.Ordinal)];
        return groups.Length == 0
            ? $"Nobody can decide {id}: the policy's role {requirement.Role} has no groups. Tell an administrator."
            : $"Only members of role {requirement.Role} can decide {id} ({(groups.Length == 1 ? "group" : "one of the groups")} {string.Join(", ", groups)}).";
    }

    public static string ReasonNeeded(string id) => $"A yes to {id} needs a reason: the policy says so. Write why, and answer again.";

    public static string NoGrant(ApprovalCase found) => found.Requirement.GrantUpTo is { } most && found.Call.Method == Grants.Method
        ? $"A yes to {found.Id} may hold for further calls for at most {(int)most.TotalMinutes} minutes; choose a shorter time, or this call only."
        : $"A yes to {found.Id} holds for this call only: the policy allows no more.";

    public static string SeatsTaken(ApprovalCase found) =>
        $"{found.Id} needs no other yes from your groups: it has {Seating.Words(found)}. Somebody of the other role has to answer.";

    public static string AlreadyAnswered(string id, ApprovalVote vote) =>
        $"You have already answered {id} with {(vote.Approve ? "yes" : "no")} at {At(vote.DecidedAt)}; that answer counts, and {id} needs other people as well.";

    public static string AddressAlreadyAnswered(string id) =>
        $"Somebody with your e-mail address has already answered {id}; it needs other people as well.";

    public static string UnknownChannel(string id) => $"{id} can be decided in the console, Slack or Teams only.";

    public static string Closed(ApprovalCase found) => found.State switch
    {
        ApprovalState.Approved => $"{found.Id} was already approved by {found.DecidedBy}.",
        ApprovalState.Denied => $"{found.Id} was already denied by {found.DecidedBy}.",
        ApprovalState.Expired => $"{found.Id} expired at {At(found.ExpiresAt)}, before your answer; the call has to be asked for again.",
        ApprovalState.Withdrawn => $"{found.Id} was cancelled by the person who asked.",
        ApprovalState.Used => $"{found.Id} was approved by {found.DecidedBy} and has been used.",
        _ => $"{found.Id} is closed.",
    };

    public static string OtherCall(string id) =>
        $"{id} was approved for a different call; this one differs in person, client, server, tool, arguments, tool definition or policy and needs its own approval.";

    public static string NotClaimable(ApprovalCase found) => found.State switch
    {
        ApprovalState.Pending => $"{found.Id} waits for approval by role {found.Requirement.Role} until {At(found.ExpiresAt)}.",
        ApprovalState.Denied => $"{found.Id} was denied by {found.DecidedBy}.",
        ApprovalState.Expired => $"{found.Id} expired at {At(found.ExpiresAt)}; repeat the call to ask again.",
        ApprovalState.Withdrawn => $"{found.Id} was cancelled; repeat the call to ask again.",
        ApprovalState.Used => $"{found.Id} has been used for one call already; repeat the call to ask again.",
        _ => $"{found.Id} cannot be used.",
    };

    public static string ReleaseNotRecorded(string id) =>
        $"The call was not made: using {id} could not be recorded, and the approval is spent. Repeat the call to ask again.";

    private static string At(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
