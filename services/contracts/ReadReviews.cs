namespace Chaperone.Contracts;

/// <summary>Console to recorder: reviews of the records that were planned, and how they stand (45 CFR 164.308(a)(1)(ii)(D)).</summary>
public sealed record ReadReviews
{
    /// <summary>Names this question; words in the answer are sealed under it.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>The run whose sessions are wanted, too; null for none.</summary>
    public Guid? RunId { get; init; }
}

/// <summary>Plans and runs.</summary>
public sealed record ReviewBoard
{
    /// <summary>Plans that stand, by name.</summary>
    public ReviewPlan[] Plans { get; init; } = [];

    /// <summary>Runs, the newest first; at most 100.</summary>
    public ReviewRun[] Runs { get; init; } = [];

    /// <summary>Sessions of the run that was asked for, in order of the draw.</summary>
    public ReviewedSession[] Sessions { get; init; } = [];

    /// <summary>What the searches of the plans, and of the run that was asked for, look for: <see cref="MessageTerms"/> as JSON, sealed under the question. One that no longer opens is left out.</summary>
    public ReviewTerms[] Terms { get; init; } = [];
}

/// <summary>A review that comes round: which sessions, how many of them, and how long people have.</summary>
public sealed record ReviewPlan
{
    /// <summary>UUIDv7.</summary>
    public required Guid PlanId { get; init; }

    /// <summary>1 to 80 characters, PHI-free.</summary>
    public required string Name { get; init; }

    /// <summary>How often.</summary>
    public required ReviewCadence Cadence { get; init; }

    /// <summary>Only sessions with this server; null for all.</summary>
    public string? Server { get; init; }

    /// <summary>Only sessions of the person with this subject; null for all.</summary>
    public string? User { get; init; }

    /// <summary>Only sessions in which something was refused.</summary>
    public bool OnlyRefused { get; init; }

    /// <summary>Only sessions with a message of the period that a search finds; its terms are sealed beside the plan, for they may name a patient.</summary>
    public bool Searched { get; init; }

    /// <summary>Sessions drawn, 1 to 100; all where there are fewer.</summary>
    public required int Sample { get; init; }

    /// <summary>Days from the end of the period until it has to be signed, 1 to 90.</summary>
    public required int DueDays { get; init; }
}

/// <summary>The search of a plan or a run.</summary>
public sealed record ReviewTerms
{
    /// <summary>The plan or the run.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it looks for.</summary>
    public required SealedPayload Terms { get; init; }
}

/// <summary>How often a review comes round; periods are whole, in UTC.</summary>
public enum ReviewCadence
{
    /// <summary>Each calendar month.</summary>
    Monthly = 0,

    /// <summary>Each week from Monday.</summary>
    Weekly = 1,

    /// <summary>Each quarter of the year.</summary>
    Quarterly = 2,
}

/// <summary>One review of one period.</summary>
public sealed record ReviewRun
{
    /// <summary>Its id.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The plan as it was when the run was opened.</summary>
    public required ReviewPlan Plan { get; init; }

    /// <summary>First moment of the period.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>First moment after it.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>When it has to be signed.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Sessions that the plan's search found.</summary>
    public required int Population { get; init; }

    /// <summary>Sessions drawn.</summary>
    public required int Drawn { get; init; }

    /// <summary>Sessions with a finding.</summary>
    public required int Judged { get; init; }

    /// <summary>Of these, those that are a concern or an incident.</summary>
    public required int Concerns { get; init; }

    /// <summary>What the draw was seeded with; who has the ledger can draw again.</summary>
    public required string Seed { get; init; }

    /// <summary>When people were last reminded that it is overdue; null if never.</summary>
    public DateTimeOffset? RemindedAt { get; init; }

    /// <summary>Who signed it; null while it is open.</summary>
    public ReviewAct? SignedOff { get; init; }
}

/// <summary>One session of a run.</summary>
public sealed record ReviewedSession
{
    /// <summary>The session.</summary>
    public required Guid SessionId { get; init; }

    /// <summary>What was found; null before.</summary>
    public ReviewVerdict? Verdict { get; init; }

    /// <summary>Who found it; null before.</summary>
    public ReviewAct? By { get; init; }

    /// <summary>In what words, sealed under the question; null where there are none, or they no longer open.</summary>
    public SealedPayload? Words { get; init; }
}

/// <summary>What a reviewer found in a session.</summary>
public enum ReviewVerdict
{
    /// <summary>Something that must be looked into as an incident.</summary>
    Incident = 0,

    /// <summary>Something to be asked or changed.</summary>
    Concern = 1,

    /// <summary>Nothing.</summary>
    Fine = 2,
}

/// <summary>Who did something in a review, and when.</summary>
public sealed record ReviewAct
{
    /// <summary>The person's issuer.</summary>
    public required string Issuer { get; init; }

    /// <summary>The person's subject.</summary>
    public required string Subject { get; init; }

    /// <summary>A name to show; null if the provider gave none.</summary>
    public string? Name { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }
}
