namespace Chaperone.Ledger.Tests;

/// <summary>RFC 6962 section 2.1 word by word: slow, and without a line in common with the code under test.</summary>
public static class ReferenceTree
{
    public static MerkleHash Root(ReadOnlySpan<MerkleHash> leaves)
    {
        if (leaves.Length <= 1)
        {
            return leaves.IsEmpty ? MerkleHash.Read(System.Security.Cryptography.SHA256.HashData([])) : leaves[0];
        }

        var split = 1;
        while (split * 2 < leaves.Length)
        {
            split *= 2;
        }

        return MerkleHash.Read(System.Security.Cryptography.SHA256.HashData(
            [1, .. Root(leaves[..split]).ToArray(), .. Root(leaves[split..]).ToArray()]));
    }
}
