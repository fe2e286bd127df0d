using System.Runtime.InteropServices;

namespace Chaperone.Bus.RabbitMq;

/// <summary>
/// Tells a record that can never be kept from a keeper that cannot keep now. A failure counts against a message only if
/// the keeper took something else since that message failed before; an outage parks nothing, however long it is.
/// </summary>
internal sealed class PoisonJudge
{
    private const int Strikes = 5;

    private readonly Dictionary<Guid, Suspect> _suspects = [];
    private long _kept;

    /// <summary>The keeper took this message.</summary>
    public void Kept(Guid key)
    {
        _kept++;
        _suspects.Remove(key);
    }

    /// <summary>How much was kept so far; taken before a round of attempts.</summary>
    public long Mark() => _kept;

    /// <summary>The message failed alone, in the round begun at <paramref name="mark"/>; true if it is to be parked.</summary>
    public bool Failed(Guid key, long mark)
    {
        ref var suspect = ref CollectionsMarshal.GetValueRefOrAddDefault(_suspects, key, out var known);
        var since = known ? suspect.KeptThen : mark;
        suspect = new Suspect(suspect.Strikes + (_kept > since ? 1 : 0), _kept);
        if (suspect.Strikes < Strikes)
        {
            return false;
        }

        _suspects.Remove(key);
        return true;
    }

    private readonly record struct Suspect(int Strikes, long KeptThen);
}
