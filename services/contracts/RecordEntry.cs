namespace Chaperone.Contracts;

/// <summary>One thing to be recorded for ever. Durable once the journal's call returns; consumers drop an event id they already hold.</summary>
public sealed record RecordEntry
{
    /// <summary>UUIDv7, unique; the stamp's event id where there is a stamp.</summary>
    public required Guid EventId { get; init; }

    /// <summary>What is recorded.</summary>
    public required RecordKind Kind { get; init; }

    /// <summary>When it happened, by the clock of the room that says so.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Room that says so: <c>edge</c>, <c>policy</c>, <c>masking</c>, <c>approval</c>, <c>recorder</c>, <c>console</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The edge's number of the message that led here; null for records no edge message led to.</summary>
    public EdgeStamp? Stamp { get; init; }

    /// <summary>The call; null for records that are not about one.</summary>
    public CallFacts? Call { get; init; }

    /// <summary>Policy's decision; null where there is none.</summary>
    public DecisionFacts? Decision { get; init; }

    /// <summary>How it ended; set for <see cref="RecordKind.Outcome"/>.</summary>
    public OutcomeFacts? Outcome { get; init; }

    /// <summary>The approval; set for <see cref="RecordKind.Approval"/>.</summary>
    public ApprovalFacts? Approval { get; init; }

    /// <summary>Who acted in the console or at a card; null otherwise.</summary>
    public Principal? Actor { get; init; }

    /// <summary>A PHI-free sentence or JSON object with what the kind needs (gap range, configuration digest, heartbeat's last number); null if nothing.</summary>
    public string? Note { get; init; }

    /// <summary>Payloads, each sealed under <see cref="EventId"/>.</summary>
    public RecordPart[] Parts { get; init; } = [];
}

/// <summary>What is recorded.</summary>
public enum RecordKind
{
    /// <summary>A decided message, before anything is forwarded.</summary>
    Intent = 0,

    /// <summary>What was released to the caller.</summary>
    Outcome = 1,

    /// <summary>An approval asked, decided, expired, withdrawn or released.</summary>
    Approval = 2,

    /// <summary>A session or sign-in began, ended or failed.</summary>
    Session = 3,

    /// <summary>A policy, key or setting changed.</summary>
    Configuration = 4,

    /// <summary>A review of the records.</summary>
    Review = 5,

    /// <summary>An export of records.</summary>
    Export = 6,

    /// <summary>Sealed content shown to a person.</summary>
    Reveal = 7,

    /// <summary>Numbers of an edge that never arrived.</summary>
    Gap = 8,

    /// <summary>An edge is alive; its note carries the last number.</summary>
    Heartbeat = 9,

    /// <summary>A number that an edge spent on a message that failed on the way: nothing was served.</summary>
    Void = 10,

    /// <summary>Something is wrong with the evidence itself, or somebody broke the glass; its note says what (<c>alarm</c>, <c>detail</c>).</summary>
    Alarm = 11,
}

/// <summary>One payload of a record.</summary>
public sealed record RecordPart
{
    /// <summary><c>request_raw</c>, <c>request_masked</c> or <c>response_masked</c>.</summary>
    public required string Name { get; init; }

    /// <summary>E.g. <c>application/json</c>.</summary>
    public required string MediaType { get; init; }

    /// <summary>True only for masked text: it may enter the search index.</summary>
    public required bool Searchable { get; init; }

    /// <summary>The bytes, sealed under the record's event id.</summary>
    public required SealedPayload Content { get; init; }
}
