namespace Chaperone.Contracts;

/// <summary>Approval to recorder: the message of a recorded call as it came. Only asked after the reveal was recorded.</summary>
public sealed record ReadRequest
{
    /// <summary>The call's session.</summary>
    public required Guid SessionId { get; init; }

    /// <summary>The call.</summary>
    public required Guid CallId { get; init; }

    /// <summary>Event id of the record that says who is shown it, and why.</summary>
    public required Guid RevealEventId { get; init; }
}

/// <summary>The message of a recorded call.</summary>
public sealed record RequestRead
{
    /// <summary>Sealed under the call id; null where the ledger does not hold it (yet).</summary>
    public SealedPayload? Message { get; init; }
}
