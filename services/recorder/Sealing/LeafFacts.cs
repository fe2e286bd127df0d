using Chaperone.Contracts;

namespace Chaperone.Recorder.Sealing;

/// <summary>What a leaf says: ids, the edge's number, and hashes in lower-case hex.</summary>
internal sealed record LeafFacts(
    Guid EventId,
    RecordKind Kind,
    Guid? SessionId,
    string? Edge,
    long? Epoch,
    long? Number,
    string Commitment,
    string ObjectHash,
    string HeaderHash)
{
    /// <summary>The call; null for records that are not about one.</summary>
    public Guid? CallId { get; init; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>How the log before was closed; null except in the first leaf of a later log.</summary>
    public CarryOver? Carried { get; init; }
}
