using Chaperone.Contracts;

namespace Chaperone.Console.SignIn;

/// <summary>The person at the page and what they may do.</summary>
internal sealed record Visitor(Principal Person, ConsoleRoles Roles)
{
    public bool Is(ConsoleRoles anyOf) => (Roles & anyOf) != ConsoleRoles.None;

    public bool SeesApprovals => Is(ConsoleRoles.Approver | ConsoleRoles.Admin);

    public bool SeesSessions => Is(ConsoleRoles.Analyst);

    public bool MayReveal => SeesSessions && Is(ConsoleRoles.Revealer);

    public bool SeesIntegrity => Is(ConsoleRoles.Analyst | ConsoleRoles.Admin);

    public bool SeesTools => Is(ConsoleRoles.Analyst | ConsoleRoles.Admin);

    public bool SeesEvidence => Is(ConsoleRoles.Analyst | ConsoleRoles.Admin);

    public bool SeesRetention => Is(ConsoleRoles.Analyst | ConsoleRoles.Admin | ConsoleRoles.Custodian);

    public bool MayRetain => Is(ConsoleRoles.Custodian);

    public bool SeesReviews => Is(ConsoleRoles.Analyst | ConsoleRoles.Admin | ConsoleRoles.Reviewer);

    public bool MayReview => Is(ConsoleRoles.Reviewer);

    public bool SeesJobs => Is(ConsoleRoles.Admin);

    public bool SeesPolicy => Is(ConsoleRoles.Admin);

    /// <summary>The first page this person may see.</summary>
    public string Home => SeesApprovals && Is(ConsoleRoles.Approver) ? "/approvals"
        : SeesSessions ? "/sessions"
        : SeesIntegrity ? "/integrity"
        : SeesRetention ? "/retention"
        : SeesReviews ? "/reviews"
        : ConsolePaths.NoAccess;
}
