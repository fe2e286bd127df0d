namespace Chaperone.Contracts;

/// <summary>Console to recorder: make a bundle of evidence, or say how far it is. Asked again with the same request, it is the same work; that it was made is recorded before it is said to be ready.</summary>
public sealed record MakeEvidence
{
    /// <summary>UUIDv7, one for each time somebody asks; the event id of the record that tells of it.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>What it is about; <see cref="EvidenceFilter.TreeSize"/> is set, so that every recorder makes the same bytes.</summary>
    public required EvidenceFilter Filter { get; init; }

    /// <summary>Who asks; recorded.</summary>
    public required Principal Actor { get; init; }
}

/// <summary>How a bundle of evidence stands.</summary>
public sealed record EvidenceMade
{
    /// <summary>How far it is.</summary>
    public required EvidenceState State { get; init; }

    /// <summary>One sentence why there is none; set when failed.</summary>
    public string? Problem { get; init; }

    /// <summary>SHA-256 of the zip, lower-case hex; set when ready.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Bytes of the zip.</summary>
    public long Bytes { get; init; }

    /// <summary>Records in it.</summary>
    public long Records { get; init; }
}

/// <summary>How far a bundle is; the safe side is zero.</summary>
public enum EvidenceState
{
    /// <summary>There is none, and there will be none.</summary>
    Failed = 0,

    /// <summary>It is being made: ask again.</summary>
    Running = 1,

    /// <summary>It can be read.</summary>
    Ready = 2,
}
