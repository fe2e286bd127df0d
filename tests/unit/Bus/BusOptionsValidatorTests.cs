namespace Chaperone.Bus.Tests;

/// <summary>Settings that cannot work are refused at start, all at once, each with its name.</summary>
public sealed class BusOptionsValidatorTests
{
    [Fact]
    public void Validate_InProcess_NeedsNothing() =>
        Assert.True(new BusOptionsValidator().Validate(null, new BusOptions()).Succeeded);

    [Fact]
    public void Validate_RabbitMqWithoutAnything_NamesEachSetting()
    {
        var result = new BusOptionsValidator().Validate(null, new BusOptions { Transport = BusTransport.RabbitMq, User = " " });

        Assert.Contains(result.Failures!, f => f.Contains("CHAPERONE_Bus__Uri", StringComparison.Ordinal));
        Assert.Contains(result.Failures!, f => f.Contains("CHAPERONE_Bus__User", StringComparison.Ordinal));
        Assert.Contains(result.Failures!, f => f.Contains("CHAPERONE_Bus__PasswordFile", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://broker:5672/")]
    [InlineData("amqp://user:hunter2@broker/")]
    [InlineData("amqp://broker/a/b")]
    [InlineData("relative")]
    public void Validate_BadAddress_IsRefusedWithoutQuotingSecrets(string uri)
    {
        var result = new BusOptionsValidator().Validate(null, Options(new Uri(uri, UriKind.RelativeOrAbsolute)));

        Assert.Contains(result.Failures!, f => f.StartsWith("Bus:Uri", StringComparison.Ordinal));
        Assert.DoesNotContain("hunter2", result.FailureMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("amqp://broker")]
    [InlineData("amqps://broker:5671/chaperone")]
    [InlineData("amqp://broker/a%2Fb")]
    public void Validate_GoodAddress_Passes(string uri) =>
        Assert.True(new BusOptionsValidator().Validate(null, Options(new Uri(uri))).Succeeded);

    private static BusOptions Options(Uri uri) => new()
    {
        Transport = BusTransport.RabbitMq,
        Uri = uri,
        PasswordFile = typeof(BusOptionsValidatorTests).Assembly.Location,
    };
}
