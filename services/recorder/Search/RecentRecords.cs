using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Search;

/// <summary>
/// Records that were just committed by this process, in clear, so that the search need not read and open what was in memory
/// a moment ago. It is bounded and may forget at any time: the ledger has everything. Thread-safe.
/// </summary>
internal sealed class RecentRecords
{
    private const int MostRecords = 4096;
    private const long MostBytes = 16 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Queue<OpenedRecord> _records = [];

    // Guarded by _lock: the index of the first record in the queue, and the bytes of all parts.
    private long _first;
    private long _bytes;

    /// <summary>Remembers what was committed from <paramref name="index"/> on.</summary>
    public void Add(long index, IReadOnlyList<SealedRecord> records)
    {
        lock (_lock)
        {
            // Only what follows without a hole can be handed out by index.
            if (index != _first + _records.Count || _records.Count + records.Count > MostRecords || _bytes > MostBytes)
            {
                Clear(index);
            }

            foreach (var record in records)
            {
                _records.Enqueue(record.Opened);
                _bytes += Size(record.Opened);
            }
        }
    }

    /// <summary>Up to <paramref name="limit"/> records beginning with number <paramref name="from"/>; none when they are not remembered. What is older is forgotten.</summary>
    public IReadOnlyList<OpenedRecord> Take(long from, int limit)
    {
        lock (_lock)
        {
            while (_first < from && _records.TryDequeue(out var old))
            {
                _bytes -= Size(old);
                _first++;
            }

            return _first == from ? [.. _records.Take(limit)] : [];
        }
    }

    /// <summary>Forgets all, where another process keeps the search.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            Clear(0);
        }
    }

    private void Clear(long next)
    {
        _records.Clear();
        _first = next;
        _bytes = 0;
    }

    private static long Size(OpenedRecord record) => record.Parts.Sum(p => (long)p.Content.Length) + (record.Patients?.Size ?? 0);
}
