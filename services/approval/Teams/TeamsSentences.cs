using Chaperone.Contracts;

namespace Chaperone.Approval.Teams;

/// <summary>What people are told in Teams; each says what to do.</summary>
internal static class TeamsSentences
{
    public const string OtherOrganisation = "Your answer came from another organisation and does not count. Answer in the console.";

    public const string NoAccount = "Teams does not say which account you are: guests and anonymous people cannot answer here. Answer in the console.";

    public const string NoEmail = "The directory has no e-mail address for you, so nobody knows who you are. Answer in the console.";

    public const string Ambiguous = "Several people signed in to the console with your account, so nobody knows who you are. Answer in the console.";

    public const string OldCard = "This card is for another request. Look for the current one, or answer in the console.";

    public const string NotDone = "Your answer could not be taken, and did not count. Try again, or answer in the console.";

    public const string NoReason = "A no needs a reason: the requester will read it. Write one and press again.";

    public static string NotSignedIn(Uri? console) =>
        $"Your answer did not count: no approver has signed in to the console lately with your account. Sign in{(console is null ? " to the console" : $" at {console.AbsoluteUri}")} and press again.";

    public static string Refused(ApprovalAnswered answered) => $"Your answer did not count: {answered.Problem}";
}
