namespace Chaperone.Ledger.Tests;

public sealed class TileTests
{
    [Theory]
    [InlineData(0, 0, 256, "tile/0/000")]
    [InlineData(0, 999, 256, "tile/0/999")]
    [InlineData(0, 1000, 256, "tile/0/x001/000")]
    [InlineData(1, 1234067, 256, "tile/1/x001/x234/067")]
    [InlineData(7, 1234067, 12, "tile/7/x001/x234/067.p/12")]
    [InlineData(0, 1000000, 1, "tile/0/x001/x000/000.p/1")]
    public void Path_AnyIndex_InGroupsOfThree(int level, long index, int width, string path) =>
        Assert.Equal(path, new Tile(level, index, width).Path);

    [Theory]
    [InlineData(1234067, 256, "tile/entries/x001/x234/067")]
    [InlineData(273, 112, "tile/entries/273.p/112")]
    public void EntryBundlePath_AnyIndex_InGroupsOfThree(long index, int width, string path) => Assert.Equal(path, EntryBundle.PathOf(index, width));

    [Theory]
    [InlineData(70000, 0, 272, 256)]
    [InlineData(70000, 0, 273, 112)]
    [InlineData(70000, 0, 274, 0)]
    [InlineData(70000, 1, 0, 256)]
    [InlineData(70000, 1, 1, 17)]
    [InlineData(70000, 2, 0, 1)]
    [InlineData(70000, 3, 0, 0)]
    [InlineData(256, 1, 0, 1)]
    [InlineData(long.MaxValue, 7, 0, 127)]
    public void In_TreeOfSize_HasTheWidthOfTheSpecification(long size, int level, long index, int width) =>
        Assert.Equal(width, Tile.In(size, level, index).Width);
}
