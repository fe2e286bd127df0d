using System.Net;
using System.Text.Json;

namespace Chaperone.Recorder.Keys.Vault;

/// <summary>
/// What Vault answered. The bytes may hold keys; disposing overwrites these, and no other copy: those that HTTP and TLS made on the
/// way, and strings read from them, are left to the collector.
/// </summary>
internal sealed class VaultAnswer(HttpStatusCode status, byte[] bytes) : IDisposable
{
    private const int MaxDepth = 16;
    private const int LongestError = 200;

    private readonly JsonDocument? _json = Parse(bytes);

    public HttpStatusCode Status { get; } = status;

    /// <summary>The member <c>data</c>; null where it is missing or no object.</summary>
    public JsonElement? Data => Member(_json?.RootElement, "data") is { ValueKind: JsonValueKind.Object } data ? data : null;

    /// <summary>The member <c>auth</c> of a login; null where it is missing or no object.</summary>
    public JsonElement? Auth => Member(_json?.RootElement, "auth") is { ValueKind: JsonValueKind.Object } auth ? auth : null;

    /// <summary>The first of <c>errors</c>, cut short and without control characters; null where there is none.</summary>
    public string? Error =>
        Member(_json?.RootElement, "errors") is { ValueKind: JsonValueKind.Array } errors && errors.GetArrayLength() > 0 && Text(errors[0]) is { } said ? Plain(said) : null;

    /// <summary>A member of an object; null where it is missing.</summary>
    public static JsonElement? Member(JsonElement? of, string name) =>
        of is { ValueKind: JsonValueKind.Object } && of.Value.TryGetProperty(name, out var value) ? value : null;

    /// <summary>A string; null for anything else, also one that is no Unicode.</summary>
    public static string? Text(JsonElement? of)
    {
        try
        {
            return of is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Words of Vault as they may stand in a log.</summary>
    public static string Plain(string words) =>
        string.Concat(words.Select(c => char.IsControl(c) ? ' ' : c).Take(LongestError)).Trim();

    public void Dispose()
    {
        _json?.Dispose();
        bytes.AsSpan().Clear();
    }

    private static JsonDocument? Parse(byte[] bytes)
    {
        try
        {
            return JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
