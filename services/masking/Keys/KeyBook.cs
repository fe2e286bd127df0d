using System.Buffers.Binary;
using Chaperone.Masking.Json;

namespace Chaperone.Masking.Keys;

/// <summary>Finds the entry of a key by its bytes: the same few keys stand in every object of a list. Not thread-safe.</summary>
internal sealed class KeyBook(KeyLexicon lexicon)
{
    /// <summary>Longer keys say nothing.</summary>
    public const int LongestKey = 256;

    private const int Slots = 8192;
    private const int MostKeys = Slots / 2;

    private static readonly KeyEntry TooLong = new("", KeyRule.Silent);

    private readonly (byte[] Key, KeyEntry Entry)[] _slots = new (byte[], KeyEntry)[Slots];
    private int _count;

    /// <summary>Makes room where a message before this one has left none; numbers of keys hold until then.</summary>
    public void Start()
    {
        if (_count >= MostKeys)
        {
            Array.Clear(_slots);
            _count = 0;
        }
    }

    /// <summary>The entry with a number.</summary>
    public KeyEntry this[ushort number] => _slots[number - 1].Entry;

    /// <summary>The entry of a key, and its number; 0 where the book is full.</summary>
    public KeyEntry Find(ReadOnlySpan<byte> key, bool escaped, out ushort number)
    {
        number = 0;
        if (key.Length > LongestKey)
        {
            return TooLong;
        }

        var slot = Hash(key) & (Slots - 1);
        for (; _slots[slot].Key is { } known; slot = (slot + 1) & (Slots - 1))
        {
            if (key.SequenceEqual(known))
            {
                number = (ushort)(slot + 1);
                return _slots[slot].Entry;
            }
        }

        Span<char> buffer = stackalloc char[LongestKey];
        var name = buffer[..JsonText.Decode(key, escaped, buffer)].ToString();
        var entry = new KeyEntry(name, lexicon.FindField(name));
        if (_count < MostKeys)
        {
            number = (ushort)(slot + 1);
            _slots[slot] = (key.ToArray(), entry);
            _count++;
        }

        return entry;
    }

    private static uint Hash(ReadOnlySpan<byte> key)
    {
        ulong hash;
        if (key.Length >= 8)
        {
            hash = BinaryPrimitives.ReadUInt64LittleEndian(key) ^ (BinaryPrimitives.ReadUInt64LittleEndian(key[^8..]) * 0x9E3779B97F4A7C15);
        }
        else if (key.Length >= 4)
        {
            hash = ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(key) << 32) | BinaryPrimitives.ReadUInt32LittleEndian(key[^4..]);
        }
        else
        {
            hash = 0;
            foreach (var b in key)
            {
                hash = (hash << 8) | b;
            }
        }

        hash = (hash ^ (uint)key.Length) * 0x9E3779B97F4A7C15;
        return (uint)(hash >> 40);
    }
}
