using System.Buffers;

namespace Chaperone.Masking.Words;

/// <summary>A list whose large arrays come from the shared pool and go back to it: one long message costs no new memory each time, and keeps none. Not thread-safe.</summary>
internal sealed class PooledList<T>
    where T : struct
{
    private const int Kept = 1024;

    private readonly T[] _small = new T[Kept];
    private T[] _items;

    public PooledList() => _items = _small;

    public int Count { get; private set; }

    public T this[int index] => _items[index];

    /// <summary>What it holds; good until something is added.</summary>
    public Span<T> Items => _items.AsSpan(0, Count);

    public void Add(in T item)
    {
        if (Count == _items.Length)
        {
            Grow();
        }

        _items[Count++] = item;
    }

    /// <summary>Forgets all from <paramref name="count"/> on.</summary>
    public void Cut(int count) => Count = count;

    /// <summary>Forgets all, and gives a large array back.</summary>
    public void Clear()
    {
        Count = 0;
        if (_items != _small)
        {
            ArrayPool<T>.Shared.Return(_items);
            _items = _small;
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<T>.Shared.Rent(Count * 2);
        Items.CopyTo(larger);
        var full = _items;
        _items = larger;
        if (full != _small)
        {
            ArrayPool<T>.Shared.Return(full);
        }
    }
}
