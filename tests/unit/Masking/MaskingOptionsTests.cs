namespace Chaperone.Masking.Tests;

public sealed class MaskingOptionsTests
{
    [Fact]
    public void Options_WithSeveralErrors_NameThemAllAtOnce()
    {
        var options = new MaskingOptions { MaxBytes = 1, TimeBudget = TimeSpan.Zero, PublicHosts = ["https://hl7.org/"] };

        var result = new MaskingOptionsCheck().Validate(null, options);

        Assert.Equal(3, result.Failures!.Count());
        Assert.Contains(result.Failures!, f => f.Contains("Masking:MaxBytes", StringComparison.Ordinal));
        Assert.Contains(result.Failures!, f => f.Contains("Masking:TimeBudget", StringComparison.Ordinal));
        Assert.Contains(result.Failures!, f => f.Contains("Masking:PublicHosts", StringComparison.Ordinal));
    }

    [Fact]
    public void Options_AsTheyCome_AreValid()
    {
        Assert.True(new MaskingOptionsCheck().Validate(null, new MaskingOptions()).Succeeded);
    }

    [Theory]
    [InlineData("none", MaskingProfile.None)]
    [InlineData("safe-harbor", MaskingProfile.SafeHarbor)]
    [InlineData("review", MaskingProfile.Review)]
    [InlineData("linked", MaskingProfile.Linked)]
    [InlineData("session", MaskingProfile.Session)]
    [InlineData("None", MaskingProfile.SafeHarbor)]
    [InlineData("", MaskingProfile.SafeHarbor)]
    [InlineData(null, MaskingProfile.SafeHarbor)]
    public void Profile_Unknown_IsTheStrictest(string? name, MaskingProfile expected)
    {
        Assert.Equal(expected, MaskingProfiles.Parse(name));
    }
}
