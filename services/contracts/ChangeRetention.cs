namespace Chaperone.Contracts;

/// <summary>Console to recorder: set or lift a hold; ask for, agree to or refuse a destruction. Asked twice under one id, it counts once.</summary>
public sealed record ChangeRetention
{
    /// <summary>UUIDv7 chosen by the console; a new hold or order gets it as its id.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>What to do.</summary>
    public required RetentionChange Change { get; init; }

    /// <summary>Who does it; the console has checked that they may.</summary>
    public required Principal Actor { get; init; }

    /// <summary>Why, 10 to 500 characters, sealed under <see cref="RequestId"/>. It may name a patient, so it stays sealed.</summary>
    public required SealedPayload Reason { get; init; }

    /// <summary>The hold to lift, or the order to agree to or refuse; null for new ones.</summary>
    public Guid? Id { get; init; }

    /// <summary>What a new hold protects or a new order destroys.</summary>
    public RetentionTarget? Target { get; init; }

    /// <summary>How much a new order destroys.</summary>
    public ShredScope Scope { get; init; }
}

/// <summary>What to do about retention; the safe side is zero.</summary>
public enum RetentionChange
{
    /// <summary>Set a hold.</summary>
    Hold = 0,

    /// <summary>Lift a hold.</summary>
    Lift = 1,

    /// <summary>Ask for a destruction; whoever asks is the first of two who agree.</summary>
    Ask = 2,

    /// <summary>Agree to one.</summary>
    Agree = 3,

    /// <summary>Refuse one.</summary>
    Refuse = 4,
}

/// <summary>Answer; recorded when it says that it was done.</summary>
public sealed record RetentionChanged
{
    /// <summary>True when it is as asked.</summary>
    public required bool Done { get; init; }

    /// <summary>Why not, one sentence; null if done.</summary>
    public string? Problem { get; init; }
}
