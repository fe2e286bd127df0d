using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Chaperone.Recorder.Tests.Crashes;

/// <summary>Chance that can be thrown again: the same seed, the same run.</summary>
internal sealed class Dice(int seed)
{
    private int _thrown;

    /// <summary>A number from 0 to below <paramref name="sides"/>.</summary>
    public int Throw(int sides)
    {
        Span<byte> thrown = stackalloc byte[8];
        BinaryPrimitives.WriteInt32BigEndian(thrown, seed);
        BinaryPrimitives.WriteInt32BigEndian(thrown[4..], _thrown++);
        return (int)(BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(thrown)) % (uint)sides);
    }

    /// <summary>Heads or tails.</summary>
    public bool Toss() => Throw(2) == 0;
}
