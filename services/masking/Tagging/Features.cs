namespace Chaperone.Masking.Tagging;

/// <summary>The features of a word in its place. The order gives each template its number: change nothing here without training again.</summary>
internal static class Features
{
    /// <summary>How many features a word has.</summary>
    public const int Count = 40;

    /// <summary>Writes the hashes of the features of word <paramref name="c"/> between its neighbours, with what stands before and behind it, behind the tags <paramref name="tag1"/> (the last) and <paramref name="tag2"/>.</summary>
    public static void Fill(Span<uint> target, in TaggedWord a, in TaggedWord b, in TaggedWord c, in TaggedWord d, in TaggedWord e, byte gap, byte next, NameTag tag1, NameTag tag2)
    {
        var t1 = (uint)tag1 + 1;
        var t2 = ((uint)tag2 + 1) * 8 + t1;
        uint listsB = (uint)b.Lists + 256, listsC = (uint)c.Lists + 512, listsD = (uint)d.Lists + 1024;
        var shapes = ((uint)b.Shape * 144) + ((uint)c.Shape * 12) + d.Shape;
        var gaps = ((uint)gap * 12) + next;
        var n = 0u;

        target[0] = At(ref n, t1);
        target[1] = At(ref n, c.Hash);
        target[2] = At(ref n, c.Hash, t1);
        target[3] = At(ref n, b.Hash);
        target[4] = At(ref n, d.Hash);
        target[5] = At(ref n, b.Hash, c.Hash);
        target[6] = At(ref n, c.Hash, d.Hash);
        target[7] = At(ref n, a.Hash);
        target[8] = At(ref n, e.Hash);
        target[9] = At(ref n, b.Hash, t1);
        target[10] = At(ref n, c.Prefix2);
        target[11] = At(ref n, c.Prefix3);
        target[12] = At(ref n, c.Suffix2);
        target[13] = At(ref n, c.Suffix3);
        target[14] = At(ref n, c.Suffix4);
        target[15] = At(ref n, c.Shape, t1);
        target[16] = At(ref n, shapes);
        target[17] = At(ref n, shapes, gaps);
        target[18] = At(ref n, listsC);
        target[19] = At(ref n, listsC, t1);
        target[20] = At(ref n, listsC, c.Shape);
        target[21] = At(ref n, listsB, listsC);
        target[22] = At(ref n, listsC, listsD);
        target[23] = At(ref n, (listsC << 8) + c.Shape, (listsD << 8) + d.Shape);
        target[24] = At(ref n, (listsB << 8) + b.Shape, (listsC << 8) + c.Shape);
        target[25] = At(ref n, gaps);
        target[26] = At(ref n, gap, t1);
        target[27] = At(ref n, next, listsC);
        target[28] = At(ref n, gap, b.Hash);
        target[29] = At(ref n, next, d.Hash);
        target[30] = At(ref n, t2);
        target[31] = At(ref n, t2, listsC);
        target[32] = At(ref n, b.Suffix3, c.Shape);
        target[33] = At(ref n, d.Suffix3, c.Shape);
        target[34] = At(ref n, WordHash.Join(b.Hash, c.Shape), d.Hash);
        target[35] = At(ref n, WordHash.Join(a.Hash, b.Hash), c.Shape);
        target[36] = At(ref n, WordHash.Join(d.Hash, e.Hash), c.Shape);
        target[37] = At(ref n, ((uint)gap * 12) + c.Shape, listsC);
        target[38] = At(ref n, d.Prefix2, c.Shape);
        target[39] = At(ref n, WordHash.Join(listsC, listsD), (t1 * 144) + gaps);
    }

    private static uint At(ref uint number, uint value) => WordHash.Join(++number, value);

    private static uint At(ref uint number, uint first, uint second) => WordHash.Join(WordHash.Join(++number, first), second);
}
