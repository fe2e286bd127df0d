using Chaperone.Masking.Words;

namespace Chaperone.Masking.Tests.Words;

/// <summary>A list with arrays of the pool keeps what a list keeps, and starts empty after each use.</summary>
public sealed class PooledListTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(1024)]
    [InlineData(50_000)]
    public void Items_AddedPastEveryGrowth_StayInOrder(int count)
    {
        var list = new PooledList<int>();

        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < count; i++)
            {
                list.Add(i + round);
            }

            Assert.Equal(Enumerable.Range(round, count), list.Items.ToArray());
            list.Clear();
            Assert.Equal(0, list.Count);
        }
    }
}
