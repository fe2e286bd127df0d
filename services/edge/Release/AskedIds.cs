using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Chaperone.Edge.Mcp;
using Chaperone.Edge.Sessions;

namespace Chaperone.Edge.Release;

/// <summary>
/// Puts a sealed id in the place of the id of a server's request, and the server's own back into the client's answer. An answer
/// that nobody asked for has none: it could carry anything to the server, past all rules about calls.
/// </summary>
internal sealed class AskedIds(EdgeSeal seal, TimeProvider time)
{
    /// <summary>Longer ids of servers are refused: the sealed one has to fit into an answer.</summary>
    public const int LongestId = 256;

    private const int MostGiven = 10_000;
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // So that a server can cancel what it asked for. To forget is safe: the client goes on working for nothing.
    private readonly ConcurrentDictionary<(Guid Session, string Id), string> _given = new();

    /// <summary>The request, or the news that one is cancelled, as the client sees it.</summary>
    public byte[] Give(Exchange exchange, ServerMessage message, byte[] bytes)
    {
        if (message.IsRequest)
        {
            var asked = new AskedOfClient { Id = message.Id!, UpstreamSession = Digest(exchange.UpstreamSessionId), At = time.GetUtcNow() };
            var id = JsonSerializer.Serialize(seal.Seal(asked, Context(exchange)));
            if (_given.Count >= MostGiven)
            {
                _given.Clear();
            }

            _given[(exchange.Call.SessionId, message.Id!)] = id;
            using var document = JsonDocument.Parse(bytes);
            return Rewrite(document.RootElement, "id", id);
        }

        return message.Method == "notifications/cancelled" ? Cancel(exchange, bytes) : bytes;
    }

    /// <summary>The client's answer as the server sees it; null when nothing like it was asked.</summary>
    public byte[]? TakeBack(Exchange exchange)
    {
        if (exchange.Message is not { Kind: MessageKind.Response } message
            || !message.Root.TryGetProperty("id", out var id) || id.ValueKind != JsonValueKind.String
            || !seal.TryOpen<AskedOfClient>(id.GetString()!, Context(exchange), out var asked)
            || (asked!.UpstreamSession is { } session && session != Digest(exchange.UpstreamSessionId))
            || time.GetUtcNow() - asked.At > AskedOfClient.Lifetime)
        {
            return null;
        }

        return Rewrite(message.Root, "id", asked.Id);
    }

    private byte[] Cancel(Exchange exchange, byte[] bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        return document.RootElement.TryGetProperty("params", out var parameters) && parameters.ValueKind == JsonValueKind.Object
            && parameters.TryGetProperty("requestId", out var id) && _given.TryRemove((exchange.Call.SessionId, id.GetRawText()), out var given)
                ? Rewrite(document.RootElement, "params", Encoding.UTF8.GetString(Rewrite(parameters, "requestId", given)))
                : bytes;
    }

    private static string Context(Exchange exchange) => AskedOfClient.Context(exchange.Call.Principal, exchange.Call.Server);

    private static string? Digest(string? session) => session is null ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(session)).AsSpan(0, 16));

    private static byte[] Rewrite(JsonElement target, string key, string value)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            foreach (var property in target.EnumerateObject())
            {
                writer.WritePropertyName(property.Name);
                writer.WriteRawValue(property.NameEquals(key) ? value : property.Value.GetRawText());
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
