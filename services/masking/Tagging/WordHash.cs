using System.Runtime.Intrinsics;

namespace Chaperone.Masking.Tagging;

/// <summary>Hashes of words, without case and accents. The lists and weights of the model are keyed by them: change nothing here without training again.</summary>
internal static class WordHash
{
    /// <summary>Words are cut to this many characters.</summary>
    public const int Longest = 24;

    private const uint Offset = 2166136261;
    private const uint Prime = 16777619;

    // Base letters of U+00C0 to U+017F.
    private const string Latin =
        "AAAAAAACEEEEIIIIDNOOOOO*OUUUUYTsaaaaaaaceeeeiiiidnooooo/ouuuuyty"
        + "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlLlLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

    /// <summary>Writes <paramref name="word"/> in small base letters to <paramref name="target"/> (<see cref="Longest"/> long); answers the length.</summary>
    public static int Fold(ReadOnlySpan<char> word, Span<char> target)
    {
        var length = Math.Min(word.Length, Longest);
        for (var i = 0; i < length; i++)
        {
            target[i] = Fold(word[i]);
        }

        return length;
    }

    /// <summary>The hash of a word as it is written.</summary>
    public static uint OfWord(ReadOnlySpan<char> word)
    {
        var hash = Offset;
        foreach (var c in word[..Math.Min(word.Length, Longest)])
        {
            hash = (hash ^ Fold(c)) * Prime;
        }

        return Mix(hash);
    }

    /// <summary>FNV-1a over folded characters.</summary>
    public static uint Of(ReadOnlySpan<char> folded, uint seed = 0)
    {
        var hash = Offset ^ seed;
        foreach (var c in folded)
        {
            hash = (hash ^ c) * Prime;
        }

        return Mix(hash);
    }

    /// <summary>The same of small ASCII letters.</summary>
    public static uint Of(ReadOnlySpan<byte> folded)
    {
        var hash = Offset;
        foreach (var b in folded)
        {
            hash = (hash ^ b) * Prime;
        }

        return Mix(hash);
    }

    /// <summary>Joins two hashes.</summary>
    public static uint Join(uint a, uint b) => Mix((a * 0x9E3779B1) ^ (b + 0x85EBCA77));

    /// <summary>Joins eight pairs of hashes.</summary>
    public static Vector256<uint> Join(Vector256<uint> a, Vector256<uint> b)
    {
        var h = (a * Vector256.Create(0x9E3779B1)) ^ (b + Vector256.Create(0x85EBCA77));
        h ^= h >>> 16;
        h *= Vector256.Create(0x85EBCA6B);
        h ^= h >>> 13;
        h *= Vector256.Create(0xC2B2AE35);
        return h ^ (h >>> 16);
    }

    private static char Fold(char c) =>
        c < 0x80 ? (char)(c is >= 'A' and <= 'Z' ? c | 0x20 : c)
        : c is >= '\u00C0' and <= '\u017F' ? (char)(Latin[c - 0xC0] | 0x20)
        : char.ToLowerInvariant(c);

    private static uint Mix(uint h)
    {
        h ^= h >> 16;
        h *= 0x85EBCA6B;
        h ^= h >> 13;
        h *= 0xC2B2AE35;
        return h ^ (h >> 16);
    }
}
