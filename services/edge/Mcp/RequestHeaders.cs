using System.Text;

namespace Chaperone.Edge.Mcp;

/// <summary>The standard request headers of 2026-07-28 (SEP-2243): they must repeat what the body says.</summary>
internal static class RequestHeaders
{
    private const string EncodedPrefix = "=?base64?";
    private const string EncodedSuffix = "?=";

    public static McpFault? Check(McpMessage message, IHeaderDictionary headers)
    {
        if (message.Kind == MessageKind.Response)
        {
            return McpFault.Invalid("2026-07-28 has no requests from server to client, so there is nothing to answer.", message.Id);
        }

        if (!Matches(headers, "Mcp-Method", message.Method))
        {
            return McpFault.Mismatch("The Mcp-Method header is missing or differs from the method in the body.", message.Id);
        }

        return McpMethods.NeedsNameHeader(message.Method) && !Matches(headers, "Mcp-Name", message.Target!)
            ? McpFault.Mismatch($"The Mcp-Name header is missing or differs from params.{McpMethods.TargetKey(message.Method)} in the body.", message.Id)
            : null;
    }

    /// <summary>A value as it may stand in a header: as it is where it is plain, else encoded (SEP-2243).</summary>
    public static string Encode(string value) =>
        value.Length > 0 && value.All(c => c is > ' ' and < '\x7f') && !value.StartsWith(EncodedPrefix, StringComparison.Ordinal)
            ? value
            : EncodedPrefix + Convert.ToBase64String(Encoding.UTF8.GetBytes(value)) + EncodedSuffix;

    private static bool Matches(IHeaderDictionary headers, string name, string expected)
    {
        var values = headers[name];
        return values.Count == 1 && values[0] is { } value && string.Equals(Decode(value.Trim()), expected, StringComparison.Ordinal);
    }

    private static string? Decode(string value)
    {
        if (!value.StartsWith(EncodedPrefix, StringComparison.Ordinal) || !value.EndsWith(EncodedSuffix, StringComparison.Ordinal)
            || value.Length < EncodedPrefix.Length + EncodedSuffix.Length)
        {
            return value;
        }

        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(value[EncodedPrefix.Length..^EncodedSuffix.Length]));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
