using System.Runtime.InteropServices;

namespace Chaperone.Ledger;

/// <summary>A SHA-256 hash of a Merkle tree, 32 bytes, held as a value.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct MerkleHash
{
    /// <summary>Bytes in a hash.</summary>
    public const int Size = 32;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    /// <summary>Reads the first 32 bytes of <paramref name="bytes"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 32 bytes.</exception>
    public static MerkleHash Read(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<MerkleHash>(bytes);

    /// <summary>Parses standard base64 of exactly 32 bytes; false for anything else, non-canonical padding included.</summary>
    public static bool TryParse(string text, out MerkleHash hash)
    {
        hash = default;
        if (!StrictBase64.TryDecode(text, Size, out var bytes) || bytes.Length != Size)
        {
            return false;
        }

        hash = Read(bytes);
        return true;
    }

    /// <summary>Writes the 32 bytes to the front of <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Room for fewer than 32 bytes.</exception>
    public void CopyTo(Span<byte> destination) => MemoryMarshal.Write(destination, in this);

    /// <summary>The 32 bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Standard base64, 44 characters, as in checkpoints and proofs.</summary>
    public override string ToString() => Convert.ToBase64String(ToArray());
}
