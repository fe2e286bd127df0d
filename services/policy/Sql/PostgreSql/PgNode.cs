using System.Text.Json;

namespace Chaperone.Policy.Sql.PostgreSql;

/// <summary>How the JSON of libpg_query is read: a node is an object of one member, which names its type.</summary>
internal static class PgNode
{
    /// <summary>Type and content of a node; null when it is none, such as the empty object for nothing.</summary>
    public static (string Type, JsonElement Body)? Open(JsonElement node)
    {
        if (node.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (var member in node.EnumerateObject())
        {
            return member.Value.ValueKind == JsonValueKind.Object && char.IsAsciiLetterUpper(member.Name[0]) ? (member.Name, member.Value) : null;
        }

        return null;
    }

    /// <summary>A member; null when it is not there.</summary>
    public static JsonElement? Find(JsonElement body, string name) => body.TryGetProperty(name, out var member) ? member : null;

    /// <summary>The elements of a member that is a list; none when it is not there.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement body, string name) =>
        body.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    /// <summary>A member that is a text; null when it is not there.</summary>
    public static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    /// <summary>Whether a member is true.</summary>
    public static bool Flag(JsonElement body, string name) => body.TryGetProperty(name, out var flag) && flag.ValueKind == JsonValueKind.True;

    /// <summary>The texts of a list of String nodes.</summary>
    public static string[] Texts(JsonElement body, string name) =>
        [.. Items(body, name).Select(Open).Where(n => n is { Type: "String" }).Select(n => Text(n!.Value.Body, "sval") ?? "")];

    /// <summary>Whether a list ends with, or holds, a node of <paramref name="type"/>.</summary>
    public static bool Has(JsonElement body, string name, string type) => Items(body, name).Any(i => Open(i)?.Type == type);
}
