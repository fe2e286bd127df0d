using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;

namespace Chaperone.Console.Web;

/// <summary>A sealed, masked payload as text for a page.</summary>
/// <param name="Text">Pretty-printed JSON, or the text as it is; empty with a problem.</param>
/// <param name="Problem">Why it cannot be shown; null if it can.</param>
/// <param name="Bytes">Length of the payload.</param>
/// <param name="Cut">True if only the beginning is shown.</param>
internal sealed record PayloadText(string Text, string? Problem, int Bytes, bool Cut)
{
    /// <summary>Longest payload shown whole, in bytes.</summary>
    public const int Limit = 512 * 1024;

    // Razor encodes for HTML; escaping here as well would only make the text hard to read.
    private static readonly JsonWriterOptions Pretty = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static PayloadText Open(IPayloadSeal seal, SealedPayload payload, Guid context)
    {
        try
        {
            return Of(seal.Open(payload, context));
        }
        catch (CryptographicException)
        {
            return Unreadable;
        }
    }

    /// <summary>Only what an approver decides on: <c>params.arguments</c> of the message, else its <c>params</c>, else all of it.</summary>
    public static PayloadText OpenArguments(IPayloadSeal seal, SealedPayload payload, Guid context)
    {
        try
        {
            var bytes = seal.Open(payload, context);
            using var message = Parse(bytes);
            if (message?.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("params", out var parameters))
            {
                var shown = parameters.ValueKind == JsonValueKind.Object && parameters.TryGetProperty("arguments", out var arguments)
                    ? arguments
                    : parameters;
                return Of(Encoding.UTF8.GetBytes(shown.GetRawText()));
            }

            return Of(bytes);
        }
        catch (CryptographicException)
        {
            return Unreadable;
        }
    }

    public static PayloadText Of(byte[] bytes)
    {
        if (bytes.Length == 0)
        {
            return new PayloadText("", "Empty.", 0, Cut: false);
        }

        var cut = bytes.Length > Limit;
        using var json = cut ? null : Parse(bytes);
        var text = (json is null ? null : Write(json)) ?? Encoding.UTF8.GetString(bytes, 0, Math.Min(bytes.Length, Limit));
        return new PayloadText(Say.Visible(text, keepLines: true), null, bytes.Length, cut);
    }

    private static PayloadText Unreadable { get; } =
        new("", "This payload cannot be opened here: it was altered, or the key it is sealed under is not in this service's key file.", 0, Cut: false);

    private static JsonDocument? Parse(byte[] bytes)
    {
        try
        {
            return JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 256 });
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Null for JSON that cannot be written again, e.g. half a surrogate pair: it is shown as it came.</summary>
    private static string? Write(JsonDocument json)
    {
        try
        {
            using var buffer = new MemoryStream();
            using (var writer = new Utf8JsonWriter(buffer, Pretty))
            {
                json.WriteTo(writer);
            }

            return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }
}
