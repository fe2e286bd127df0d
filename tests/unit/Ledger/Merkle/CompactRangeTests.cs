namespace Chaperone.Ledger.Tests;

public sealed class CompactRangeTests
{
    [Fact]
    public void ToBytes_AnySize_OneHashPerSetBit()
    {
        var range = new CompactRange();
        for (var size = 0; size < 300; size++)
        {
            Assert.Equal(8 + (32 * int.PopCount(size)), range.ToBytes().Length);
            range.Append(Rfc6962.EmptyRoot);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("00000000000000")]
    [InlineData("0000000000000001")]
    [InlineData("8000000000000000")]
    [InlineData("000000000000000000")]
    public void FromBytes_WrongLength_Throws(string hex) =>
        Assert.Throws<InvalidDataException>(() => CompactRange.FromBytes(Convert.FromHexString(hex)));
}
