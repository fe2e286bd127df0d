using Chaperone.Masking.Words;

namespace Chaperone.Masking.Json;

/// <summary>
/// What a walk through a message made of each string, for the next walk: what holds no word that has become known since is
/// masked as it was. Reused; not thread-safe.
/// </summary>
internal sealed class WalkMemo
{
    private PooledList<Made> _before = new();
    private PooledList<Made> _now = new();
    private int _next;

    /// <summary>Forgets all: another message comes.</summary>
    public void Clear()
    {
        _before.Clear();
        _now.Clear();
        _next = 0;
    }

    /// <summary>Called before each walk but the first.</summary>
    public void Turn()
    {
        (_before, _now) = (_now, _before);
        _now.Clear();
        _next = 0;
    }

    /// <summary>What the walk before made of <paramref name="token"/>; tokens are asked for in rising order.</summary>
    public bool TryFind(int token, out Made made)
    {
        while (_next < _before.Count && _before[_next].Token < token)
        {
            _next++;
        }

        made = _next < _before.Count ? _before[_next] : default;
        return _next < _before.Count && made.Token == token;
    }

    /// <summary>Keeps what this walk made of a string.</summary>
    public void Add(in Made made) => _now.Add(made);

    /// <summary>What was made of the string <paramref name="Token"/>.</summary>
    /// <param name="Token">Its token.</param>
    /// <param name="Edit">Number of the edit that masks it; -1 where it stays.</param>
    /// <param name="Found">Number of its first finding.</param>
    /// <param name="Finds">How many findings it had.</param>
    /// <param name="Known">How many words were known; <see cref="int.MaxValue"/> where its key decided.</param>
    internal readonly record struct Made(int Token, int Edit, int Found, int Finds, int Known);
}
