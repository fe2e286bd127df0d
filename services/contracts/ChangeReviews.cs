namespace Chaperone.Contracts;

/// <summary>Console to recorder: a step of a review. It is a record of the ledger, and nothing else keeps it.</summary>
public sealed record ChangeReviews
{
    /// <summary>UUIDv7; event id of the record. <see cref="Words"/> are sealed under it.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>What is done.</summary>
    public required ReviewChange Change { get; init; }

    /// <summary>Who does it; the console has checked that they may.</summary>
    public required Principal Actor { get; init; }

    /// <summary>The plan, for <see cref="ReviewChange.Plan"/>; its id is chosen by the recorder.</summary>
    public ReviewPlan? Plan { get; init; }

    /// <summary>What the plan's search looks for, for <see cref="ReviewChange.Plan"/>: <see cref="MessageTerms"/> as JSON, sealed; null where it has none.</summary>
    public SealedPayload? Terms { get; init; }

    /// <summary>The plan, for <see cref="ReviewChange.End"/>.</summary>
    public Guid? PlanId { get; init; }

    /// <summary>The run, for <see cref="ReviewChange.Judge"/> and <see cref="ReviewChange.Sign"/>.</summary>
    public Guid? RunId { get; init; }

    /// <summary>The session, for <see cref="ReviewChange.Judge"/>.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>The finding, for <see cref="ReviewChange.Judge"/>.</summary>
    public ReviewVerdict? Verdict { get; init; }

    /// <summary>The person's words, at most 2,000 characters, sealed; needed for a finding other than fine, and to sign.</summary>
    public SealedPayload? Words { get; init; }
}

/// <summary>What is done to a review.</summary>
public enum ReviewChange
{
    /// <summary>Plan one.</summary>
    Plan = 0,

    /// <summary>End a plan; its open runs stay.</summary>
    End = 1,

    /// <summary>Write down what was found in a session; may be said anew until it is signed.</summary>
    Judge = 2,

    /// <summary>Sign the run: every session drawn has a finding.</summary>
    Sign = 3,
}

/// <summary>Answer; the record is durable when it is done.</summary>
public sealed record ReviewsChanged
{
    /// <summary>True when it is as asked.</summary>
    public required bool Done { get; init; }

    /// <summary>Why not, one sentence; null if done.</summary>
    public string? Problem { get; init; }
}
