namespace Chaperone.Contracts;

/// <summary>Console to policy: how break-glass stands.</summary>
public sealed record ReadBreakGlass
{
    /// <summary>One window only, with its words; null for all, without them.</summary>
    public Guid? WindowId { get; init; }

    /// <summary>From 0; counts the windows that are closed.</summary>
    public int Offset { get; init; }

    /// <summary>1 to 200.</summary>
    public int Limit { get; init; } = 50;
}

/// <summary>How break-glass stands.</summary>
public sealed record BreakGlassReport
{
    /// <summary>Groups whose members may open a window; empty where the policy has no break-glass.</summary>
    public required string[] OpenerGroups { get; init; }

    /// <summary>Groups whose members may review one, never their own.</summary>
    public required string[] ReviewerGroups { get; init; }

    /// <summary>How long a window may be, 1 to 240.</summary>
    public required int MostMinutes { get; init; }

    /// <summary>After how many hours a window that nobody has reviewed is overdue.</summary>
    public required int ReviewWithinHours { get; init; }

    /// <summary>Windows that are open now, the newest first; at most 200.</summary>
    public required BreakGlassWindow[] Open { get; init; }

    /// <summary>How many closed ones nobody has reviewed.</summary>
    public required int Unreviewed { get; init; }

    /// <summary>How many are closed in all.</summary>
    public required int Closed { get; init; }

    /// <summary>A page of closed ones: those that nobody has reviewed first, the oldest of them first; then the newest.</summary>
    public required BreakGlassWindow[] Windows { get; init; }
}

/// <summary>One break-glass window.</summary>
public sealed record BreakGlassWindow
{
    /// <summary>UUIDv7; decisions under it carry it.</summary>
    public required Guid WindowId { get; init; }

    /// <summary>Whose it is: issuer, subject and name.</summary>
    public required Principal Opener { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it ends by itself.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Digest of the policy in force when it was opened.</summary>
    public required string PolicyDigest { get; init; }

    /// <summary>When it ended; null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Who closed it; null while it is open, and where its time was over.</summary>
    public Principal? ClosedBy { get; init; }

    /// <summary>When it was reviewed; null before.</summary>
    public DateTimeOffset? ReviewedAt { get; init; }

    /// <summary>Who reviewed it; null before.</summary>
    public Principal? ReviewedBy { get; init; }

    /// <summary>Whether the use was justified; null before the review.</summary>
    public bool? Justified { get; init; }

    /// <summary>Why it was opened; sealed under <see cref="WindowId"/>. Null in lists.</summary>
    public SealedPayload? Reason { get; init; }

    /// <summary>What the review found; sealed under <see cref="WindowId"/>. Null in lists, and before.</summary>
    public SealedPayload? Findings { get; init; }
}
