namespace Chaperone.Recorder.Store;

/// <summary>A leaf as the store holds it, columns verbatim.</summary>
internal sealed record StoredLeaf
{
    public required long Index { get; init; }

    public required Guid EventId { get; init; }

    public required byte[] Hash { get; init; }

    public required byte[] Bytes { get; init; }

    public required int Kind { get; init; }

    public Guid? SessionId { get; init; }

    public string? Edge { get; init; }

    public long? Epoch { get; init; }

    public long? Number { get; init; }
}
