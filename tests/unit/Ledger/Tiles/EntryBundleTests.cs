namespace Chaperone.Ledger.Tests;

public sealed class EntryBundleTests
{
    [Fact]
    public void Encode_Entries_LengthAsTwoBytesBigEndianBeforeEach()
    {
        var bundle = EntryBundle.Encode([new byte[258], Array.Empty<byte>(), "a"u8.ToArray()]);

        Assert.Equal([1, 2, .. new byte[258], 0, 0, 0, 1, (byte)'a'], bundle);
    }

    [Fact]
    public void Encode_LongestEntry_RoundTrips()
    {
        var entry = new byte[EntryBundle.MaxEntryBytes];

        Assert.True(EntryBundle.TryDecode(EntryBundle.Encode([entry]), 1, out var entries, out _));
        Assert.Equal(entry, entries[0].ToArray());
    }

    [Fact]
    public void Encode_EntryTooLong_Throws() =>
        Assert.Throws<ArgumentException>(() => EntryBundle.Encode([new byte[EntryBundle.MaxEntryBytes + 1]]));

    [Fact]
    public void Encode_TooManyEntries_Throws() =>
        Assert.Throws<ArgumentException>(() => EntryBundle.Encode([.. Enumerable.Repeat(ReadOnlyMemory<byte>.Empty, 257)]));

    [Theory]
    [InlineData("", 1, "ends before entry 0 of 1")]
    [InlineData("00", 1, "ends before entry 0 of 1")]
    [InlineData("0001", 1, "entry 0 says 1 bytes, but 0 are left")]
    [InlineData("000161", 2, "ends before entry 1 of 2")]
    [InlineData("00016100", 1, "has 1 bytes after its 1 entries")]
    public void TryDecode_NotABundle_SaysWhy(string hex, int width, string problem)
    {
        Assert.False(EntryBundle.TryDecode(Convert.FromHexString(hex), width, out _, out var said));
        Assert.Equal(problem, said);
    }
}
