namespace Chaperone.Contracts;

/// <summary>Edge to policy: may this message pass? Answered by <see cref="CallDecided"/> once the intent is durable.</summary>
public sealed record EvaluateCall
{
    /// <summary>What the call is.</summary>
    public required CallFacts Call { get; init; }

    /// <summary>The edge's number of this message.</summary>
    public required EdgeStamp Stamp { get; init; }

    /// <summary>The original bytes of the JSON-RPC message; sealed under <see cref="CallFacts.CallId"/>. Empty for GET and DELETE.</summary>
    public required SealedPayload Message { get; init; }

    /// <summary>True where the edge asks once more, with the same stamp, if this one is answered with <see cref="CallDecided.NeedsToolList"/>: that answer is then given without a record, so that one call leaves one intent.</summary>
    public bool AsksAgain { get; init; }

    /// <summary>The approved request this repeats, e.g. <c>APR-12</c>; null at first. Policy records it; only <see cref="ClaimApproval"/> lets it pass.</summary>
    public string? ApprovalId { get; init; }
}

/// <summary>What policy decided; its being answered means that the intent is durable, but for an answer that the edge only asks again after (<see cref="EvaluateCall.AsksAgain"/>).</summary>
public sealed record CallDecided
{
    /// <summary>The call decided on.</summary>
    public required Guid CallId { get; init; }

    /// <summary>The decision and why.</summary>
    public required DecisionFacts Decision { get; init; }

    /// <summary>False where the caller may not even know that the target exists: answer as if it were unknown.</summary>
    public required bool Visible { get; init; }

    /// <summary>The operator's own rules of masking that hold for the call; null where there are none.</summary>
    public OwnMasking? OwnMasking { get; init; }

    /// <summary>True where the call is refused only because no list has shown its tool yet: have policy review the server's list (<see cref="ReviewList"/>), then ask once more.</summary>
    public bool NeedsToolList { get; init; }

    /// <summary>After how many seconds a call that a limit refused may be tried again, 1 or more; null where no limit refused it.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>What the call's end is counted on; the edge says so by <see cref="SettleCall"/>. Empty where nothing is.</summary>
    public UsageMeter[] Meters { get; init; } = [];

    /// <summary>What the caller's token lacks, where that is all that keeps the call from passing so far; null where another token would not help.</summary>
    public ProofNeeded? Needs { get; init; }

    /// <summary>Who has to approve; set exactly when the effect is <see cref="CallEffect.Hold"/>.</summary>
    public ApprovalRequirement? Approval { get; init; }
}

/// <summary>What a better token would have; the edge asks for it (RFC 6750, RFC 9470).</summary>
public sealed record ProofNeeded
{
    /// <summary>True where the person has to sign in again, or more strongly; false where only scopes are missing.</summary>
    public required bool SignIn { get; init; }

    /// <summary>Authentication classes (<c>acr</c>) of which one will do; empty where policy names none.</summary>
    public required string[] AuthenticationClasses { get; init; }

    /// <summary>How long ago the sign-in may be, in seconds; null where that does not matter.</summary>
    public int? MaxAgeSeconds { get; init; }

    /// <summary>All scopes that the call needs, also those the token has.</summary>
    public required string[] Scopes { get; init; }
}

/// <summary>The decision of a call as recorded.</summary>
public sealed record DecisionFacts
{
    /// <summary>What happens to the call.</summary>
    public required CallEffect Effect { get; init; }

    /// <summary>Name of the rule that decided, or <c>default-deny</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>SHA-256 of the policy in force, lower-case hex.</summary>
    public required string PolicyDigest { get; init; }

    /// <summary>One sentence for the caller; PHI-free.</summary>
    public required string Reason { get; init; }

    /// <summary>Masking profile of everything that comes back, e.g. <c>safe-harbor</c>; the strictest where nothing says otherwise.</summary>
    public required string Masking { get; init; }

    /// <summary>Identifier classes of the policy file, e.g. <c>name</c>, that the caller may see all the same; none where nothing says otherwise, and never in records and search.</summary>
    public string[] Exempt { get; init; } = [];

    /// <summary>The caller's break-glass window, without which it would have been decided otherwise; null where there is none, or it made no difference.</summary>
    public Guid? BreakGlass { get; init; }
}

/// <summary>What happens to a call; the safe side is zero.</summary>
public enum CallEffect
{
    /// <summary>Refused.</summary>
    Deny = 0,

    /// <summary>Held for a human's yes.</summary>
    Hold = 1,

    /// <summary>Forwarded.</summary>
    Allow = 2,
}

/// <summary>Who has to approve a held call.</summary>
public sealed record ApprovalRequirement
{
    /// <summary>Role named in the policy file; of several, their names.</summary>
    public required string Role { get; init; }

    /// <summary>Identity provider groups that make up the role. Empty where <see cref="Seats"/> says who: an older room, which does not know seats or a needed reason, then lets nobody decide.</summary>
    public required string[] Groups { get; init; }

    /// <summary>Distinct people needed in all, 1 to 10.</summary>
    public required int Approvals { get; init; }

    /// <summary>How long the request stays open, 10 seconds to 24 hours.</summary>
    public required TimeSpan ExpiresAfter { get; init; }

    /// <summary>How many of which roles; each person sits on one seat only. Empty: <see cref="Approvals"/> people of <see cref="Groups"/>.</summary>
    public ApprovalSeat[] Seats { get; init; } = [];

    /// <summary>True where a yes needs words. Only together with <see cref="Seats"/>.</summary>
    public bool ReasonRequired { get; init; }

    /// <summary>For how long at most a yes may hold for further calls of the same person, client, session, server and tool; null where it may not.</summary>
    public TimeSpan? GrantUpTo { get; init; }

    /// <summary>How often people are told again while the request waits; null for never.</summary>
    public TimeSpan? RemindEvery { get; init; }

    /// <summary>What the tool may do, in words, as its server declares it (annotations) when approval is asked; null where that is not known. Policy leaves it out, the edge fills it in.</summary>
    public string? Risk { get; init; }

    /// <summary>Who is asked as well when the request waits long; null for nobody.</summary>
    public ApprovalEscalation? Escalation { get; init; }

    /// <summary>The seats, also where only <see cref="Groups"/> says who.</summary>
    public ApprovalSeat[] AllSeats() => Seats.Length > 0 ? Seats : [new ApprovalSeat { Role = Role, Groups = Groups, Approvals = Approvals }];
}

/// <summary>So many people of one role.</summary>
public sealed record ApprovalSeat
{
    /// <summary>Role named in the policy file.</summary>
    public required string Role { get; init; }

    /// <summary>Identity provider groups that make up the role.</summary>
    public required string[] Groups { get; init; }

    /// <summary>Distinct people needed, 1 to 10.</summary>
    public required int Approvals { get; init; }
}

/// <summary>Who may take anybody's seat once a request has waited long.</summary>
public sealed record ApprovalEscalation
{
    /// <summary>Counted from the request.</summary>
    public required TimeSpan After { get; init; }

    /// <summary>Role named in the policy file; of several, their names.</summary>
    public required string Role { get; init; }

    /// <summary>Identity provider groups that make up the roles.</summary>
    public required string[] Groups { get; init; }
}
