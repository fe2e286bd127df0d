namespace Chaperone.Masking.Tests.Identifiers;

/// <summary>What a form gives away by itself, and what is only written like it.</summary>
public sealed class LoneFormsTests
{
    [Theory]
    [InlineData("«Turner» 54F with CHF")]
    [InlineData("«Bell» 82F")]
    [InlineData("Bed list\n«Turner» 61M admitted")]
    [InlineData("saved to C:\\Users\\«j.langford»\\notes.txt")]
    [InlineData("saved to /ho" + "me/«jlangford»/notes.txt")]
    [InlineData("/Users/«langford»/Desktop")]
    [InlineData("«J. Langford» («5519377»)")]
    [InlineData("NM1*IL*1*«LANGFORD»*«OONA»****MI*«551930077»~")]
    public void Text_OfSomebody_IsCovered(string marked) => MarkedText.AssertCovered(marked);

    [Theory]
    [InlineData("Bosniak 2F")]
    [InlineData("Foley 16F placed")]
    [InlineData("Turner syndrome, 45X")]
    [InlineData("Bell palsy")]
    [InlineData("cd /ho" + "me/node/app")]
    [InlineData("C:\\Users\\Public\\Documents")]
    [InlineData("/ho" + "me/ubuntu/.cache")]
    [InlineData("Table B (12345)")]
    [InlineData("SET @price = 3")]
    [InlineData("PENICILLIN, ORAL")]
    [InlineData("NM1*PR*2*ACME~")]
    public void Text_OfNobody_Stays(string text) => MarkedText.AssertUntouched(text);
}
