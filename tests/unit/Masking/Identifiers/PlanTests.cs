namespace Chaperone.Masking.Tests.Identifiers;

/// <summary>Health plan numbers (I).</summary>
public sealed class PlanTests
{
    [Theory]
    [InlineData("Member ID: «XYZ123456789»")]
    [InlineData("Member #: «W123456789»")]
    [InlineData("member no «W123456789»")]
    [InlineData("Policy# «AB-123456»")]
    [InlineData("Group Number: «123456»")]
    [InlineData("Group #: «123456»")]
    [InlineData("Grp «RX12345»")]
    [InlineData("Medicaid: «AB12345C»")]
    [InlineData("Medicare #«1EG4-TE5-MK73»")]
    [InlineData("holds «1EG4TE5MK73» since")]
    [InlineData("«1eg4-te5-mk73»")]
    [InlineData("HICN «123-45-6789A»")]
    [InlineData("subscriber id «W123456789»")]
    [InlineData("insurance card number «ABC123456789»")]
    [InlineData("«W930110326» is her policy number")]
    [InlineData("POL-«7518493» lapsed")]
    public void Text_WithIdentifier_IsCovered(string text) => MarkedText.AssertCovered(text);

    [Theory]
    [InlineData("Member ID (primary): «W123456789»")]
    [InlineData("MBI: «1EG4\u2013TE5\u2013MK73»")]
    [InlineData("Member ID no. «906801-53»")]
    [InlineData("Medicare «\uff11EG4TE5MK73»")]
    public void Text_WithDisguise_IsCovered(string text) => MarkedText.AssertCovered(text);

    [Theory]
    [InlineData("group 2 received 100 mg")]
    [InlineData("policy 7 of the board")]
    [InlineData("member of a group of 12")]
    [InlineData("Medicare covers 80%")]
    [InlineData("the plan is to continue 40 mg")]
    [InlineData("her insurance plan changed in 2021")]
    public void Text_WithoutIdentifier_HasNoFind(string text) => MarkedText.AssertUntouched(text);
}
