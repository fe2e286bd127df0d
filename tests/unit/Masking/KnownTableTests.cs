namespace Chaperone.Masking.Tests;

/// <summary>The table of known values answers what a dictionary answers, also once it was cleared and filled again from the pool.</summary>
public sealed class KnownTableTests
{
    [Fact]
    public void Table_FilledClearedAndFilledAgain_AnswersAsADictionary()
    {
        var table = new KnownTable<int>();
        for (var round = 1UL; round <= 4; round++)
        {
            var theirs = new Dictionary<ulong, int>();

            for (var i = 0; i < 20_000; i++)
            {
                var hash = (ulong)i * (i % 3 == 0 ? 7919UL : 104_729UL) * round % 30_000;
                theirs.TryAdd(hash, i);
                table.TryAdd(hash, i);
            }

            Assert.Equal(theirs.Count, table.Count);
            for (var hash = 0UL; hash < 30_000; hash++)
            {
                Assert.Equal(theirs.TryGetValue(hash, out var expected), table.TryGetValue(hash, out var value));
                Assert.Equal(expected, value);
            }

            table.Clear();
            Assert.Equal(0, table.Count);
            Assert.False(table.TryGetValue(1, out _));
        }
    }
}
