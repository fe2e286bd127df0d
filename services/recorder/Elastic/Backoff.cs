using System.Security.Cryptography;

namespace Chaperone.Recorder.Elastic;

/// <summary>Pauses that double from half a second, each shortened by chance, so that many recorders do not come back at once. Not thread-safe.</summary>
internal sealed class Backoff(TimeSpan longest)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);

    private int _failures;

    /// <summary>All went well: the next pause is the first again.</summary>
    public void Reset() => _failures = 0;

    /// <summary>The pause after one more failure: from half of the full one to all of it.</summary>
    /// <param name="asked">What the server asked for; never more than the longest.</param>
    public TimeSpan Next(TimeSpan? asked = null)
    {
        var full = First * Math.Pow(2, Math.Min(_failures++, 20));
        full = full < longest ? full : longest;
        var pause = full / 2 * (1 + (RandomNumberGenerator.GetInt32(1001) / 1000.0));
        return asked is { } least && least > pause ? (least < longest ? least : longest) : pause;
    }
}
