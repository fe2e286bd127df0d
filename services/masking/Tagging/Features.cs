using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Chaperone.Masking.Tagging;

/// <summary>The features of a word in its place. The order gives each template its number: change nothing here without training again.</summary>
internal static class Features
{
    /// <summary>How many features a word has.</summary>
    public const int Count = 40;

    private static readonly uint[] Numbers = [.. Enumerable.Range(1, Count).Select(n => (uint)n)];

    // All bits are set where a template has two values.
    private static readonly uint[] Pairs = [.. Enumerable.Range(0, Count).Select(n => n is 0 or 1 or 3 or 4 or 7 or 8 or 10 or 11 or 12 or 13 or 14 or 16 or 18 or 25 or 30 ? 0u : uint.MaxValue)];

    /// <summary>Writes the hashes of the features of word <paramref name="c"/> between its neighbours (of the far ones, <paramref name="a"/> and <paramref name="e"/>, only the hash), with what stands before and behind it, behind the tags <paramref name="tag1"/> (the last) and <paramref name="tag2"/>.</summary>
    [SkipLocalsInit]
    public static void Fill(Span<uint> target, uint a, in TaggedWord b, in TaggedWord c, in TaggedWord d, uint e, byte gap, byte next, NameTag tag1, NameTag tag2)
    {
        var t1 = (uint)tag1 + 1;
        var t2 = ((uint)tag2 + 1) * 8 + t1;
        uint listsB = (uint)b.Lists + 256, listsC = (uint)c.Lists + 512, listsD = (uint)d.Lists + 1024;
        var shapes = ((uint)b.Shape * 144) + ((uint)c.Shape * 12) + d.Shape;
        var gaps = ((uint)gap * 12) + next;

        Span<uint> first = stackalloc uint[Count];
        Span<uint> second = stackalloc uint[Count];
        first[0] = t1;
        first[1] = c.Hash;
        (first[2], second[2]) = (c.Hash, t1);
        first[3] = b.Hash;
        first[4] = d.Hash;
        (first[5], second[5]) = (b.Hash, c.Hash);
        (first[6], second[6]) = (c.Hash, d.Hash);
        first[7] = a;
        first[8] = e;
        (first[9], second[9]) = (b.Hash, t1);
        first[10] = c.Prefix2;
        first[11] = c.Prefix3;
        first[12] = c.Suffix2;
        first[13] = c.Suffix3;
        first[14] = c.Suffix4;
        (first[15], second[15]) = (c.Shape, t1);
        first[16] = shapes;
        (first[17], second[17]) = (shapes, gaps);
        first[18] = listsC;
        (first[19], second[19]) = (listsC, t1);
        (first[20], second[20]) = (listsC, c.Shape);
        (first[21], second[21]) = (listsB, listsC);
        (first[22], second[22]) = (listsC, listsD);
        (first[23], second[23]) = ((listsC << 8) + c.Shape, (listsD << 8) + d.Shape);
        (first[24], second[24]) = ((listsB << 8) + b.Shape, (listsC << 8) + c.Shape);
        first[25] = gaps;
        (first[26], second[26]) = (gap, t1);
        (first[27], second[27]) = (next, listsC);
        (first[28], second[28]) = (gap, b.Hash);
        (first[29], second[29]) = (next, d.Hash);
        first[30] = t2;
        (first[31], second[31]) = (t2, listsC);
        (first[32], second[32]) = (b.Suffix3, c.Shape);
        (first[33], second[33]) = (d.Suffix3, c.Shape);
        (first[34], second[34]) = (WordHash.Join(b.Hash, c.Shape), d.Hash);
        (first[35], second[35]) = (WordHash.Join(a, b.Hash), c.Shape);
        (first[36], second[36]) = (WordHash.Join(d.Hash, e), c.Shape);
        (first[37], second[37]) = (((uint)gap * 12) + c.Shape, listsC);
        (first[38], second[38]) = (d.Prefix2, c.Shape);
        (first[39], second[39]) = (WordHash.Join(listsC, listsD), (t1 * 144) + gaps);
        Hash(target, first, second);
    }

    // The hash of a template's number and its first value, and of that and the second where it has two; eight templates at a time.
    private static void Hash(Span<uint> target, ReadOnlySpan<uint> first, ReadOnlySpan<uint> second)
    {
        for (var i = 0; i < Count; i += Vector256<uint>.Count)
        {
            var one = WordHash.Join(Vector256.Create(Numbers.AsSpan(i)), Vector256.Create(first[i..]));
            var two = WordHash.Join(one, Vector256.Create(second[i..]));
            Vector256.ConditionalSelect(Vector256.Create(Pairs.AsSpan(i)), two, one).CopyTo(target[i..]);
        }
    }
}
