namespace Chaperone.Contracts;

/// <summary>Console to recorder: show the sealed parts of one record to a person. Recorded before it is answered.</summary>
public sealed record RevealRecord
{
    /// <summary>Leaf index.</summary>
    public required long Index { get; init; }

    /// <summary>The record that is meant; another one at that index is not shown.</summary>
    public required Guid EventId { get; init; }

    /// <summary>Who sees it; the console has checked that they may.</summary>
    public required Principal Actor { get; init; }

    /// <summary>Why, in the person's words, 10 to 500 characters; sealed under <see cref="EventId"/>, for it may name a patient.</summary>
    public required SealedPayload Reason { get; init; }
}

/// <summary>What was sealed; that it was shown is in the ledger by now.</summary>
public sealed record RecordRevealed
{
    /// <summary>Why nothing is shown, one sentence; null if it is.</summary>
    public string? Problem { get; init; }

    /// <summary>The parts in clear, sealed for the bus under the event id of the record; empty with a problem.</summary>
    public RecordPart[] Parts { get; init; } = [];

    /// <summary>Event id of the record that tells of this; null with a problem.</summary>
    public Guid? RevealId { get; init; }
}
