using static Chaperone.Masking.Tests.Profiles.ProfileBench;

namespace Chaperone.Masking.Tests.Profiles;

/// <summary>Partial masks help to recognise a record and give away no whole value.</summary>
public sealed class ReviewMaskTests
{
    [Theory]
    [InlineData("patient_name", "John Q. Smith", "[NAME:J.Q.S.]")]
    [InlineData("ssn", "123-45-6789", "[SSN:*6789]")]
    [InlineData("mrn", "MRN-004821", "[MRN:*4821]")]
    [InlineData("mrn", "48213", "[MRN:*13]")]
    [InlineData("mrn", "4821", "0000")]
    [InlineData("phone", "415-555-0134", "[PHONE:*0134]")]
    [InlineData("email", "ann.lee@mail.org", "[EMAIL:a*]")]
    [InlineData("dob", "1980-02-13", "1980-02-01")]
    [InlineData("dob", "02/13/1980", "02/01/1980")]
    [InlineData("dob", "1930-02-13", "1900-01-01")]
    [InlineData("address", "12 Oak Street", "[ADDRESS]")]
    [InlineData("password", "hunter22", "[SECRET]")]
    public void Field_IsMaskedInPart(string key, string value, string expected)
    {
        var json = Value($$"""{"{{key}}":"{{value}}"}""", MaskingProfile.Review);

        Assert.Equal(expected, Field(json, key));
        Assert.Equal(json, Value(json, MaskingProfile.Review));
    }

    [Fact]
    public void Text_IsMaskedInPart_AndOnlyOnce()
    {
        var once = Text("Patient John Smith (MRN: 48213077, SSN 123-45-6789) was seen on March 14, 2021.", MaskingProfile.Review);

        Assert.Contains("[NAME:J.S.]", once, StringComparison.Ordinal);
        Assert.Contains("[SSN:*6789]", once, StringComparison.Ordinal);
        Assert.Contains("[DATE:2021-03]", once, StringComparison.Ordinal);
        Assert.Equal(once, Text(once, MaskingProfile.Review));
    }
}
