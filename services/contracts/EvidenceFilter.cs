namespace Chaperone.Contracts;

/// <summary>What a bundle of evidence is about. Its words are written into the bundle, so each must look like a name and like no identifier of a patient.</summary>
public sealed record EvidenceFilter
{
    /// <summary>First moment of the period.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>First moment after the period.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Only calls of this person: subject, or verified e-mail address; null for all.</summary>
    public string? User { get; init; }

    /// <summary>Only calls to this server, by its key in the policy file; null for all.</summary>
    public string? Server { get; init; }

    /// <summary>Only calls of this tool or prompt; null for all.</summary>
    public string? Tool { get; init; }

    /// <summary>Only this session; null for all.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>Only calls that were once decided so; null for all.</summary>
    public CallEffect? Decision { get; init; }

    /// <summary>True: the masked text of requests and responses goes into the bundle, too. Masking can miss an identifier, so such a bundle is not PHI-free. Default false.</summary>
    public bool WithMaskedText { get; init; }

    /// <summary>Leaves of the tree that the bundle is proved against: the same filter and size give the same bytes. Null: all that a checkpoint was signed over.</summary>
    public long? TreeSize { get; init; }

    /// <summary>A signed checkpoint kept from before, verbatim: the bundle proves that the ledger only grew since. Null for none.</summary>
    public string? OlderCheckpoint { get; init; }
}
