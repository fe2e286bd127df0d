using System.Security.Cryptography;
using System.Text;

namespace Chaperone.Recorder.Reviews;

/// <summary>
/// Draws the sessions with the least SHA-256 (hex) of seed, line feed and id: the same from the same population, whoever draws and
/// in whatever order they come. Holds no more than it draws, so that the population may be of any size. Not for concurrent use.
/// </summary>
internal sealed class ReviewDraw(string seed, int sample)
{
    private readonly SortedSet<(string Hash, Guid Id)> _least = new(Comparer<(string Hash, Guid Id)>.Create((a, b) => string.CompareOrdinal(a.Hash, b.Hash)));

    /// <summary>Sessions that were looked at.</summary>
    public int Population { get; private set; }

    /// <summary>Those that are drawn, in order of the draw.</summary>
    public IReadOnlyList<Guid> Drawn => [.. _least.Select(l => l.Id)];

    /// <summary>One session of the population; each comes once.</summary>
    public void Add(Guid session)
    {
        Population++;
        _least.Add((Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}\n{session}"))), session));
        if (_least.Count > sample)
        {
            _least.Remove(_least.Max);
        }
    }
}
