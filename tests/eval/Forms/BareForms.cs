namespace Chaperone.Eval.Forms;

/// <summary>Identifiers that no label announces: their make must give them away, wherever in a sentence they stand and however they are disguised.</summary>
internal static class BareForms
{
    private static readonly string[] Templates =
    [
        "{V}", "see {V} please", "He gave {V}, then left.", "({V})", "{V}\nnext line", "It reads \"{V}\".", "x;{V};y", "<td>{V}</td>", "was:{V}", "first {V} and more", "|{V}|", "[{V}]",
    ];

    private static readonly (PhiClass Class, string[] Values)[] Table =
    [
        (PhiClass.Ssn, ["219-09-9999", "219 09 9999", "219.09.9999", "219\u201309\u20139999", "\uff12\uff11\uff19-\uff10\uff19-\uff19\uff19\uff19\uff19", "219-0\u200b9-9999"]),
        (PhiClass.Account, ["4111 1111 1111 1111", "4111-1111-1111-1111", "4111111111111111", "5555555555554444", "378282246310005", "3782 822463 10005", "6011000990139424", "2223000048400011", "GB82 WEST 1234 5698 7654 32", "DE89370400440532013000", "FR1420041010050500013M02606"]),
        (PhiClass.Plan, ["1EG4-TE5-MK73", "1EG4TE5MK73", "1eg4-te5-mk73"]),
        (PhiClass.Email, ["ann.lee@clinic.org", "ann_lee+x@mail.clinic.co.uk", "ann.lee%40clinic.org", "ann.lee (at) clinic.org", "ann.lee[at]clinic.org", "\uff41nn@clinic.org", "ann@kl\u00ednik.example", "ann\u200b@clinic.org", "\u0430nn@clinic.org"]),
        (PhiClass.Phone, ["(415) 555-0132", "415-555-0132", "415.555.0132", "+1 415 555 0132", "+14155550132", "1-800-555-0132", "+44 20 7946 0958", "+49 30 123456", "(415)555-0132", "415-555-0132 x123", "415-555-0132 ext. 12", "+33 1 42 68 53 00", "(\uff14\uff11\uff15) 555-0132", "415\u2011555\u20110132"]),
        (PhiClass.Ip, ["192.168.10.4", "10.0.0.1:8443", "203.0.113.77/24", "2001:db8::8a2e:370:7334", "fe80::1ff:fe23:4567:890a", "2001:0db8:85a3:0000:0000:8a2e:0370:7334", "::ffff:192.0.2.128"]),
        (PhiClass.Date, ["2021-03-04", "03/04/2021", "3/4/21", "04.03.2021", "March 4, 2021", "Mar 4th, 2021", "4 March 2021", "4th of March, 2021", "March 2021", "Mar-2021", "20210304", "2021-03-04T10:15:00Z", "March 4", "4-Mar-21", "2021/3/4", "March 4\u20136, 2021", "4th of March", "Thursday, March 4", "03-04-2021", "2021-03"]),
        (PhiClass.Vehicle, ["1HGCM82633A004352", "1M8GDM9AXKP042788"]),
        (PhiClass.Device, ["00:1A:2B:3C:4D:5E", "00-1A-2B-3C-4D-5E", "001A.2B3C.4D5E", "(01)09506000134352(17)141120(10)7654321D(21)10987654d321", "+A99912345/$$52001510X3", "=/A9999XYZ100T0944=,000025=A99971312345600"]),
        (PhiClass.License, ["BB1388568", "1234567893"]),
        (PhiClass.Url, ["https://portal.clinic.example/p/123", "http://clinic.example/a?b=c#d", "www.clinic.example/p/9", "ftp://files.clinic.example/x"]),
        (PhiClass.Secret, ["AKIAIOSFODNN7EXAMPLE", "ghp_16C7e42F292c6912E7710c838347Ae178B4a", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dBjftJeZ4CVPmB92K27uhbUJU1p1r", "xoxb-123456789012-abcdefABCDEF123456", "sk_live_4eC39HqLyjWDarjtT1zdp7dc", "postgres://app:s3cr3tpw@db.internal:5432/clinic"]),
        (PhiClass.OtherId, ["f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"]),
        (PhiClass.Age, ["93-year-old", "aged 97", "101 years old", "94 y/o", "age 92"]),
    ];

    /// <summary>Every value in every place.</summary>
    public static IEnumerable<GoldRecord> All()
    {
        foreach (var (phi, values) in Table)
        {
            var number = 0;
            foreach (var value in values)
            {
                foreach (var template in Templates)
                {
                    var start = template.IndexOf("{V}", StringComparison.Ordinal);
                    var (from, length) = phi == PhiClass.Age ? Digits(value) : (0, value.Length);
                    yield return new GoldRecord($"bare-{phi}-{number++}", template.Replace("{V}", value, StringComparison.Ordinal), [new GoldSpan(start + from, start + from + length, phi)], IsNegative: false);
                }
            }
        }
    }

    // Only the number of an age must go.
    private static (int From, int Length) Digits(string value)
    {
        var from = value.AsSpan().IndexOfAnyInRange('0', '9');
        var length = value.AsSpan(from).IndexOfAnyExceptInRange('0', '9');
        return (from, length < 0 ? value.Length - from : length);
    }
}
