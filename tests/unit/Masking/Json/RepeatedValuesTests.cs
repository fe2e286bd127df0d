using System.Text.Json;

namespace Chaperone.Masking.Tests.Json;

/// <summary>A value that stands again is masked as it was the first time, and only where it reads the same.</summary>
public sealed class RepeatedValuesTests
{
    private const string Row = """{"mrn":"A4427788","last_name":"Quartermaine","dob":"1980-03-04","note":"Seen on 2021-03-04 by Dr. Jackson, SSN 123-45-6789."}""";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void EqualRows_AreMaskedAlike(int rows)
    {
        var masked = MaskingBench.Json($"[{string.Join(',', Enumerable.Repeat(Row, rows))}]");

        using var document = JsonDocument.Parse(masked);
        var all = document.RootElement.EnumerateArray().Select(r => r.GetRawText()).ToArray();
        Assert.Equal(rows, all.Length);
        Assert.Equal("""{"mrn":"[MRN]","last_name":"[NAME]","dob":"1980-01-01","note":"Seen on [DATE 2021] by [NAME], SSN [SSN]."}""", Assert.Single(all.Distinct()));
    }

    [Fact]
    public void EqualRows_AreCountedEach()
    {
        static MaskedMessage Run(int rows) => MaskingBench.Run("""{"jsonrpc":"2.0","id":1,"result":{"content":[],"structuredContent":{"rows":[""" + string.Join(',', Enumerable.Repeat(Row, rows)) + "]}}}");

        var (one, four) = (Run(1), Run(4));

        Assert.Equal(one.Findings.Select(f => (f.Type, f.Count * 4)), four.Findings.Select(f => (f.Type, f.Count)));
        Assert.Equal(one.Places.Select(p => (p.Path, p.Type, p.Rule, p.Count * 4, p.Confidence)), four.Places.Select(p => (p.Path, p.Type, p.Rule, p.Count, p.Confidence)));
    }

    /// <summary>What a later row gives away is masked in all that stood before it.</summary>
    [Fact]
    public void Sentence_NameLearntLater_IsMaskedEachTime()
    {
        const string Note = """{"note":"Sent to Quibbleworth on 2021-03-04"}""";

        var masked = MaskingBench.Json($$"""[{{Note}},{{Note}},{{Note}},{"patient_name":"Ann Quibbleworth"},{{Note}}]""");

        Assert.DoesNotContain("quibbleworth", masked, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(4, masked.Split("Sent to [NAME] on [DATE 2021]").Length - 1);
    }

    [Fact]
    public void SameBytes_UnderOtherKeys_AreReadByTheirOwn()
    {
        var masked = MaskingBench.Json("""[{"age":"97","count":"97"},{"age":"97","count":"97"},{"count":"97","age":"97"}]""");

        Assert.Equal("""[{"age":"90","count":"97"},{"age":"90","count":"97"},{"count":"97","age":"90"}]""", masked);
    }

    [Fact]
    public void Rows_OfJsonInsideAText_AreMaskedAlike()
    {
        var masked = MaskingBench.Text($"[{Row},{Row},{Row}]");

        using var document = JsonDocument.Parse(masked);
        Assert.Single(document.RootElement.EnumerateArray().Select(r => r.GetRawText()).Distinct());
        Assert.DoesNotContain("123-45-6789", masked, StringComparison.Ordinal);
    }
}
