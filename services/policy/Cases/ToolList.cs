using System.Text.Json;
using Chaperone.Policy.Tools;

namespace Chaperone.Policy.Cases;

/// <summary>Reads what tools say of themselves from an answer to <c>tools/list</c>, its result, or the bare array.</summary>
internal static class ToolList
{
    /// <summary>False when there are none.</summary>
    public static bool Learn(ToolBook book, string server, JsonElement list)
    {
        foreach (var key in (string[])["result", "tools"])
        {
            if (list.ValueKind == JsonValueKind.Object && list.TryGetProperty(key, out var inner))
            {
                list = inner;
            }
        }

        var any = false;
        foreach (var tool in list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().ToArray() : [])
        {
            if (tool.ValueKind == JsonValueKind.Object && tool.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String)
            {
                book.Learn(server, name.GetString()!, ToolTraits.Of(tool));
                any = true;
            }
        }

        return any;
    }
}
