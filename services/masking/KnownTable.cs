using System.Buffers;
using System.Numerics;

namespace Chaperone.Masking;

/// <summary>Entries by hash with open addressing; large tables come from the shared pool and go back to it when they are cleared. Not thread-safe.</summary>
internal sealed class KnownTable<T>
    where T : struct
{
    private const int Kept = 32;

    private readonly Slot[] _small = new Slot[Kept];
    private Slot[] _slots;
    private int _size = Kept;

    public KnownTable() => _slots = _small;

    public int Count { get; private set; }

    public bool TryGetValue(ulong hash, out T value)
    {
        ref readonly var slot = ref _slots[Find(hash)];
        value = slot.Value;
        return slot.Used;
    }

    /// <summary>Adds an entry; one that is there already stays.</summary>
    public void TryAdd(ulong hash, in T value)
    {
        if (Count * 2 >= _size)
        {
            Grow();
        }

        ref var slot = ref _slots[Find(hash)];
        if (!slot.Used)
        {
            slot = new Slot(hash, value, Used: true);
            Count++;
        }
    }

    public void Clear()
    {
        if (_slots != _small)
        {
            ArrayPool<Slot>.Shared.Return(_slots);
            (_slots, _size) = (_small, Kept);
        }

        if (Count > 0)
        {
            Array.Clear(_small);
            Count = 0;
        }
    }

    private void Grow()
    {
        var (full, size) = (_slots, _size);
        _size = (int)BitOperations.RoundUpToPowerOf2((uint)size * 4);
        _slots = ArrayPool<Slot>.Shared.Rent(_size);
        _slots.AsSpan(0, _size).Clear();
        foreach (ref readonly var slot in full.AsSpan(0, size))
        {
            if (slot.Used)
            {
                _slots[Find(slot.Hash)] = slot;
            }
        }

        if (full != _small)
        {
            ArrayPool<Slot>.Shared.Return(full);
        }
    }

    // The slot of a hash, or the free one where it would stand: at most half of them are used.
    private int Find(ulong hash)
    {
        var mask = _size - 1;
        var slot = (int)(hash * 0x9E3779B97F4A7C15 >> 33) & mask;
        while (_slots[slot].Used && _slots[slot].Hash != hash)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private readonly record struct Slot(ulong Hash, T Value, bool Used);
}
