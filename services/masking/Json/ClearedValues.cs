using System.Buffers.Binary;

namespace Chaperone.Masking.Json;

/// <summary>
/// Values of one message in which nothing was found: codes, units and names of tests stand in every row, and are read once.
/// They are compared byte by byte, and a new message starts without any. Not thread-safe.
/// </summary>
internal sealed class ClearedValues
{
    /// <summary>Longer values seldom stand twice.</summary>
    public const int Longest = 96;

    private const int Slots = 2048;
    private const int Room = 128;

    private readonly Slot[] _slots = new Slot[Slots];
    private byte[] _bytes = [];
    private int _message = 1;

    /// <summary>Forgets all: another message comes.</summary>
    public void Clear() => _message++;

    /// <summary>How many words were known when nothing was found in <paramref name="value"/>, read in the way that <paramref name="reading"/> stands for; -1 where it was not.</summary>
    public int Find(ReadOnlySpan<byte> value, uint reading)
    {
        if (value.Length > Longest || _bytes.Length == 0)
        {
            return -1;
        }

        var number = Number(value, reading);
        ref readonly var slot = ref _slots[number];
        return slot.Message == _message && slot.Reading == reading && slot.Length == value.Length && value.SequenceEqual(_bytes.AsSpan(number * Room, slot.Length)) ? slot.Known : -1;
    }

    /// <summary>Notes that nothing was found in <paramref name="value"/> when <paramref name="known"/> words were known.</summary>
    public void Add(ReadOnlySpan<byte> value, uint reading, int known)
    {
        if (value.Length > Longest)
        {
            return;
        }

        if (_bytes.Length == 0)
        {
            _bytes = new byte[Slots * Room];
        }

        var number = Number(value, reading);
        _slots[number] = new Slot { Message = _message, Reading = reading, Length = value.Length, Known = known };
        value.CopyTo(_bytes.AsSpan(number * Room));
    }

    /// <summary>A number of 11 bits for a value and the way in which it is read.</summary>
    public static int Number(ReadOnlySpan<byte> value, uint reading)
    {
        var hash = ((ulong)reading << 32) | (uint)value.Length;
        if (value.Length >= sizeof(ulong))
        {
            // The last eight bytes may overlap those before them.
            var last = BinaryPrimitives.ReadUInt64LittleEndian(value[^sizeof(ulong)..]);
            for (; value.Length > sizeof(ulong); value = value[sizeof(ulong)..])
            {
                hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(value)) * 0x9E3779B97F4A7C15;
                hash ^= hash >> 29;
            }

            hash ^= last;
        }
        else if (value.Length >= sizeof(uint))
        {
            hash ^= BinaryPrimitives.ReadUInt32LittleEndian(value) * 0x9E3779B97F4A7C15;
            hash ^= (hash >> 29) ^ BinaryPrimitives.ReadUInt32LittleEndian(value[^sizeof(uint)..]);
        }
        else
        {
            foreach (var b in value)
            {
                hash = (hash ^ b) * 0x100000001B3;
            }
        }

        hash *= 0x9E3779B97F4A7C15;
        hash ^= hash >> 32;
        hash *= 0x9E3779B97F4A7C15;
        return (int)(hash >> 53);
    }

    private struct Slot
    {
        public int Message;
        public uint Reading;
        public int Length;
        public int Known;
    }
}
