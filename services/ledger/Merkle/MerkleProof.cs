namespace Chaperone.Ledger;

/// <summary>Checks inclusion and consistency proofs (RFC 9162 sections 2.1.3.2 and 2.1.4.2; the trees are those of RFC 6962).</summary>
public static class MerkleProof
{
    /// <summary>Most hashes a proof can have; a tree has fewer than 2^63 leaves.</summary>
    public const int MaxHashes = 63;

    /// <summary>True if <paramref name="proof"/> shows that leaf <paramref name="index"/> of the tree <paramref name="head"/> has hash <paramref name="leaf"/>.</summary>
    public static bool VerifyInclusion(MerkleHash leaf, long index, TreeHead head, IReadOnlyList<MerkleHash> proof)
    {
        if (index < 0 || index >= head.Size)
        {
            return false;
        }

        var node = index;
        var last = head.Size - 1;
        var root = leaf;
        foreach (var sibling in proof)
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                root = Rfc6962.HashNode(sibling, root);
                SkipCarriedLevels(ref node, ref last);
            }
            else
            {
                root = Rfc6962.HashNode(root, sibling);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && root == head.Root;
    }

    /// <summary>True if <paramref name="proof"/> shows that the tree <paramref name="newer"/> begins with all leaves of <paramref name="older"/>.</summary>
    public static bool VerifyConsistency(TreeHead older, TreeHead newer, IReadOnlyList<MerkleHash> proof)
    {
        if (older.Size < 0 || older.Size > newer.Size)
        {
            return false;
        }

        if (older.Size == newer.Size)
        {
            return proof.Count == 0 && older.Root == newer.Root;
        }

        if (older.Size == 0)
        {
            return proof.Count == 0 && older.Root == Rfc6962.EmptyRoot;
        }

        var node = older.Size - 1;
        var last = newer.Size - 1;
        while ((node & 1) == 1)
        {
            node >>= 1;
            last >>= 1;
        }

        // A complete older tree is itself the first node of the path, so the proof leaves it out.
        var next = 0;
        if (node != 0 && proof.Count == 0)
        {
            return false;
        }

        var start = node == 0 ? older.Root : proof[next++];
        return ClimbBoth(start, node, last, proof, next, older.Root, newer.Root);
    }

    private static bool ClimbBoth(
        MerkleHash start, long node, long last, IReadOnlyList<MerkleHash> proof, int next, MerkleHash olderRoot, MerkleHash newerRoot)
    {
        var olderHash = start;
        var newerHash = start;
        for (; next < proof.Count; next++)
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                olderHash = Rfc6962.HashNode(proof[next], olderHash);
                newerHash = Rfc6962.HashNode(proof[next], newerHash);
                SkipCarriedLevels(ref node, ref last);
            }
            else
            {
                newerHash = Rfc6962.HashNode(newerHash, proof[next]);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && olderHash == olderRoot && newerHash == newerRoot;
    }

    // A last node without a sibling is carried up unchanged: those levels have no hash in the proof.
    private static void SkipCarriedLevels(ref long node, ref long last)
    {
        while ((node & 1) == 0 && node != 0)
        {
            node >>= 1;
            last >>= 1;
        }
    }
}
