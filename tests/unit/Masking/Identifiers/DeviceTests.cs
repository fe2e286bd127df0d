namespace Chaperone.Masking.Tests.Identifiers;

/// <summary>Devices and serials (M).</summary>
public sealed class DeviceTests
{
    [Theory]
    [InlineData("S/N «12345-AB»")]
    [InlineData("serial no. «SN-123456»")]
    [InlineData("Ser. No. «123456»")]
    [InlineData("device serial number «ABC123456»")]
    [InlineData("IMEI «35-209900-176148-1»")]
    [InlineData("IMEI: «352099001761481»")]
    [InlineData("has «352099001761481» now")]
    [InlineData("lot # «A1234»")]
    [InlineData("pacemaker SN «PJN123456»")]
    [InlineData("MAC «00:1A:2B:3C:4D:5E»")]
    [InlineData("at «00-1A-2B-3C-4D-5E» now")]
    [InlineData("at «001A.2B3C.4D5E» now")]
    [InlineData("the address «AA-BB-CC-DD-EE-FF»")]
    [InlineData("UDI «(01)00643169007222(17)160712(21)LRA123456»")]
    [InlineData("«+A99912345/$$52001510X3»")]
    [InlineData("label «=/A9999XYZ100T0944=,000025=A99971312345600»")]
    [InlineData("«LKX8233291» (device serial)")]
    public void Text_WithIdentifier_IsCovered(string text) => MarkedText.AssertCovered(text);

    [Theory]
    [InlineData("S/N: «123\u200b45-AB»")]
    [InlineData("Serial Number (rear): «ABC123456»")]
    public void Text_WithDisguise_IsCovered(string text) => MarkedText.AssertCovered(text);

    [Theory]
    [InlineData("serial 7 troponins")]
    [InlineData("device with 3 leads")]
    [InlineData("lot of 250 patients")]
    [InlineData("x=/a/b and y+=3")]
    [InlineData("EUI and MAC layer 2")]
    public void Text_WithoutIdentifier_HasNoFind(string text) => MarkedText.AssertUntouched(text);
}
