using Chaperone.Contracts;

namespace Chaperone.Policy.Pins;

/// <summary>A definition with all that is kept of it.</summary>
internal sealed record PinRow
{
    public required Guid Id { get; init; }

    public required string Server { get; init; }

    public required Pin Pin { get; init; }

    public required DateTimeOffset SeenAt { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public string? DecidedBy { get; init; }

    /// <summary>The decider's words; sealed under the id.</summary>
    public SealedPayload? Reason { get; init; }

    public ToolSuspicion[] Suspicions { get; init; } = [];

    /// <summary>Its text, sealed under the id; null where it is too large to be reviewed.</summary>
    public SealedPayload? Definition { get; init; }
}
