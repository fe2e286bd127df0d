using Chaperone.Ledger;

namespace Chaperone.Recorder.Evidence;

/// <summary>Hashes as a bundle writes them: hex.</summary>
internal static class BundleProof
{
    /// <summary>Hashes joined by commas, <c>-</c> for none; what is no hash becomes one that proves nothing.</summary>
    public static IReadOnlyList<MerkleHash> Read(string text) => text == "-" ? [] : [.. text.Split(',').Select(ReadHash)];

    /// <summary>One hash; zeros where it is none.</summary>
    public static MerkleHash ReadHash(string hex)
    {
        Span<byte> bytes = stackalloc byte[MerkleHash.Size];
        return hex.Length == 2 * MerkleHash.Size && Convert.FromHexString(hex, bytes, out _, out _) == System.Buffers.OperationStatus.Done ? MerkleHash.Read(bytes) : default;
    }
}
