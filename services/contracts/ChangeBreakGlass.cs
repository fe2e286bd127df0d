namespace Chaperone.Contracts;

/// <summary>Console to policy: open, close or review a break-glass window. Answered once it is recorded and in force; asked twice under one id, it counts once.</summary>
public sealed record ChangeBreakGlass
{
    /// <summary>What to do.</summary>
    public required BreakGlassChange Change { get; init; }

    /// <summary>The window; a new one gets the id, a UUIDv7 chosen by the console.</summary>
    public required Guid WindowId { get; init; }

    /// <summary>Who does it. Policy checks who may open and review; the console, that whoever closes another's window is an admin.</summary>
    public required Principal Actor { get; init; }

    /// <summary>Why it is opened, 10 to 500 characters, or what the review found, 10 to 2,000; sealed under <see cref="WindowId"/>, since it may name a patient. Null to close.</summary>
    public SealedPayload? Words { get; init; }

    /// <summary>How long a new window stays open, at most what the policy says.</summary>
    public int Minutes { get; init; }

    /// <summary>Of a review: true where the use was justified.</summary>
    public bool Justified { get; init; }
}

/// <summary>What to do about a break-glass window; the safe side is zero.</summary>
public enum BreakGlassChange
{
    /// <summary>Close it before its time.</summary>
    Close = 0,

    /// <summary>Open a new one for the actor.</summary>
    Open = 1,

    /// <summary>Sign off what was done under it.</summary>
    Review = 2,
}

/// <summary>Answer.</summary>
public sealed record BreakGlassChanged
{
    /// <summary>True when it is as asked.</summary>
    public required bool Done { get; init; }

    /// <summary>Why not, one sentence; null if done.</summary>
    public string? Problem { get; init; }
}
