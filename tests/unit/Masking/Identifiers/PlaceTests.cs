namespace Chaperone.Masking.Tests.Identifiers;

/// <summary>Places below a state (B): addresses of many countries, postcodes, streets by name.</summary>
public sealed class PlaceTests
{
    [Theory]
    [InlineData("lives at «8599 Dogwood Drive Apt 4, Lexington, MI 38299» with her son")]
    [InlineData("send it to «87 Rue Joseph Vernet, 84000 Avignon»")]
    [InlineData("Ship to: «Koenigstrasse 51, 70173 Stuttgart»")]
    [InlineData("the office is at «93 Via Pisanelli 89, Egkomi, Papua New Guinea»")]
    [InlineData("She lives at «95 Lille Vibyvej 8, Måløv»")]
    [InlineData("wrote from «Calle de Alcalá 45» last week")]
    [InlineData("Moved to ul. «Karpacka 69»")]
    [InlineData("«35 Kromwater 38\n Apt. 705\n Zoetermeer\n Tanzania 53144»\n06-10446904")]
    [InlineData("> «78 Camiño Ancho 91»\n> «Suite 286»\n> «El Tornadizo»\n> «Gabon 66298»")]
    [InlineData("deliver to «12 Oak Street, Suite 400\nSpringfield\n, SH\n 05775»")]
    [InlineData("billing address «11 via goffredo mameli 149, suite 268, poggiovalle, gabon 48083» for this card")]
    [InlineData("mail goes to «PSC 7004, Box 8380\nAPO AP 11949»")]
    [InlineData("mail goes to «Unit 1783 Box 3210\nDPO AE 99855»")]
    [InlineData("we met on «Almeida Street» yesterday")]
    [InlineData("the corner of «12 Oak Street and Elm Street»")]
    [InlineData("clinic in «SW1A 1AA», London side")]
    [InlineData("post code «K1A 0B1»")]
    [InlineData("write to «80 p.o. box 15»")]
    public void Text_WithIdentifier_IsCovered(string text) => MarkedText.AssertCovered(text);

    [Theory]
    [InlineData("«12 Oa\u200bk Street, Apt. 4»")]
    [InlineData("«１２ Oak Street», flat 3")]
    public void Text_WithDisguise_IsCovered(string text) => MarkedText.AssertCovered(text);

    [Theory]
    [InlineData("admitted to suite 3 of the procedure area")]
    [InlineData("OR suite 2 is free at 10")]
    [InlineData("transfuse unit 2 of 4")]
    [InlineData("give via PEG 20 mL per hour")]
    [InlineData("Place 2 large bore IVs")]
    [InlineData("B12 500 mcg daily")]
    [InlineData("1 Metoprolol 25\nLisinopril 10\nVitamin D 50000 units")]
    [InlineData("Na 140, K 4.1, Cl 102, HCO3 24")]
    [InlineData("C5 6th rib, L4 5 disc")]
    [InlineData("mass located at 3 o'clock, 12 mm")]
    [InlineData("moved to 4 West ICU")]
    [InlineData("route 2 of 3 tested in 5 ms")]
    [InlineData("Tie 3 knots, allow 2 cm")]
    [InlineData("server returned 3 rows at 12 in close mode")]
    public void Text_WithoutIdentifier_HasNoFind(string text) => MarkedText.AssertUntouched(text);
}
