namespace Chaperone.Ledger;

/// <summary>One tile compared with what lies below it.</summary>
/// <param name="FromBelow">Its hashes as computed from below, where the tile did not decide for its own; null where unknown.</param>
/// <param name="FromTile">Its hashes as its file says; those of <paramref name="FromBelow"/> if there is no usable file.</param>
/// <param name="Suspect">Set if the two differ.</param>
internal sealed record TileCheck(MerkleHash?[] FromBelow, MerkleHash?[] FromTile, Suspect? Suspect)
{
    /// <summary>The tile as one node of the level above.</summary>
    public Branch ToBranch()
    {
        var fromBelow = RootOf(FromBelow);
        return new Branch(fromBelow, Suspect is null ? fromBelow : RootOf(FromTile), Suspect);
    }

    /// <summary>Root over hashes; null if one is unknown.</summary>
    public static MerkleHash? RootOf(IReadOnlyList<MerkleHash?> hashes) =>
        hashes.Any(hash => hash is null) ? null : Rfc6962.Root([.. hashes.Select(hash => hash!.Value)]);
}
