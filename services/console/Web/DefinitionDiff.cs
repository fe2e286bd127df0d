using System.Security.Cryptography;
using System.Text.Json;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;

namespace Chaperone.Console.Web;

/// <summary>What a tool's definition says, a line for each value and each line of a text, and how it differs from another.</summary>
internal static class DefinitionDiff
{
    // The table of a comparison grows with the product of both.
    private const int MostLines = 2500;

    /// <summary>The lines of <paramref name="definition"/>; null where it cannot be opened.</summary>
    public static IReadOnlyList<string>? Lines(IPayloadSeal seal, SealedPayload definition, Guid toolId)
    {
        try
        {
            using var document = JsonDocument.Parse(seal.Open(definition, toolId), new JsonDocumentOptions { MaxDepth = 256 });
            var lines = new List<string>();
            Write(document.RootElement, string.Empty, lines);
            return lines;
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The lines of both: first what stayed or is gone, then what is new, at each place.</summary>
    public static IReadOnlyList<DefinitionLine> Compare(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        if (before.Count > MostLines || after.Count > MostLines)
        {
            return [.. before.Except(after).Select(l => new DefinitionLine('-', l)), .. after.Except(before).Select(l => new DefinitionLine('+', l))];
        }

        var common = Common(before, after);
        var lines = new List<DefinitionLine>();
        var (i, j) = (0, 0);
        while (i < before.Count || j < after.Count)
        {
            if (i < before.Count && j < after.Count && before[i] == after[j])
            {
                lines.Add(new DefinitionLine(' ', after[j]));
                (i, j) = (i + 1, j + 1);
            }
            else if (i < before.Count && (j == after.Count || common[i + 1, j] >= common[i, j + 1]))
            {
                lines.Add(new DefinitionLine('-', before[i++]));
            }
            else
            {
                lines.Add(new DefinitionLine('+', after[j++]));
            }
        }

        return lines;
    }

    /// <summary>How many lines the rests from each place on have in common, in order.</summary>
    private static ushort[,] Common(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        var common = new ushort[before.Count + 1, after.Count + 1];
        for (var i = before.Count - 1; i >= 0; i--)
        {
            for (var j = after.Count - 1; j >= 0; j--)
            {
                common[i, j] = before[i] == after[j] ? (ushort)(common[i + 1, j + 1] + 1) : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }

    private static void Write(JsonElement element, string path, List<string> lines)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object when element.EnumerateObject().Any():
                foreach (var member in element.EnumerateObject())
                {
                    Write(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}", lines);
                }

                break;
            case JsonValueKind.Array when element.GetArrayLength() > 0:
                var index = 0;
                foreach (var item in element.EnumerateArray())
                {
                    Write(item, $"{path}[{index++}]", lines);
                }

                break;
            case JsonValueKind.String:
                lines.AddRange(element.GetString()!.ReplaceLineEndings("\n").Split('\n').Select(l => $"{path}: {l}"));
                break;
            default:
                lines.Add($"{path}: {element.GetRawText()}");
                break;
        }
    }
}
