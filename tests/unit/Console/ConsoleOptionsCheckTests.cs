using Microsoft.Extensions.Options;

namespace Chaperone.Console.Tests;

public sealed class ConsoleOptionsCheckTests
{
    [Fact]
    public void Validate_GoodOptions_Pass() =>
        Assert.True(Check(new ConsoleOptions { Authority = "https://login.example", PublicUrl = new Uri("https://console.example") }).Succeeded);

    [Fact]
    public void Validate_ManyFaults_NamesAllAtOnce()
    {
        var result = Check(new ConsoleOptions
        {
            Authority = "http://login.example",
            ClientSecretFile = "no-such-file",
            PublicUrl = new Uri("https://console.example/path"),
            Scope = "profile",
            AnalystGroups = ["soc", " "],
        });

        Assert.Equal(
            ["Console:Authority", "Console:ClientSecretFile", "Console:PublicUrl", "Console:Scope", "Console:AnalystGroups"],
            result.Failures!.Select(f => f.Split(' ')[0]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("login.example")]
    [InlineData("ftp://login.example")]
    public void Validate_NoUsableAuthority_Fails(string? authority) =>
        Assert.Contains("Console:Authority", Check(new ConsoleOptions { Authority = authority }).FailureMessage, StringComparison.Ordinal);

    [Fact]
    public async Task Start_WithoutAuthority_FailsNamingTheKey()
    {
        var e = await Assert.ThrowsAsync<OptionsValidationException>(
            () => ConsoleStage.StartAsync(TestContext.Current.CancellationToken, null, ("Console:Authority", ""), ("Console:IdleTimeout", "00:00:01")));

        Assert.Contains("Console:Authority", e.Message, StringComparison.Ordinal);
        Assert.Contains("Console:IdleTimeout", e.Message, StringComparison.Ordinal);
    }

    private static ValidateOptionsResult Check(ConsoleOptions options) => new ConsoleOptionsCheck().Validate(null, options);
}
