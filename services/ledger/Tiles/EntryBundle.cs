using System.Buffers.Binary;

namespace Chaperone.Ledger;

/// <summary>The bytes of up to 256 entries, each after its length as two bytes big-endian (C2SP tlog-tiles, "log entries").</summary>
public static class EntryBundle
{
    /// <summary>Longest entry in bytes.</summary>
    public const int MaxEntryBytes = ushort.MaxValue;

    private const int LengthBytes = sizeof(ushort);

    /// <summary>E.g. <c>tile/entries/x001/067</c>, or with <c>.p/12</c> for a partial bundle.</summary>
    public static string PathOf(long index, int width) => Tile.PathOf("entries", index, width);

    /// <summary>Writes <paramref name="entries"/> in order.</summary>
    /// <exception cref="ArgumentException">More than 256 entries, or one longer than 65,535 bytes.</exception>
    public static byte[] Encode(IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        if (entries.Count > Tile.FullWidth || entries.Any(entry => entry.Length > MaxEntryBytes))
        {
            throw new ArgumentException("A bundle has at most 256 entries of at most 65,535 bytes.", nameof(entries));
        }

        var bundle = new byte[entries.Sum(entry => LengthBytes + entry.Length)];
        var rest = bundle.AsSpan();
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)entry.Length);
            entry.Span.CopyTo(rest[LengthBytes..]);
            rest = rest[(LengthBytes + entry.Length)..];
        }

        return bundle;
    }

    /// <summary>Reads exactly <paramref name="width"/> entries; false, with a sentence in <paramref name="problem"/>, if the bytes do not hold them or hold more.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bundle, int width, out ReadOnlyMemory<byte>[] entries, out string problem)
    {
        entries = [];
        problem = "";
        var found = new ReadOnlyMemory<byte>[width];
        var rest = bundle;
        for (var i = 0; i < width; i++)
        {
            if (rest.Length < LengthBytes)
            {
                problem = $"ends before entry {i} of {width}";
                return false;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(rest.Span);
            rest = rest[LengthBytes..];
            if (rest.Length < length)
            {
                problem = $"entry {i} says {length} bytes, but {rest.Length} are left";
                return false;
            }

            found[i] = rest[..length];
            rest = rest[length..];
        }

        if (!rest.IsEmpty)
        {
            problem = $"has {rest.Length} bytes after its {width} entries";
            return false;
        }

        entries = found;
        return true;
    }
}
