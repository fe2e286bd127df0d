namespace Chaperone.Contracts;

/// <summary>Console to recorder: what proves one record, to be checked by the reader's own browser.</summary>
public sealed record ReadProof
{
    /// <summary>Leaf index.</summary>
    public required long Index { get; init; }
}

/// <summary>What proves one record. Nothing in it was checked by the recorder.</summary>
public sealed record RecordProof
{
    /// <summary>Why there is no proof, one sentence; null if there is.</summary>
    public string? Problem { get; init; }

    /// <summary>The leaf's bytes as stored: commitments and ids, no PHI.</summary>
    public byte[] Leaf { get; init; } = [];

    /// <summary>The record's PHI-free header as stored; the leaf's <c>x</c> is its SHA-256.</summary>
    public byte[] Header { get; init; } = [];

    /// <summary>The encrypted object as stored; the leaf's <c>o</c> is its SHA-256. Empty where it is larger than 1 MiB.</summary>
    public byte[] Sealed { get; init; } = [];

    /// <summary>Length of the encrypted object.</summary>
    public long ObjectBytes { get; init; }

    /// <summary>The leaf's index in the tree of its log: the record's own in the ledger's first log, less in a later one.</summary>
    public long? TreeIndex { get; init; }

    /// <summary>Inclusion proof, leaf to root (RFC 6962), base64.</summary>
    public string[] Hashes { get; init; } = [];

    /// <summary>The signed checkpoint that the proof leads to, verbatim; null without a proof.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Verifier key of the ledger's first log (C2SP vkey) as the recorder says it; later logs have the same key under their own origins.</summary>
    public required string VerifierKey { get; init; }
}
