namespace Chaperone.Masking.Tests.Structures;

/// <summary>Cards, DICOM dumps and JSON, SQL, columns in line, segments without a header: what the field says is masked, and nothing around it.</summary>
public sealed class MoreFormatTests
{
    [Theory]
    [InlineData("BEGIN:VCARD\nVERSION:3.0\nFN:Quillon Vexley\nTEL;TYPE=CELL:(503) 555-0187\nBDAY:19610719\nEND:VCARD", "Quillon Vexley 555-0187 0719", "VERSION:3.0 TEL;TYPE=CELL: END:VCARD")]
    [InlineData("BEGIN:VCALENDAR\nATTENDEE;CN=\"Quillon Vexley\";ROLE=CHAIR:mailto:q@x.org\nSUMMARY:Rounds\nEND:VCALENDAR", "Quillon q@x.org", "ROLE=CHAIR SUMMARY:Rounds")]
    [InlineData("(0010,0010) PN [Vexley^Quillon]\n(0010,0020) LO [88412093]\n(0008,0060) CS [MR]", "Quillon Vexley 88412093", "(0010,0020) [MR]")]
    [InlineData("(0010,0010) Patient's Name                      PN: 'Vexley^Quillon'", "Quillon Vexley", "(0010,0010)")]
    [InlineData("""{"00100010":{"vr":"PN","Value":[{"Alphabetic":"Vexley^Quillon"}]},"00100020":{"vr":"LO","Value":["88412093"]},"00080060":{"vr":"CS","Value":["MR"]}}""", "Quillon Vexley 88412093", "\"vr\":\"PN\" \"MR\"")]
    [InlineData("INSERT INTO patients (id, first_name, last_name, ssn, plan) VALUES (1, 'Quillon', 'O''Vexley', '512487731', 'gold'), (2, 'Quilla', NULL, 512487732, 'red');", "Quillon Vexley 512487731 Quilla 512487732", "INSERT INTO patients NULL VALUES")]
    [InlineData("INSERT INTO patients (id, first_name) VALUES (1, 'Quillon'::text), (2, 'Vexley'\n\nThe SSN is 219-09-9999.", "Quillon Vexley 219-09-9999", "INSERT ::text The")]
    [InlineData("INSERT INTO products (id, title) VALUES (7, 'Blue Widget');", "", "'Blue Widget'")]
    [InlineData("NAME             MRN       DOB\nQuillon Vexley   88412093  1961-07-19\nOther Person     11223344  1970-01-02", "Quillon Vexley 88412093 07-19 11223344", "NAME MRN DOB")]
    [InlineData("NAME        READY   STATUS\napi-7d9f8   1/1     Running\n", "", "api-7d9f8 Running")]
    [InlineData("\"last\",\"first\",\"ssn\"\n\"Vexley\",\"Quillon\",\"512487731\"\n", "Vexley Quillon 512487731", "\"last\",\"first\",\"ssn\"")]
    [InlineData("PID|1||88412093^^^MR||VEXLEY^QUILLON||19610719|M|||4821 Larkspur Rd^^Salem^OR^97301", "88412093 VEXLEY QUILLON 0719 Larkspur Salem", "PID|1|| |M| ^OR^")]
    [InlineData("duplicate key violates \"patients_ssn_key\": Key (ssn)=(512487731) already exists.", "512487731", "patients_ssn_key already exists.")]
    [InlineData("Denies chest pain.Maria lives alone (see below)", "Maria", "Denies chest pain. lives alone")]
    [InlineData("lookup(John Smithson);", "John Smithson", "lookup( );")]
    [InlineData("git: Author: Quillon Vexley <q.v@mailbox.example>", "Quillon Vexley q.v@mailbox", "Author:")]
    public void Format_IsMaskedByItsFields(string text, string gone, string kept)
    {
        var masked = MaskingBench.Masker.Scan(text).Masked;

        Assert.All(gone.Split(' ', StringSplitOptions.RemoveEmptyEntries), word => Assert.DoesNotContain(word, masked, StringComparison.Ordinal));
        Assert.All(kept.Split(' ', StringSplitOptions.RemoveEmptyEntries), word => Assert.Contains(word, masked, StringComparison.Ordinal));
        Assert.Equal(masked, MaskingBench.Masker.Scan(masked).Masked);
    }
}
