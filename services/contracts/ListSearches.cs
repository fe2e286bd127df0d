namespace Chaperone.Contracts;

/// <summary>Console to recorder: the searches that a person saved.</summary>
public sealed record ListSearches
{
    /// <summary>Whose; the issuer and subject count.</summary>
    public required Principal Owner { get; init; }
}

/// <summary>Saved searches, the newest first.</summary>
public sealed record SearchList
{
    /// <summary>At most 100.</summary>
    public required SavedSearch[] Items { get; init; }
}

/// <summary>One saved search.</summary>
public sealed record SavedSearch
{
    /// <summary>Its id; <see cref="Content"/> is sealed under it.</summary>
    public required Guid SearchId { get; init; }

    /// <summary>Name and question as the console wrote them, sealed.</summary>
    public required SealedPayload Content { get; init; }

    /// <summary>When it was saved.</summary>
    public required DateTimeOffset SavedAt { get; init; }
}
