using System.Collections.Frozen;

namespace Chaperone.Masking.Structures;

/// <summary>Which fields of HL7 v2 segments identify someone (v2.3 to v2.8). All other fields are read as text.</summary>
internal static class Hl7Fields
{
    // P is a person with an id before the name (XCN); the rest are identifiers as everywhere.
    private static readonly FrozenDictionary<string, FrozenDictionary<int, (Identifier, bool)>> Segments = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["MSH"] = "7Date",
        ["EVN"] = "2Date 3Date 5P 6Date",
        ["SFT"] = "6Date",
        ["PID"] = "2Mrn 3Mrn 4Mrn 5Name 6Name 7Date 9Name 11Address 12City 13Phone 14Phone 18Account 19Ssn 20License 21Mrn 23City 29Date 33Date 40Phone",
        ["PD1"] = "3Location 4P 13Date 14Location",
        ["NK1"] = "2Name 4Address 5Phone 6Phone 8Date 9Date 12Id 13Location 16Date 26Name 30Name 31Phone 32Address 33Id 37Ssn 38City 40Phone 41Phone",
        ["PV1"] = "5Id 7P 8P 9P 17P 19Id 44Date 45Date 50Id 52P",
        ["PV2"] = "8Date 9Date 13P 14Date 17Date 23Location 26Date 28Date 33Date 46Date 47Date 48Date",
        ["GT1"] = "2Account 3Name 4Name 5Address 6Phone 7Phone 8Date 12Ssn 13Date 14Date 16Name 17Address 18Phone 19Id 21Location 29Id 42Name 45Name 46Phone 50Date 51Location",
        ["IN1"] = "5Address 6Name 7Phone 8Plan 10Plan 11Location 12Date 13Date 14Id 16Name 18Date 19Address 24Date 26Date 29Date 30P 36Plan 44Address 49Plan 53Id",
        ["IN2"] = "1Id 2Ssn 3P 4Name 5Id 6Plan 7Name 8Plan 9Name 10Plan 22Name 25Plan 26Plan 40Name 49Name 50Phone 52Name 53Phone 61Id 63Phone 64Phone",
        ["ORC"] = "2Id 3Id 4Id 9Date 10P 11P 12P 14Phone 15Date 19P 21Location 22Address 23Phone 24Address",
        ["OBR"] = "2Id 3Id 6Date 7Date 8Date 10P 14Date 16P 17Phone 22Date 28P 32P 33P 34P 35P 36Date",
        ["OBX"] = "14Date 16P 18Id 19Date 23Location 24Address 25P",
        ["DG1"] = "5Date 16P 19Date",
        ["PR1"] = "5Date 8P 11P 12P",
        ["MRG"] = "1Mrn 2Mrn 3Account 4Mrn 5Id 6Id 7Name",
        ["ROL"] = "4P 5Date 6Date 11Address 12Phone",
        ["AIP"] = "3P 6Date",
        ["AIG"] = "8Date",
        ["AIS"] = "4Date",
        ["AIL"] = "6Date",
        ["SCH"] = "1Id 2Id 11Date 12P 13Phone 14Address 16P 17Phone 18Address 20P 21Phone 26Id 27Id",
        ["TXA"] = "4Date 5P 6Date 7Date 8Date 9P 10P 11P 12Id 13Id 14Id 15Id 22P",
        ["FT1"] = "2Id 4Date 5Date 20P 21P 23Id",
        ["ACC"] = "1Date 7P 9P",
        ["AL1"] = "6Date",
        ["IAM"] = "11Date 13Date 14P 18P 20Date",
        ["RXA"] = "3Date 4Date 10P 15Device 16Date 22Date",
        ["RXE"] = "13P 14P 15Id 18Date 32Date",
        ["RXD"] = "3Date 7Id 10P 18Device 19Date",
        ["RXO"] = "14P 15P",
        ["SPM"] = "2Id 3Id 17Date 18Date 19Date",
        ["STF"] = "1Id 2Id 3Name 6Date 10Phone 11Address 12Date 13Date 15Email",
        ["PRA"] = "1Id 6License",
        ["PRD"] = "2Name 3Address 4Location 5Phone 7Id 8Date 9Date",
        ["CTD"] = "2Name 3Address 4Location 5Phone 7Id",
        ["CON"] = "13Date 14Date 24P 25P",
        ["AUT"] = "3Date 4Date 5Date 6Id",
        ["RF1"] = "6Id 7Date 8Date 9Date",
        ["ARQ"] = "1Id 2Id 11Date 15P 16Phone 17Address 19P",
        ["MFE"] = "3Date",
        ["MFI"] = "4Date 5Date",
        ["QRD"] = "1Date 8P",
        ["CSR"] = "4Id 5Id 6Date 7P 9Date",
        ["NTE"] = "5P 6Date 7Date",
        ["PDA"] = "3Date 5P 6Date",
    }.ToFrozenDictionary(s => s.Key, s => Fields(s.Value), StringComparer.Ordinal);

    // Elements of coded data types (CE, CWE, CNE, ID, IS): a code, its meaning and its system.
    private static readonly FrozenDictionary<string, FrozenSet<int>> Codes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["MSH"] = "9 11 12 15 16 17 18 19 20",
        ["EVN"] = "1 4",
        ["PID"] = "8 10 15 16 17 22 26 27 28 30 31 35 36 38",
        ["PV1"] = "2 4 10 13 14 15 16 18 20 36 41",
        ["PV2"] = "3 7 12 19 22 27 40",
        ["NK1"] = "3 7 14 15",
        ["GT1"] = "11 20 41",
        ["IN1"] = "2 15 17 31 43 47",
        ["ORC"] = "1 5 16 29",
        ["OBR"] = "4 5 12 18 24 25 27 30 31 44 47 49",
        ["OBX"] = "2 3 6 7 8 10 11 17 20",
        ["DG1"] = "2 3 6 17",
        ["AL1"] = "2 3 4",
        ["IAM"] = "2 3 4 6 9 17",
        ["PR1"] = "2 3 15 16 20",
        ["RXE"] = "2 3 4 5 6 7 21 23 24 25 26 27",
        ["RXA"] = "5 6 7 8 9 17 18 19 20 21",
        ["RXO"] = "1 2 3 4 5 6 18 19",
        ["RXR"] = "1 2 3 4 5 6",
        ["RXD"] = "2 4 5 6",
        ["SPM"] = "4 5 6 7 8 9 10 11 13 14 15 16 21 24",
        ["FT1"] = "6 7 8 19 25 26",
        ["TXA"] = "2 3 17 18 19",
        ["ROL"] = "2 3",
    }.ToFrozenDictionary(s => s.Key, s => s.Value.Split(' ').Select(int.Parse).ToFrozenSet(), StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, FrozenDictionary<int, (Identifier, bool)>>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Segments.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What field <paramref name="number"/> (from 1, as the standard counts) of a segment is; <paramref name="person"/>: an id stands before the name.</summary>
    public static Identifier Find(ReadOnlySpan<char> segment, int number, out bool person)
    {
        if (Lookup.TryGetValue(segment, out var fields) && fields.TryGetValue(number, out var found))
        {
            person = found.Item2;
            return found.Item1;
        }

        person = false;
        return Identifier.None;
    }

    /// <summary>True where field <paramref name="number"/> of a segment holds a code and its meaning.</summary>
    public static bool IsCoded(ReadOnlySpan<char> segment, int number) =>
        Codes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(segment, out var fields) && fields.Contains(number);

    /// <summary>What a value of data type <paramref name="type"/> (OBX-2) is.</summary>
    public static Identifier OfType(ReadOnlySpan<char> type) => type switch
    {
        "DT" or "TS" or "DTM" => Identifier.Date,
        "XPN" or "PN" or "XCN" or "CN" => Identifier.Name,
        "XAD" or "AD" => Identifier.Address,
        "XTN" or "TN" => Identifier.Phone,
        "CX" or "CK" => Identifier.Id,
        "ED" or "RP" => Identifier.Blob,
        _ => Identifier.None,
    };

    private static FrozenDictionary<int, (Identifier, bool)> Fields(string text) => text.Split(' ').Select(f =>
    {
        var digits = f.AsSpan().IndexOfAnyExceptInRange('0', '9');
        var name = f[digits..];
        return (Number: int.Parse(f.AsSpan(0, digits)), Found: name == "P" ? (Identifier.Name, true) : (Enum.Parse<Identifier>(name), false));
    }).ToFrozenDictionary(f => f.Number, f => f.Found);
}
