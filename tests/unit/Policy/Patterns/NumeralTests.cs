using Chaperone.Policy.Patterns;

namespace Chaperone.Policy.Tests.Patterns;

public sealed class NumeralTests
{
    [Theory]
    [InlineData("1000", "1e3")]
    [InlineData("1000", "1000.0")]
    [InlineData("1000", "00001000")]
    [InlineData("1000", "+1.000E+3")]
    [InlineData("-0", "0.000e99")]
    [InlineData("0.001", "1e-3")]
    [InlineData("1e400", "10e399")]
    [InlineData("9007199254740993", "9007199254740993.0")]
    public void Spellings_OfOneNumber_AreEqual(string one, string other)
    {
        Assert.Equal(0, Numeral.Parse(one)!.CompareTo(Numeral.Parse(other)));
        Assert.Equal(Numeral.Parse(one)!.ToString(), Numeral.Parse(other)!.ToString());
    }

    /// <summary>Neither rounding (two integers beyond 2^53) nor overflow (1e400) may make a bound give way.</summary>
    [Theory]
    [InlineData("9007199254740992", "9007199254740993")]
    [InlineData("-2", "-1")]
    [InlineData("-1e9", "0")]
    [InlineData("0", "1e-300")]
    [InlineData("99.99", "100")]
    [InlineData("1e308", "1e400")]
    [InlineData("1e400", "1e99999999999999999999")]
    [InlineData("-1e400", "-1e308")]
    [InlineData("9", "10")]
    [InlineData("0.9", "0.91")]
    public void Numbers_AreOrdered(string less, string more)
    {
        Assert.True(Numeral.Parse(less)!.CompareTo(Numeral.Parse(more)) < 0);
        Assert.True(Numeral.Parse(more)!.CompareTo(Numeral.Parse(less)) > 0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1.2.3")]
    [InlineData("12a")]
    [InlineData("--1")]
    public void OtherTexts_AreNone(string text) => Assert.Null(Numeral.Parse(text));

    [Theory]
    [InlineData(" 1_000 ", "1000")]
    [InlineData("0x3E8", "1000")]
    [InlineData("0b11", "3")]
    [InlineData("0o17", "15")]
    [InlineData("１０００", "1000")]
    [InlineData("١٠٠٠", "1000")]
    [InlineData("1\u200b000", "1000")]
    [InlineData("-0x10", "-16")]
    public void Loosely_ReadsWhatProgramsMayRead(string text, string number) => Assert.Equal(0, Numeral.ParseLoosely(text)!.CompareTo(Numeral.Parse(number)));

    [Fact]
    public void Loosely_Infinity_IsMoreThanAll() => Assert.True(Numeral.ParseLoosely("+Infinity")!.CompareTo(Numeral.Parse("1e99999999999999")) > 0);

    [Theory]
    [InlineData("0xzz")]
    [InlineData("0b12")]
    [InlineData("ten")]
    public void Loosely_OtherTexts_AreNone(string text) => Assert.Null(Numeral.ParseLoosely(text));
}
