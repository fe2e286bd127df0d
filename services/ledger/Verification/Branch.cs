namespace Chaperone.Ledger;

/// <summary>What is known of one node before the tile above it was read.</summary>
/// <param name="FromBelow">Its hash as computed from what lies below its tile; null if that cannot be read.</param>
/// <param name="FromTile">Its hash as computed from its own tile's bytes.</param>
/// <param name="Suspect">Set where the two differ: the tile above decides which side was changed.</param>
internal readonly record struct Branch(MerkleHash? FromBelow, MerkleHash? FromTile, Suspect? Suspect);
