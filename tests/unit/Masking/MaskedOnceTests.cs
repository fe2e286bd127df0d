namespace Chaperone.Masking.Tests;

/// <summary>Classes of message that were once masked differently the second time: what a mask leaves behind must not read as a label.</summary>
public sealed class MaskedOnceTests
{
    [Theory]
    [InlineData("""{"name":"{\"mrn\":\"A-1\"}","value":[97889]}""")]
    [InlineData("""[["seen 2021-03-04 by Dr. Lee"],[40791,65481]]""")]
    [InlineData("""{"name":"seen 2021-03-04 by Dr. Lee","value":40282}""")]
    [InlineData("""[{"value":0.10,"field":"password=hunter2"}]""")]
    [InlineData("""{"patient":[["MRN: 44321","4111 1111 1111 1111"],[],52754]}""")]
    public void Json_MaskedTwice_StaysAsMaskedOnce(string json)
    {
        var once = MaskingBench.Json(json);

        Assert.Equal(once, MaskingBench.Json(once));
    }

    [Theory]
    [InlineData("john smith name|mrn\n---|---\nAnn Lee|123")]
    [InlineData("phone a@b.org 03/04/2021 (415) 555-0100 x12")]
    [InlineData("phone 4111 1111 1111 1111 415-555-0100")]
    [InlineData("SSN 123-45-6789 03/04/2021 (415) 555-0100")]
    public void Text_MaskedTwice_StaysAsMaskedOnce(string text)
    {
        var once = MaskingBench.Text(text);

        Assert.Equal(once, MaskingBench.Text(once));
    }

    [Theory]
    [InlineData("""{"mrn":[["SSN 123-45-6789","a"],[true,"QX7"]]}""")]
    [InlineData("""{"first_name":[["SSN 123-45-6789"],["QX7"]]}""")]
    public void KeyOfArray_RowsThatLookLikeATable_StillDecides(string json)
    {
        Assert.DoesNotContain("QX7", MaskingBench.Json(json), StringComparison.Ordinal);
    }
}
