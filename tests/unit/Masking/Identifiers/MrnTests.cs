namespace Chaperone.Masking.Tests.Identifiers;

/// <summary>Medical record numbers (H): the label decides.</summary>
public sealed class MrnTests
{
    [Theory]
    [InlineData("MRN: «4432109»")]
    [InlineData("MRN «MR-044871» seen")]
    [InlineData("(MRN: «UCSF-12345»)")]
    [InlineData("Medical Record Number is «7A-4432»")]
    [InlineData("med. rec. no. «4432109»")]
    [InlineData("chart no: «00-44-21»")]
    [InlineData("Patient #«4432109»")]
    [InlineData("pt id «4432109»")]
    [InlineData("PatientID=«4432109»")]
    [InlineData("MRN on file: «4432109»")]
    [InlineData("MRN listed as «4432109»")]
    [InlineData("MRN (verified): «4432109»")]
    [InlineData("MRN, «00039930»")]
    [InlineData("MRN no. «4432109»")]
    [InlineData("MRN | «4432109» | x")]
    [InlineData("MRN\n«4432109»")]
    [InlineData("MRN\n\n«4432109»")]
    [InlineData("MRN:\n«4432109»")]
    [InlineData("«4432109» is her MRN")]
    [InlineData("«4432109» (MRN)")]
    [InlineData("«4432109», was their medical record number")]
    [InlineData("MRN -> «4432109»")]
    [InlineData("MR #: «00765079»")]
    [InlineData("MRNs: «4432109», «4432110» and «4432111»")]
    [InlineData("MRN's «4432109» and «4432110»")]
    [InlineData("<MRN>«4432109»</MRN>")]
    [InlineData("**MRN:** «4432109»")]
    public void Text_WithIdentifier_IsCovered(string text) => MarkedText.AssertCovered(text);

    [Theory]
    [InlineData("MRN: «44321O9»")]
    [InlineData("M.R.N. «4432109»")]
    [InlineData("\uff2d\uff32\uff2e: «\uff14\uff14\uff13\uff12\uff11\uff10\uff19»")]
    [InlineData("MRN: «443\u200b2109»")]
    [InlineData("\u041cRN: «4432109»")]
    [InlineData("mrn=«4432109»&x=1")]
    [InlineData("MRN-«4432109»")]
    [InlineData("MRN_«4432109»")]
    [InlineData("MRN«4432109»")]
    [InlineData("MRN «44 32 109»")]
    public void Text_WithDisguise_IsCovered(string text) => MarkedText.AssertCovered(text);

    [Theory]
    [InlineData("record 3 episodes a day")]
    [InlineData("the chart shows 250 items")]
    [InlineData("MR 3+ and TR 1+")]
    [InlineData("patient 62 years old")]
    [InlineData("users 12000 active")]
    [InlineData("patients 12000 in all")]
    [InlineData("12000 (charts)")]
    public void Text_WithoutIdentifier_HasNoFind(string text) => MarkedText.AssertUntouched(text);
}
