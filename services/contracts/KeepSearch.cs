namespace Chaperone.Contracts;

/// <summary>Console to recorder: save a search, or forget it. Asked twice, it counts once.</summary>
public sealed record KeepSearch
{
    /// <summary>Whose; nobody reaches another person's.</summary>
    public required Principal Owner { get; init; }

    /// <summary>UUIDv7 chosen by the console.</summary>
    public required Guid SearchId { get; init; }

    /// <summary>Name and question, at most 8 KiB, sealed under <see cref="SearchId"/>; null to forget the search.</summary>
    public SealedPayload? Content { get; init; }
}

/// <summary>Answer; durable when it says that it was kept.</summary>
public sealed record SearchKept
{
    /// <summary>True when it is as asked.</summary>
    public required bool Kept { get; init; }

    /// <summary>Why not, one sentence; null if kept.</summary>
    public string? Problem { get; init; }
}
