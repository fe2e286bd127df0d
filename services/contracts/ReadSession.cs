namespace Chaperone.Contracts;

/// <summary>Console to recorder: everything recorded of one session, in ledger order; masked text only.</summary>
public sealed record ReadSession
{
    /// <summary>The gateway's session id.</summary>
    public required Guid SessionId { get; init; }

    /// <summary>Only records of a ledger index at or above this.</summary>
    public long FromIndex { get; init; }

    /// <summary>1 to 1,000.</summary>
    public int Limit { get; init; } = 500;
}

/// <summary>The records of a session.</summary>
public sealed record SessionTranscript
{
    /// <summary>The session; null when there is none.</summary>
    public SessionItem? Session { get; init; }

    /// <summary>In ledger order.</summary>
    public required TranscriptEntry[] Entries { get; init; }

    /// <summary>True when more follow.</summary>
    public required bool More { get; init; }
}

/// <summary>One record with its place in the ledger.</summary>
public sealed record TranscriptEntry
{
    /// <summary>Leaf index.</summary>
    public required long Index { get; init; }

    /// <summary>RFC 6962 leaf hash, lower-case hex.</summary>
    public required string LeafHash { get; init; }

    /// <summary>The record; its parts hold only searchable (masked) payloads, sealed under the event id.</summary>
    public required RecordEntry Entry { get; init; }

    /// <summary>Names of the parts that stay sealed, e.g. <c>request_raw</c>; an authorised person may have them shown (<see cref="RevealRecord"/>).</summary>
    public string[] SealedParts { get; init; } = [];

    /// <summary>Why the record cannot be read, one sentence; then the entry has only what the leaf says. Null if it can.</summary>
    public string? Problem { get; init; }
}
