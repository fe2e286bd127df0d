namespace Chaperone.Contracts;

/// <summary>How a call, or one event of it, ended.</summary>
public sealed record OutcomeFacts
{
    /// <summary>What the caller got.</summary>
    public required OutcomeStatus Status { get; init; }

    /// <summary>HTTP status released to the caller.</summary>
    public required int HttpStatus { get; init; }

    /// <summary>JSON-RPC error code released, if it is one.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>Milliseconds from forwarding to the upstream's answer; null when nothing was forwarded.</summary>
    public double? UpstreamMilliseconds { get; init; }

    /// <summary>Position of the event in its stream, from 0; null for a plain answer.</summary>
    public int? EventIndex { get; init; }

    /// <summary>The approval that let the call pass; null without one.</summary>
    public string? ApprovalId { get; init; }

    /// <summary>Bytes of the upstream's message before masking.</summary>
    public long UpstreamBytes { get; init; }

    /// <summary>What was masked; filled by masking.</summary>
    public MaskFinding[] Findings { get; init; } = [];

    /// <summary>Where and by what rule it was found; empty in records of older versions.</summary>
    public MaskPlace[] Places { get => field ?? []; init; }
}

/// <summary>What the caller got.</summary>
public enum OutcomeStatus
{
    /// <summary>Refused by the gateway; nothing reached the upstream.</summary>
    Refused = 0,

    /// <summary>Held; the caller was told that approval is pending.</summary>
    Pending = 1,

    /// <summary>The upstream's answer, masked.</summary>
    Answered = 2,

    /// <summary>The upstream may have acted, but its answer was withheld.</summary>
    Withheld = 3,

    /// <summary>The upstream failed or could not be reached.</summary>
    Failed = 4,

    /// <summary>The client cancelled or went away.</summary>
    Cancelled = 5,
}
