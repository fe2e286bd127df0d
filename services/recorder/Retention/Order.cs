using Chaperone.Contracts;

namespace Chaperone.Recorder.Retention;

/// <summary>An order to destroy as it lies in the store; its reason is sealed, and null where the end of retention is the reason.</summary>
internal sealed record Order(Guid Id, RetentionTarget Target, ShredScope Scope, ShredState State, DateTimeOffset AskedAt)
{
    public string? ReasonKey { get; init; }

    public byte[]? Reason { get; init; }

    public RetentionAct[] Agreed { get; init; } = [];

    public RetentionAct? Refused { get; init; }

    /// <summary>When the keys were destroyed; the state may still be <see cref="ShredState.Approved"/>, until the search has forgotten, too.</summary>
    public DateTimeOffset? DestroyedAt { get; init; }

    public long Keys { get; init; }
}
