using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Chaperone.Masking.Words;

/// <summary>A fixed table of words, asked for with parts of a text; where a word stands twice the last counts. Immutable and thread-safe.</summary>
internal sealed class WordMap<T>
{
    private const int RoomPerWord = 4;
    private const int LongestTold = 15;

    private readonly StringComparison _comparison;
    private readonly uint[] _hashes;
    private readonly string[] _words;
    private readonly T[] _values;

    // Bit n is set where a word of n letters stands in the table; the last bit counts for all longer ones.
    private readonly ulong _lengths;

    // The first letters of the words of each length, a bit each; the last number counts for all longer ones.
    private readonly uint[] _firsts = new uint[LongestTold + 1];

    public WordMap(IEnumerable<KeyValuePair<string, T>> words, bool ignoreCase = true)
    {
        var entries = words.ToArray();
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(entries.Length * RoomPerWord, RoomPerWord));
        _comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        _hashes = new uint[size];
        _words = new string[size];
        _values = new T[size];
        foreach (var entry in entries)
        {
            var slot = Find(entry.Key, out var hash);
            _hashes[slot] = hash;
            _words[slot] = entry.Key;
            _values[slot] = entry.Value;
            _lengths |= LengthBit(entry.Key.Length);
            _firsts[Math.Min(entry.Key.Length, LongestTold)] |= FirstBit(entry.Key);
        }
    }

    public bool ContainsKey(ReadOnlySpan<char> word) => MayHold(word) && _hashes[Find(word, out _)] != 0;

    public bool TryGetValue(ReadOnlySpan<char> word, [MaybeNullWhen(false)] out T value)
    {
        if (!MayHold(word))
        {
            value = default;
            return false;
        }

        var slot = Find(word, out _);
        value = _values[slot];
        return _hashes[slot] != 0;
    }

    // The slot of a word, or the free one where it would stand.
    private int Find(ReadOnlySpan<char> word, out uint hash)
    {
        hash = Hash(word);
        var mask = _hashes.Length - 1;
        for (var slot = (int)hash & mask; ; slot = (slot + 1) & mask)
        {
            if (_hashes[slot] == 0 || (_hashes[slot] == hash && word.Equals(_words[slot], _comparison)))
            {
                return slot;
            }
        }
    }

    private bool MayHold(ReadOnlySpan<char> word) => (_lengths & LengthBit(word.Length)) != 0 && (_firsts[Math.Min(word.Length, LongestTold)] & FirstBit(word)) != 0;

    private static uint FirstBit(ReadOnlySpan<char> word) => word.IsEmpty || word[0] >= 0x80 ? 1u : 1u << (word[0] & 31);

    private static ulong LengthBit(int length) => 1UL << Math.Min(length, 63);

    // Four of its letters and its length; never 0, which marks a free slot.
    private static uint Hash(ReadOnlySpan<char> word)
    {
        var hash = (uint)word.Length;
        if (word.Length > 0)
        {
            hash = (hash * 0x9E3779B1) + (Fold(word[0]) * 0x85EBCA77) + (Fold(word[^1]) * 0xC2B2AE3D) + (Fold(word[word.Length / 2]) * 0x27D4EB2F) + (Fold(word[(word.Length - 1) / 2]) * 0x165667B1);
        }

        hash *= 0x85EBCA6B;
        return (hash ^ (hash >> 15)) | 0x80000000;
    }

    // Letters beyond ASCII are compared, not hashed: their case is no matter of a bit.
    private static uint Fold(char letter) => letter < 0x80 ? letter | 0x20u : 0x80;
}
