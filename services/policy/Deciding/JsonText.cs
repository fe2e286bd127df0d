using System.Text.Json;

namespace Chaperone.Policy.Deciding;

/// <summary>Finds strings that pass a JSON parser and yet are no Unicode text: a lone <c>\ud800</c>.</summary>
internal static class JsonText
{
    /// <summary>Whether all strings and keys of <paramref name="root"/> are text. <paramref name="bytes"/> are its source: without an escaped surrogate there is nothing to look for.</summary>
    public static bool IsText(JsonElement root, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOf("\\ud"u8) < 0 && bytes.IndexOf("\\uD"u8) < 0)
        {
            return true;
        }

        try
        {
            Read(root);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    // The parser has bounded the depth.
    private static void Read(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Read(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    _ = property.Name;
                    Read(property.Value);
                }

                break;
        }
    }
}
