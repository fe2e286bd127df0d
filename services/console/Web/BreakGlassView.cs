using Chaperone.Console.SignIn;
using Chaperone.Contracts;

namespace Chaperone.Console.Web;

/// <summary>Break-glass as one person may see it.</summary>
internal sealed record BreakGlassView(BreakGlassReport Report, Visitor Visitor, bool MayOpen, bool MayReview)
{
    public static BreakGlassView Of(BreakGlassReport report, Visitor visitor) =>
        new(report, visitor, IsIn(report.OpenerGroups, visitor), IsIn(report.ReviewerGroups, visitor));

    /// <summary>Whether they see the windows of others: who reviews them, or watches over the gateway.</summary>
    public bool SeesAll => MayReview || Visitor.Is(ConsoleRoles.Analyst | ConsoleRoles.Admin);

    /// <summary>Whether there is anything for them here.</summary>
    public bool SeesAny => MayOpen || MayReview || (SeesAll && Report is not { OpenerGroups.Length: 0, Open.Length: 0, Closed: 0 });

    /// <summary>The windows open now that they may see.</summary>
    public IEnumerable<BreakGlassWindow> Open => Report.Open.Where(Sees);

    /// <summary>Their own window; null where none is open.</summary>
    public BreakGlassWindow? Own => Array.Find(Report.Open, IsOwn);

    /// <summary>Whether they see this window.</summary>
    public bool Sees(BreakGlassWindow window) => SeesAll || IsOwn(window);

    /// <summary>Whether they see why it was opened and what was found, which may name a patient.</summary>
    public bool Reads(BreakGlassWindow window) => MayReview || IsOwn(window);

    /// <summary>Whether they may close it before its time.</summary>
    public bool MayClose(BreakGlassWindow window) => window.ClosedAt is null && (IsOwn(window) || MayReview || Visitor.Is(ConsoleRoles.Admin));

    /// <summary>Whether they may sign it off.</summary>
    public bool Reviews(BreakGlassWindow window) => MayReview && window is { ClosedAt: not null, ReviewedAt: null } && !IsOwn(window);

    /// <summary>Whether it should have been reviewed by now.</summary>
    public bool IsOverdue(BreakGlassWindow window, DateTimeOffset now) =>
        window is { ClosedAt: { } closed, ReviewedAt: null } && now - closed > TimeSpan.FromHours(Report.ReviewWithinHours);

    private bool IsOwn(BreakGlassWindow window) => window.Opener.IsSamePerson(Visitor.Person);

    private static bool IsIn(string[] groups, Visitor visitor) => !visitor.Person.IsService && groups.Intersect(visitor.Person.Groups, StringComparer.Ordinal).Any();
}
