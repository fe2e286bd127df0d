namespace Chaperone.Contracts;

/// <summary>Console to recorder: how the ledger stands.</summary>
public sealed record ReadIntegrity
{
    /// <summary>True: verify the whole store now, and say the result.</summary>
    public bool VerifyNow { get; init; }

    /// <summary>Who asks; recorded when <see cref="VerifyNow"/>.</summary>
    public Principal? Actor { get; init; }
}

/// <summary>How the ledger stands.</summary>
public sealed record IntegrityReport
{
    /// <summary>Origin line of the open log's checkpoints.</summary>
    public required string Origin { get; init; }

    /// <summary>Verifier key of the ledger's first log (C2SP signed-note vkey); later logs have the same key under their own origins.</summary>
    public required string VerifierKey { get; init; }

    /// <summary>Records committed, through all logs.</summary>
    public required long TreeSize { get; init; }

    /// <summary>RFC 6962 root of the open log, base64.</summary>
    public required string RootHash { get; init; }

    /// <summary>The last signed checkpoint, verbatim; null before the first.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>When it was signed; null before the first.</summary>
    public DateTimeOffset? CheckpointAt { get; init; }

    /// <summary>When the store was last verified; null if never.</summary>
    public DateTimeOffset? VerifiedAt { get; init; }

    /// <summary>What the last verification said, one line; null if never.</summary>
    public string? VerifiedResult { get; init; }

    /// <summary>True if the last verification passed.</summary>
    public bool VerifiedOk { get; init; }

    /// <summary>Records not yet in the search index.</summary>
    public required long ProjectionLag { get; init; }

    /// <summary>Gaps, newest first, at most 100.</summary>
    public required NumberingGap[] Gaps { get; init; }
}

/// <summary>Numbers of an edge that never arrived.</summary>
public sealed record NumberingGap
{
    /// <summary>The edge.</summary>
    public required string Edge { get; init; }

    /// <summary>Its process life.</summary>
    public required long Epoch { get; init; }

    /// <summary>First missing number.</summary>
    public required long From { get; init; }

    /// <summary>Last missing number.</summary>
    public required long To { get; init; }

    /// <summary>When it was noticed.</summary>
    public required DateTimeOffset NoticedAt { get; init; }
}
