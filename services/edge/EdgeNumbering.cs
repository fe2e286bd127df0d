using Chaperone.Contracts;
using Microsoft.Extensions.Options;

namespace Chaperone.Edge;

/// <summary>Numbers every message of this edge process 1, 2, 3 ... so that one that vanished on the way is noticed (invariant 9).</summary>
internal sealed class EdgeNumbering(IOptions<EdgeOptions> options, TimeProvider time)
{
    private readonly long _epoch = time.GetUtcNow().ToUnixTimeMilliseconds();
    private long _last;

    /// <summary>The number given last.</summary>
    public long Last => Interlocked.Read(ref _last);

    public EdgeStamp Next() => Stamp(Interlocked.Increment(ref _last));

    /// <summary>A stamp outside the numbering, for messages that lead to no record.</summary>
    public EdgeStamp Unnumbered() => Stamp(0);

    private EdgeStamp Stamp(long number) => new()
    {
        Edge = options.Value.Name,
        Epoch = _epoch,
        Number = number,
        EventId = Guid.CreateVersion7(time.GetUtcNow()),
    };
}
