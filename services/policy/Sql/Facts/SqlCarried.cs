using System.Text.Json;
using Chaperone.Policy.Patterns;

namespace Chaperone.Policy.Sql.Facts;

/// <summary>Finds the SQL in a call's arguments. Upstreams may take names of arguments without case: all that may be meant are read.</summary>
internal static class SqlCarried
{
    private const int MostTexts = 100;

    /// <summary>The facts of what <paramref name="tool"/> carries in <paramref name="arguments"/>; null when it carries no SQL by its declaration.</summary>
    public static SqlFacts? Find(SqlTerms terms, string tool, JsonElement arguments)
    {
        var paths = terms.PathsOf(tool).ToArray();
        if (paths.Length == 0)
        {
            return null;
        }

        var texts = new List<string>();
        foreach (var path in paths)
        {
            if (!Take(arguments, path, 0, texts))
            {
                return SqlFacts.Unreadable("is no text, or too many of them");
            }
        }

        return texts.Count == 0
            ? SqlFacts.Unreadable("is missing")
            : SqlFacts.Of(SqlReaders.For(terms.Dialect).ReadAll(texts), terms);
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
            : element.EnumerateObject().Where(m => m.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).All(m => Take(m.Value, path, step + 1, texts));
    }
}
