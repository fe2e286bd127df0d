using System.Text;
using System.Text.Json;

namespace Chaperone.Eval;

/// <summary>The leaves of FHIR and HL7 v2 that no masking may touch: codes, systems, units, lab values.</summary>
internal static class StructureLeaves
{
    private static readonly HashSet<string> FhirKeys = new(["code", "unit", "status", "resourceType", "intent", "use", "version", "valueCode", "valueBoolean", "gender"], StringComparer.Ordinal);

    private static readonly Dictionary<string, int[]> Hl7Fields = new(StringComparer.Ordinal)
    {
        ["MSH"] = [9, 11, 12],
        ["PID"] = [8],
        ["PV1"] = [2],
        ["OBR"] = [4],
        ["OBX"] = [2, 3, 6, 7, 8, 11],
        ["DG1"] = [3, 6],
        ["AL1"] = [2, 3, 4],
        ["PR1"] = [3],
        ["RXE"] = [2, 3, 5],
        ["RXA"] = [5, 6, 7],
    };

    /// <summary>Ranges of <paramref name="text"/> in UTF-16 units.</summary>
    public static IEnumerable<(int Start, int End)> Of(string text) => text.StartsWith("MSH", StringComparison.Ordinal) ? Hl7(text) : Fhir(text);

    private static List<(int Start, int End)> Fhir(string text)
    {
        var leaves = new List<(int, int)>();
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes);
        var path = new Stack<string>();
        var key = "";
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    key = reader.GetString()!;
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    path.Push(key);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    key = path.Pop();
                    break;
                default:
                    if (IsFixed(key, path))
                    {
                        var start = Encoding.UTF8.GetCharCount(bytes, 0, (int)reader.TokenStartIndex);
                        leaves.Add((start, start + Encoding.UTF8.GetCharCount(bytes, (int)reader.TokenStartIndex, (int)(reader.BytesConsumed - reader.TokenStartIndex))));
                    }

                    break;
            }
        }

        return leaves;
    }

    private static bool IsFixed(string key, Stack<string> path) =>
        FhirKeys.Contains(key)
        || (key is "display" or "system" && path.Contains("coding"))
        || (key is "value" && path.Peek() is var parent && (parent.EndsWith("Quantity", StringComparison.Ordinal) || parent is "quantity" or "low" or "high"));

    private static IEnumerable<(int Start, int End)> Hl7(string text)
    {
        var at = 0;
        foreach (var line in text.Split('\r', '\n'))
        {
            var fields = line.Split('|');
            var place = at;
            for (var i = 0; i < fields.Length; i++)
            {
                // MSH-1 is the separator itself.
                var number = fields[0] == "MSH" ? i + 1 : i;
                if (fields[i].Length > 0 && i > 0 && ((Hl7Fields.TryGetValue(fields[0], out var stay) && stay.Contains(number)) || (fields[0] == "OBX" && number == 5 && fields[2] == "NM")))
                {
                    yield return (place, place + fields[i].Length);
                }

                place += fields[i].Length + 1;
            }

            at += line.Length + 1;
        }
    }
}
