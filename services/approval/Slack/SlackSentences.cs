using Chaperone.Contracts;

namespace Chaperone.Approval.Slack;

/// <summary>What people are told in Slack; each says what to do.</summary>
internal static class SlackSentences
{
    public const string OtherWorkspace = "Your click came from another workspace and does not count. Answer in the console.";

    public const string NoMember = "Only full members of this workspace can answer here: no guests, no bots. Answer in the console.";

    public const string NoEmail = "Slack does not say that your e-mail address is confirmed, so nobody knows who you are. Confirm it in Slack, or answer in the console.";

    public const string Ambiguous = "Several people signed in to the console with your e-mail address, so nobody knows who you are. Answer in the console.";

    public const string OldCard = "This card is for another request. Look for the current one, or answer in the console.";

    public const string NotDone = "Your answer could not be taken. Answer in the console.";

    public static string NotSignedIn(Uri? console) =>
        $"Your answer did not count: no approver has signed in to the console lately with your e-mail address. Sign in{(console is null ? " to the console" : $" at {console.AbsoluteUri}")} and click again.";

    public static string Result(ApprovalAnswered answered, bool approve) => answered switch
    {
        { Accepted: false } => $"Your answer did not count: {answered.Problem}",
        { Status.State: ApprovalState.Pending } => $"Your yes to {answered.Status.ApprovalId} counts. More people are needed before the call may run.",
        _ when approve => $"{answered.Status?.ApprovalId} is approved. The exact call may run once.",
        _ => $"{answered.Status?.ApprovalId} is denied. The requester is told why.",
    };
}
