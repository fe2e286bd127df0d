namespace Chaperone.Masking.Tests.Identifiers;

/// <summary>What a review of the detectors found left behind, and what it found masked though it is nobody's.</summary>
public sealed class ReviewedTests
{
    [Theory]
    [InlineData("Patient Name: «strand»\nDOB: 04/12/1961")]
    [InlineData("Last Name: «strand»")]
    [InlineData("Mother's name: «brook»")]
    [InlineData("patient_name=«strand»")]
    [InlineData("last_name=«brook»")]
    [InlineData("«Haglund» 67M admitted")]
    [InlineData("Patient «Haglund» type 2 diabetic")]
    [InlineData("pull «registry.clinic.org/p/quartermaine:v1» now")]
    [InlineData("open «http://localhost:5518204/» now")]
    [InlineData("Date of release: «2021.03.04»")]
    [InlineData("Hospital release=«2021.03.04»")]
    [InlineData("Seen «O3/I2/1947» at noon")]
    [InlineData("see «http://localhost/otallentire/chart» now")]
    [InlineData("cc @«tallentire»: chart is ready")]
    [InlineData("[«j.fairweather»] closed")]
    [InlineData("thx\n-- \n«Aoife»")]
    [InlineData("Name spelled «T-H-A-C-K-E-R-A-Y»")]
    public void Text_OfSomebody_IsCovered(string marked) => MarkedText.AssertCovered(marked);

    [Theory]
    [InlineData("patient: stable")]
    [InlineData("user: root")]
    [InlineData("owner: platform")]
    [InlineData("name: gateway")]
    [InlineData("SELECT 1 FROM users u GROUP BY u.role")]
    [InlineData("SELECT 1 FROM people p ORDER BY p.last")]
    [InlineData("infection caused by s.pyogenes")]
    [InlineData("version \"2024.11.3\" is out")]
    [InlineData("release 2024.11.3 is out")]
    [InlineData("lineage B.1.1529")]
    [InlineData("code Z.79.4000")]
    [InlineData("invoice S/12/3456")]
    [InlineData("Bosniak 2F")]
    [InlineData("Foley 16F placed")]
    [InlineData("Modic type 1 changes at L4")]
    [InlineData("Lisfranc injury")]
    [InlineData("pull registry.k8s.io/pause:3.9")]
    [InlineData("DECLARE @banks int")]
    [InlineData("strand A-C-G-T-T-A")]
    [InlineData("written D-D-M-M-Y-Y")]
    [InlineData("an A-B-A-B-A design")]
    [InlineData("ruled out S-T-E-M-I today")]
    [InlineData("curl http://localhost:9000/ready")]
    public void Text_OfNobody_Stays(string text) => MarkedText.AssertUntouched(text);

    [Theory]
    [InlineData("""{"name":"strand","dob":"1961-04-12"}""", "strand")]
    [InlineData("""{"chartVersion":"Amended by Oona Tallentire on 03/04/2021"}""", "Tallentire")]
    [InlineData("""{"version":"03/04/2021"}""", "03/04")]
    [InlineData("""{"apiVersion":"Oona Tallentire 123-45-6789"}""", "123-45")]
    [InlineData("""{"patient":{"first":"Leocadia","last":"Quartermaine","mrn":"5518204"}}""", "Quartermaine")]
    [InlineData("""[{"first":"Leocadia","last":"strand","dob":"1961-04-12"}]""", "strand")]
    [InlineData("""{"nok_last":"strand"}""", "strand")]
    [InlineData("""{"case_manager_last":"brook"}""", "brook")]
    [InlineData("""{"referringFirst":"brook"}""", "brook")]
    [InlineData("""{"user":"oona.tallentire"}""", "tallentire")]
    [InlineData("""{"owner":"j.langford"}""", "langford")]
    [InlineData("""{"assignee":"j.langford"}""", "langford")]
    [InlineData("""{"who":"j.langford"}""", "langford")]
    [InlineData("user,action\nj.langford,open\no.tallentire,close\n", "langford")]
    public void Value_OfSomebody_IsGone(string text, string gone) => Assert.DoesNotContain(gone, MaskingBench.Masker.Scan(text).Masked, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"imageTag":"v2024.11.3"}""")]
    [InlineData("""{"client_first":"2024-01-02","n":1}""", "client_first")]
    [InlineData("""{"customer_first":"yes"}""")]
    [InlineData("""{"user_last":2024}""")]
    [InlineData("""{"user":"root"}""")]
    [InlineData("""{"owner":"platform"}""")]
    [InlineData("""{"first":"Monday","last":"Friday"}""")]
    public void Value_OfNobody_IsNoName(string text, string? key = null)
    {
        var masked = MaskingBench.Json(text);

        Assert.DoesNotContain("[NAME]", masked, StringComparison.Ordinal);
        Assert.True(key is not null || masked == text, masked);
    }
}
