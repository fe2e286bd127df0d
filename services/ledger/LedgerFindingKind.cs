namespace Chaperone.Ledger;

/// <summary>What can be wrong with a log.</summary>
public enum LedgerFindingKind
{
    /// <summary>There is no checkpoint.</summary>
    CheckpointMissing = 1,

    /// <summary>The checkpoint is not a signed note with origin, size and root.</summary>
    CheckpointMalformed = 2,

    /// <summary>The log's key did not sign the checkpoint.</summary>
    CheckpointSignature = 3,

    /// <summary>The checkpoint is of another log.</summary>
    CheckpointOrigin = 4,

    /// <summary>The leaves and tiles agree with each other, but not with the signed root.</summary>
    RootMismatch = 5,

    /// <summary>An entry bundle is not there.</summary>
    EntriesMissing = 6,

    /// <summary>An entry bundle does not hold its number of entries.</summary>
    EntriesMalformed = 7,

    /// <summary>A leaf is not the one that was hashed into the tree.</summary>
    LeafMismatch = 8,

    /// <summary>A tile is not there.</summary>
    TileMissing = 9,

    /// <summary>A tile does not hold its number of hashes.</summary>
    TileMalformed = 10,

    /// <summary>A tile holds another hash than the one that was hashed into the tree.</summary>
    TileMismatch = 11,

    /// <summary>The sequencer's store holds another leaf than the log, or none.</summary>
    StoreMismatch = 12,

    /// <summary>An earlier checkpoint is of a tree that this log does not begin with: a fork.</summary>
    EarlierInconsistent = 13,

    /// <summary>The tree is smaller than an earlier checkpoint says: records were taken back.</summary>
    RolledBack = 14,
}
