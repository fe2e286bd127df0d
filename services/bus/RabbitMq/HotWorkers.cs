namespace Chaperone.Bus.RabbitMq;

/// <summary>Which worker processes answered a queue lately, and whether all of them take groups. Thread-safe.</summary>
internal sealed class HotWorkers
{
    // A worker of before there were groups: its answers do not say who it is.
    private const string OfBefore = "";

    private const long LookEvery = 500;
    private const long RememberFor = 5_000;
    private const long RememberOfBeforeFor = 30_000;

    private readonly Dictionary<string, long> _seen = new(StringComparer.Ordinal);
    private long _looked;
    private volatile int _count;
    private volatile bool _takeGroups;

    /// <summary>How many there are; 1 while none is known.</summary>
    public int Count => Math.Max(1, _count);

    /// <summary>All that answered take groups; false while none is known.</summary>
    public bool TakeGroups => _takeGroups;

    /// <param name="worker">Who answered; null for a worker of before there were groups.</param>
    public void Answered(string? worker)
    {
        var now = Environment.TickCount64;
        lock (_seen)
        {
            var isNew = !_seen.ContainsKey(worker ?? OfBefore);
            _seen[worker ?? OfBefore] = now;
            if (!isNew && now - _looked < LookEvery)
            {
                return;
            }

            _looked = now;
            foreach (var (name, at) in _seen)
            {
                if (now - at > (name == OfBefore ? RememberOfBeforeFor : RememberFor))
                {
                    _seen.Remove(name);
                }
            }

            _count = _seen.Count;
            _takeGroups = !_seen.ContainsKey(OfBefore);
        }
    }
}
