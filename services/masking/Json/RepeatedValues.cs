namespace Chaperone.Masking.Json;

/// <summary>
/// Values of one walk that have been masked: names, dates, numbers and sentences stand again in other rows, and are read once.
/// They are compared byte by byte, by their places in the source; each walk has a number of its own. Not thread-safe.
/// </summary>
internal sealed class RepeatedValues
{
    /// <summary>Longer values seldom stand twice.</summary>
    public const int Longest = 512;

    private const int Slots = 2048;

    private Slot[] _slots = [];
    private int _walks;

    /// <summary>Number of a walk that begins.</summary>
    public int Begin() => ++_walks;

    /// <summary>What <paramref name="walk"/> made of the same bytes of <paramref name="source"/>, read in the same way; false where it made nothing that could be made again.</summary>
    public bool TryFind(int walk, ReadOnlySpan<byte> source, ReadOnlySpan<byte> value, uint reading, out WalkMemo.Made made)
    {
        made = default;
        if (value.Length > Longest || _slots.Length == 0)
        {
            return false;
        }

        ref readonly var slot = ref _slots[ClearedValues.Number(value, reading) & (Slots - 1)];
        if (slot.Walk != walk || slot.Reading != reading || slot.Length != value.Length || !value.SequenceEqual(source.Slice(slot.Start, slot.Length)))
        {
            return false;
        }

        made = slot.Made;
        return true;
    }

    /// <summary>Keeps what <paramref name="walk"/> made of a value that starts at <paramref name="start"/> of its source.</summary>
    public void Add(int walk, ReadOnlySpan<byte> value, int start, uint reading, in WalkMemo.Made made)
    {
        if (value.Length > Longest)
        {
            return;
        }

        if (_slots.Length == 0)
        {
            _slots = new Slot[Slots];
        }

        _slots[ClearedValues.Number(value, reading) & (Slots - 1)] = new Slot { Walk = walk, Reading = reading, Start = start, Length = value.Length, Made = made };
    }

    private struct Slot
    {
        public int Walk;
        public uint Reading;
        public int Start;
        public int Length;
        public WalkMemo.Made Made;
    }
}
