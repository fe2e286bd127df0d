using System.Buffers.Binary;

namespace Chaperone.Ledger;

/// <summary>One signature line of a note.</summary>
/// <param name="Name">Name of the key.</param>
/// <param name="KeyId">Identifies the key together with its name; four bytes, not a strong hash.</param>
/// <param name="Signature">What follows the key id; its form depends on the key's type.</param>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Signature)
{
    private const string Dash = "\u2014 ";
    private const int MaxSignatureBytes = 8192;

    /// <summary>The line, with its newline.</summary>
    public override string ToString()
    {
        var blob = new byte[sizeof(uint) + Signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(blob, KeyId);
        Signature.Span.CopyTo(blob.AsSpan(sizeof(uint)));
        return $"{Dash}{Name} {Convert.ToBase64String(blob)}\n";
    }

    internal static bool TryParse(string line, out NoteSignature? signature)
    {
        signature = null;
        var parts = line.Split(' ');
        if (!line.StartsWith(Dash, StringComparison.Ordinal) || parts.Length != 3 || !NoteKey.IsName(parts[1])
            || !StrictBase64.TryDecode(parts[2], MaxSignatureBytes, out var blob) || blob.Length <= sizeof(uint))
        {
            return false;
        }

        signature = new NoteSignature(parts[1], BinaryPrimitives.ReadUInt32BigEndian(blob), blob.AsMemory(sizeof(uint)));
        return true;
    }
}
