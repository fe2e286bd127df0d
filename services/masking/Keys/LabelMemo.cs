using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Chaperone.Masking.Keys;

/// <summary>
/// What the last labels of a thread said: a text asks for the same ones again and again. It keeps no words, which may be
/// somebody's, but their hashes, and these differ from process to process, so that nobody can write a label that passes
/// for another. Not thread-safe.
/// </summary>
internal sealed class LabelMemo(KeyLexicon owner)
{
    private const int Slots = 512;
    private const ulong Odd = 0x9E3779B97F4A7C15;

    private static readonly ulong Seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    private readonly (ulong Hash, KeyRule? Rule)[] _slots = new (ulong, KeyRule?)[Slots];
    private ulong _asked;

    /// <summary>Whose answers these are.</summary>
    public KeyLexicon Owner { get; } = owner;

    /// <summary>The rule of a label that was asked for before.</summary>
    public bool TryFind(ReadOnlySpan<char> label, out KeyRule rule)
    {
        _asked = Hash(label);
        ref readonly var slot = ref _slots[(int)_asked & (Slots - 1)];
        rule = slot.Rule ?? KeyRule.Silent;
        return slot.Hash == _asked && slot.Rule is not null;
    }

    /// <summary>Keeps the rule of the label that was asked for last.</summary>
    public void Keep(KeyRule rule) => _slots[(int)_asked & (Slots - 1)] = (_asked, rule);

    private static ulong Hash(ReadOnlySpan<char> label)
    {
        var hash = Seed + (uint)label.Length;
        while (label.Length >= 4)
        {
            hash = Mix(hash ^ MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(label)));
            label = label[4..];
        }

        var rest = 0UL;
        foreach (var c in label)
        {
            rest = (rest << 16) | c;
        }

        return Mix(hash ^ rest);
    }

    // Both halves of the product of 128 bits.
    private static ulong Mix(ulong hash) => Math.BigMul(hash ^ Seed, Odd, out var low) ^ BitOperations.RotateLeft(low, 32);
}
