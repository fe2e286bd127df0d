using Chaperone.Masking.Keys;

namespace Chaperone.Masking.Tests;

public sealed class KeyLexiconTests
{
    private static readonly KeyLexicon Lexicon = new();

    [Theory]
    [InlineData("patientDOB", "Date")]
    [InlineData("pt_dob", "Date")]
    [InlineData("PatientFirstName", "Name")]
    [InlineData("last_nm", "Name")]
    [InlineData("home.phone.number", "Phone")]
    [InlineData("emergency-contact-phone", "Phone")]
    [InlineData("addr1", "Address")]
    [InlineData("MRN", "Mrn")]
    [InlineData("patient_id", "Mrn")]
    [InlineData("ssn_number", "Ssn")]
    [InlineData("zipCode", "Zip")]
    [InlineData("acct_no", "Account")]
    [InlineData("npi", "License")]
    [InlineData("emails", "Email")]
    [InlineData("memberID", "Plan")]
    [InlineData("ipAddress", "Ip")]
    [InlineData("clientSecret", "Secret")]
    [InlineData("MBR_ID", "Plan")]
    [InlineData("CLM_ID", "Id")]
    [InlineData("ZIP_CD", "Zip")]
    [InlineData("ADDR_LN_1", "Address")]
    [InlineData("cntct_nm", "Name")]
    [InlineData("Vorname", "Name")]
    [InlineData("geburtsDatum", "Date")]
    [InlineData("straße", "Address")]
    [InlineData("plz", "Zip")]
    [InlineData("prénom", "Name")]
    [InlineData("date_naissance", "Date")]
    [InlineData("codePostal", "Zip")]
    [InlineData("téléphone", "Phone")]
    [InlineData("primer_apellido", "Name")]
    [InlineData("fechaNacimiento", "Date")]
    [InlineData("dirección", "Address")]
    [InlineData("teléfono", "Phone")]
    [InlineData("ciudad", "City")]
    [InlineData("codiceFiscale", "Ssn")]
    public void Key_OfAnIdentifier_MasksItsValue(string key, string identifier)
    {
        var rule = Lexicon.Find(key);

        Assert.Equal(KeyUse.Mask, rule.Use);
        Assert.Equal(Enum.Parse<Identifier>(identifier), rule.Identifier);
    }

    [Theory]
    [InlineData("drug_name")]
    [InlineData("fileName")]
    [InlineData("test_name")]
    [InlineData("glucose")]
    [InlineData("count")]
    public void Key_OfAThing_MasksNothing(string key)
    {
        Assert.NotEqual(KeyUse.Mask, Lexicon.Find(key).Use);
    }
}
