namespace Chaperone.Contracts;

/// <summary>The number an edge process gives each message it sends, so that a missing one is noticed (invariant 9).</summary>
public sealed record EdgeStamp
{
    /// <summary>Name of the edge, stable over restarts, 1 to 64 characters of [A-Za-z0-9_.-].</summary>
    public required string Edge { get; init; }

    /// <summary>One process life of that edge: Unix milliseconds of its start, strictly growing.</summary>
    public required long Epoch { get; init; }

    /// <summary>1, 2, 3 ... within the epoch, without holes.</summary>
    public required long Number { get; init; }

    /// <summary>UUIDv7; becomes the event id of the one record this message leads to, so redelivery records once.</summary>
    public required Guid EventId { get; init; }
}
