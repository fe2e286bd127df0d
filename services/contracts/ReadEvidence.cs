namespace Chaperone.Contracts;

/// <summary>Console to recorder: a piece of a bundle that was ready. A recorder that did not make it makes it now: the bytes are the same.</summary>
public sealed record ReadEvidence
{
    /// <summary>The request; the piece is sealed under it.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>As it was asked for.</summary>
    public required EvidenceFilter Filter { get; init; }

    /// <summary>SHA-256 of the whole, as <see cref="EvidenceMade"/> said it.</summary>
    public required string Sha256 { get; init; }

    /// <summary>First byte wanted, from 0.</summary>
    public required long Offset { get; init; }
}

/// <summary>A piece of a bundle.</summary>
public sealed record EvidencePiece
{
    /// <summary>How far the bundle is; only a ready one has pieces.</summary>
    public required EvidenceState State { get; init; }

    /// <summary>One sentence why there is none; set when failed.</summary>
    public string? Problem { get; init; }

    /// <summary>At most 256 KiB from the offset on, sealed under the request; null unless ready.</summary>
    public SealedPayload? Content { get; init; }
}
