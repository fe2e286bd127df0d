using System.Globalization;
using System.Text;

namespace Chaperone.Ledger;

/// <summary>
/// One tile of a C2SP tlog-tiles log: up to 256 hashes side by side at one level. Hash i of tile n at level l is the root
/// of the 256^l leaves from (n*256+i)*256^l on.
/// </summary>
/// <param name="Level">0 (leaf hashes) to 7.</param>
/// <param name="Index">Which tile of its level, from 0.</param>
/// <param name="Width">Hashes in it, 1 to 256; 256 is a full tile.</param>
public readonly record struct Tile(int Level, long Index, int Width)
{
    /// <summary>Hashes in a full tile.</summary>
    public const int FullWidth = 256;

    /// <summary>Levels that a tree of fewer than 2^63 leaves can have.</summary>
    internal const int MaxLevels = 8;

    private const int LevelBits = 8;

    /// <summary>True if it holds 256 hashes, and so has a hash in the level above.</summary>
    public bool IsFull => Width == FullWidth;

    /// <summary>The same tile with 256 hashes.</summary>
    public Tile Full => this with { Width = FullWidth };

    /// <summary>E.g. <c>tile/0/x001/x234/067</c>, or <c>tile/0/x001/x234/067.p/12</c> for a partial one.</summary>
    public string Path => PathOf(Level.ToString(CultureInfo.InvariantCulture), Index, Width);

    /// <summary>Hashes that <paramref name="level"/> has in a tree of <paramref name="treeSize"/> leaves; only complete subtrees count.</summary>
    public static long HashesAt(int level, long treeSize) => treeSize >> (LevelBits * level);

    /// <summary>Tile <paramref name="index"/> of <paramref name="level"/> as it stands in a tree of <paramref name="treeSize"/> leaves; width 0 or less if it has none.</summary>
    public static Tile In(long treeSize, int level, long index) =>
        new(level, index, (int)Math.Clamp(HashesAt(level, treeSize) - (index * FullWidth), 0, FullWidth));

    /// <summary>Path of a tile or entry bundle: the index in groups of three digits, all but the last marked <c>x</c>.</summary>
    internal static string PathOf(string level, long index, int width)
    {
        var groups = new StringBuilder((index % 1000).ToString("000", CultureInfo.InvariantCulture));
        for (var rest = index / 1000; rest > 0; rest /= 1000)
        {
            groups.Insert(0, $"x{rest % 1000:000}/");
        }

        var partial = width == FullWidth ? "" : string.Create(CultureInfo.InvariantCulture, $"{PartialSuffix}/{width}");
        return $"tile/{level}/{groups}{partial}";
    }

    /// <summary>Marks the folder that holds the partial forms of a tile.</summary>
    internal const string PartialSuffix = ".p";
}
