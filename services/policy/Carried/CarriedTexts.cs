using System.Text.Json;
using Chaperone.Policy.Patterns;

namespace Chaperone.Policy.Carried;

/// <summary>The texts of another language, such as SQL, that a call carries. Upstreams may take names of arguments without case: all that may be meant are found.</summary>
internal sealed record CarriedTexts(IReadOnlyList<string> Texts, string? Problem)
{
    private const int MostTexts = 100;

    /// <summary>What <paramref name="tool"/> carries in <paramref name="arguments"/>; null when by <paramref name="declared"/> it carries none.</summary>
    public static CarriedTexts? Find(CarryingArgument[] declared, string tool, JsonElement arguments)
    {
        var texts = new List<string>();
        var carries = false;
        foreach (var argument in declared)
        {
            if (!WaryName.Matches(argument.Tool, tool))
            {
                continue;
            }

            carries = true;
            if (!Take(arguments, argument.Path, 0, texts))
            {
                return new CarriedTexts([], "is no text, or too many of them");
            }
        }

        return carries ? new CarriedTexts(texts, texts.Count == 0 ? "is missing" : null) : null;
    }

    private static bool Take(JsonElement element, ArgumentPath path, int step, List<string> texts)
    {
        if (step == path.Steps.Length)
        {
            if (element.ValueKind != JsonValueKind.String || texts.Count == MostTexts)
            {
                return false;
            }

            texts.Add(element.GetString()!);
            return true;
        }

        if (path.Steps[step] is not { } name)
        {
            return element.ValueKind == JsonValueKind.Array && element.EnumerateArray().All(item => Take(item, path, step + 1, texts));
        }

        return element.ValueKind is not JsonValueKind.Object
            ? element.ValueKind == JsonValueKind.Undefined
            : element.EnumerateObject().Where(m => ArgumentPath.MayMean(m.Name, name)).All(m => Take(m.Value, path, step + 1, texts));
    }
}
