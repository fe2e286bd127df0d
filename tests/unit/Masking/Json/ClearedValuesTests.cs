using System.Text;
using Chaperone.Masking.Json;

namespace Chaperone.Masking.Tests.Json;

/// <summary>What was found clean once is not read again, unless something has become known that it holds.</summary>
public sealed class ClearedValuesTests
{
    [Fact]
    public void Value_Added_IsFoundInItsReadingUntilTheNextMessage()
    {
        var cleared = new ClearedValues();
        var value = Encoding.ASCII.GetBytes("mg/dl of glucose");

        cleared.Add(value, reading: 3, known: 7);

        Assert.Equal(7, cleared.Find(value, 3));
        Assert.Equal(-1, cleared.Find(value, 4));
        Assert.Equal(-1, cleared.Find(Encoding.ASCII.GetBytes("mg/dl of glucosf"), 3));
        cleared.Clear();
        Assert.Equal(-1, cleared.Find(value, 3));
    }

    [Fact]
    public void Values_MoreThanThereIsRoomFor_AreNeverMistakenForAnother()
    {
        var cleared = new ClearedValues();
        for (var i = 0; i < 20_000; i += 2)
        {
            cleared.Add(Encoding.ASCII.GetBytes($"value {i}"), 0, i);
        }

        for (var i = 0; i < 20_000; i++)
        {
            Assert.Contains(cleared.Find(Encoding.ASCII.GetBytes($"value {i}"), 0), i % 2 == 0 ? new[] { -1, i } : [-1]);
        }
    }

    /// <summary>The number is clean in the first rows; once the last row's key gives it away, it is masked in all of them.</summary>
    [Theory]
    [InlineData("""{"code":"zq4711x"}""")]
    [InlineData("""{"code":"lot zq4711x of the tube"}""")]
    [InlineData("""{"code":"E11.9 zq4711x"}""")]
    [InlineData("""{"name":"Zq4711x Panel"}""")]
    [InlineData("""{"code":"%7aq4711x"}""")]
    [InlineData("""{"code":"see \u007aq4711x"}""")]
    public void Value_ClearedBeforeItIsKnown_IsMaskedInEveryRow(string row)
    {
        var rows = string.Join(',', Enumerable.Repeat(row, 20));

        Assert.Contains("q4711x", MaskingBench.Json($"[{rows}]"), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("q4711x", MaskingBench.Json($$"""[{{rows}},{"mrn":"zq4711x"},{{rows}}]"""), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What one walk learns is masked by the next, also where the first has masked something else already.</summary>
    [Fact]
    public void Value_MaskedByTheFirstWalk_IsReadAgainWhereMoreIsKnown()
    {
        var masked = MaskingBench.Json("""[{"note":"sent 2021-03-04 with zq4711x in it"},{"note":"sent 2021-03-04 with zz in it"},{"mrn":"zq4711x"}]""");

        Assert.DoesNotContain("zq4711x", masked, StringComparison.Ordinal);
        Assert.Contains("with zz in it", masked, StringComparison.Ordinal);
        Assert.DoesNotContain("-03-04", masked, StringComparison.Ordinal);
    }
}
