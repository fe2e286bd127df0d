using System.Text;

namespace Chaperone.Masking.Tests.Fuzz;

/// <summary>A text of each structure that a walker reads, and of none.</summary>
internal static class WalkerSeeds
{
    public static readonly string[] Texts =
    [
        """{"patients":[{"mrn":"4432A","name":{"family":"Lee","given":["Ann"]},"dob":"1980-03-04","age":93},{"mrn":4433,"note":"Ann Lee, SSN 123-45-6789"}],"total":2}""",
        """{"resourceType":"Patient","id":"zz-17","identifier":[{"type":{"coding":[{"code":"MR"}]},"value":"ZZ4711"}],"name":[{"family":"Vexley"}],"contained":[{"resourceType":"Observation","valueQuantity":{"value":105,"unit":"mg/dL"}}]}""",
        """{"columns":["name","mrn","x"],"rows":[["Ann Lee","4432A",1],["Bo Ray","4433B",2],["Cy Fox","4434C",null]]}""",
        """[["c1","c2"],["Maria Gonzalez","AB12345"],["Linda Brown","AB12346"],["James Wilson","AB12347"]]""",
        "{\"mrn\":\"4432A\",\"x\":1}\n{\"mrn\":\"9921B\",\"x\":\"\\u0041\\ud83d\\ude00\"}\n",
        "first_name,last_name,city,score\nAnn,Lee,Dover,7\n\"Bo, \"\"Jr\"\"\",Ray,Bristol,9\n\"two\nlines\",x,y,1\n",
        "a;b;c\nMaria Gonzalez;2021-03-04;7\nLinda Brown;2021-03-05;8\nJames Wilson;2021-03-06;9\n",
        "id\tname\tphone\n1\tAnn Lee\t415-555-0100\n2\tBo Ray\t415-555-0101\n",
        " id |   name   |    dob     | value\n----+----------+------------+-------\n  1 | Ann Lee  | 1980-03-04 |   7.1\n(1 row)\n",
        "-[ RECORD 1 ]------\nname | Ann Lee\nmrn  | 4432A\n-[ RECORD 2 ]------\nname | Bo Ray\nmrn  | 4433B\n",
        "Found:\n\n| Patient | MRN | Result |\n|---|:-:|---|\n| Ann Lee | 4432 | 7.1 |\n\nAnn Lee was told.",
        "+------+---------+\n| id   | name    |\n+======+=========+\n| 1    | Ann Lee |\n+------+---------+\n",
        "NAME             MRN       DOB\nQuillon Vexley   88412093  1961-07-19\nOther Person     11223344  1970-01-02",
        "MSH|^~\\&|APP|FAC|EHR|FAC2|20210304101500||ADT^A01|MSG1|P|2.5\rPID|1||12345^^^M11^MR||Everyman^Adam^A||19800304|M|||12 Oak St^^Ann Arbor^MI^48103||(734)555-1212\rOBX|1|NM|2345-7^Glucose^LN||105|mg/dL\rNTE|1||Adam \\T\\ co\\F\\\r",
        "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *210304*1015*^*00501*000000101*1*P*:~GS*HC*S*R*20210304*1015*1*X*005010X222A1~ST*837*0001~NM1*IL*1*LEE*ANN*Q***MI*ZZ1~DMG*D8*19800304*F~REF*SY*123456789~SE*4*0001~GE*1*1~IEA*1*000000101~",
        "AM01\u001CC419800304\u001CC52\u001CCAANN\u001CCBLEE\u001CCM12 OAK ST\u001CCQ7345551212\u001E\u001CAM04\u001CC2ZZMEMBER\u001E\u001CAM07\u001CD2123456",
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Quillon Vexley\r\nN:Vexley;Quillon;;;\r\nTEL;TYPE=CELL:(503) 555-0187\r\nBDAY:19610719\r\nNOTE:a\r\n b\r\nEND:VCARD",
        "(0010,0010) PN [Vexley^Quillon]\n(0010,0020) LO [88412093]\n(0008,0060) CS [MR]",
        """<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"><id root="2.16.840.1" extension="D1"/><recordTarget><patientRole><id extension="M7"/><addr><city>Dover</city></addr><patient><name><given>Ann</given><family>Lee</family></name><birthTime value="19800304"/></patient></patientRole></recordTarget><text><![CDATA[Ann <b>Lee</b>]]> &amp; &#65;nn</text></ClinicalDocument>""",
        """<Patient xmlns="http://hl7.org/fhir"><id value="zz-17"/><name><family value="Vexley"/></name><birthDate value="1980-03-04"/></Patient>""",
        "<table><tr><th>Name</th><th>MRN</th></tr><tr><td>Ann Lee</td><td>4432A</td></tr></table><!-- Ann --><script>var a='<';</script>",
        "INSERT INTO patients (id, first_name, ssn) VALUES (1, 'Quillon', '512487731'), (2, 'O''Neil', NULL);",
        "Here:\n```json\n{\"ssn\": \"123456789\"}\n```\nand ~~~\nname,mrn\nAnn,4432A\n~~~\n",
        "%7B%22ssn%22%3A%22123-45-6789%22%7D and a%40b.org &#83;&#83;N &lt;b&gt;",
        "eyJzc24iOiIxMjMtNDUtNjc4OSIsIm5hbWUiOiJBbm4gTGVlIn0= data:text/plain;base64,QW5uIExlZSwgU1NOIDEyMy00NS02Nzg5",
        "Ann Lee (MRN: 44321) was seen on March 3rd, 2021 at 12 Oak St, Dover, DE 19901 by Dr. Papadopoulos. Call 415-555-0100 or a@b.org. She is 93.",
        "\u200BＳＳＮ： 1２3-4\u200B5-6789 \u202Eabc\u202C Јоhn Ѕmіth \ud83d\ude00",
        "AKIAIOSFODNN7EXAMPLE -----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY----- Server=db;Password=hunter2; https://u:p@x.example/patients/123?ssn=123456789",
    ];

    /// <summary>What means something to one walker or another.</summary>
    public static readonly string[] Marks =
    [
        "\"", "\"\"", "'", "\\", "\\u0041", "\n", "\r", "\r\n", "\t", "|", ",", ";", "*", "~", "^", "&", "&amp;", "&#", "%", "%4", "%41", "{", "}", "[", "]", "<", ">", "</", "<!--", "]]>", "<![CDATA[", "```", "---",
        "|---|", "MSH|", "ISA*", "BEGIN:VCARD", "VALUES (", "\u001C", "\u001E", "\0", "\u200B", "\uFEFF", "\u202E", "\ud83d", "\ude00", "é", "Ａ", ":", "=", "@", "(", ")", "  ", "[NAME]", "[DATE 2021]", "[", "0", "9", "1980-03-04",
        "Ann", "Lee", "SSN", "123-45-6789", "-[ RECORD 1 ]", "{\"a\":", "null", "-", ".", "/", "+", "$", "#", "ʼ", "\u00A0", "ß", "İ",
    ];

    /// <summary>As the text block of a tool's answer.</summary>
    public static byte[] Message(string text) => Encoding.UTF8.GetBytes($$$"""{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":{{{System.Text.Json.JsonSerializer.Serialize(text)}}}}]}}""");
}
