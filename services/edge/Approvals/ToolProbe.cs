using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Chaperone.Bus.Rfc8785;
using Chaperone.Edge.Mcp;
using Chaperone.Edge.Upstream;
using Chaperone.Edge.Upstream.Credentials;

namespace Chaperone.Edge.Approvals;

/// <summary>
/// Asks the upstream for a tool's definition as it is now, and digests it: an approval given for one definition does not
/// cover another (rug pull). Asked for held calls, at the request and again at the release, and where an answer's schema is
/// not known.
/// </summary>
internal sealed class ToolProbe(UpstreamDirectory directory, TimeProvider time)
{
    /// <summary>What stands in the binding where the upstream lists no such tool, or the call is for none.</summary>
    public const string Absent = "absent";

    private const int MaxPages = 100;
    private const int MaxBytes = 16 * 1024 * 1024;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>SHA-256 of the RFC 8785 form of a tool's definition, lower-case hex; <see cref="Absent"/> where there is none.</summary>
    public static string Digest(JsonElement? tool) =>
        tool is { } definition ? Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Write(definition))) : Absent;

    /// <summary>The tool's definition, null where the upstream lists none, or the call is for none; not told when the upstream cannot tell.</summary>
    public async ValueTask<(bool Told, JsonElement? Tool)> FindAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        if (exchange.Call.Method != "tools/call")
        {
            return (true, null);
        }

        JsonElement? found = null;
        var told = await ReadAsync(
            exchange,
            tool =>
            {
                if (tool.TryGetProperty("name", out var name) && name.ValueEquals(exchange.Call.Target))
                {
                    found = tool.Clone();
                }

                return found is null;
            },
            cancellationToken);
        return (told, found);
    }

    /// <summary>All tools that the upstream lists, as JSON text; null when it cannot tell.</summary>
    public async ValueTask<IReadOnlyList<string>?> ListAllAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var all = new List<string>();
        var length = 0L;
        var told = await ReadAsync(
            exchange,
            tool =>
            {
                all.Add(tool.GetRawText());
                length += all[^1].Length;
                return length <= MaxBytes ? true : throw new InvalidDataException($"its list is larger than {MaxBytes} characters.");
            },
            cancellationToken);
        return told ? all : null;
    }

    /// <summary>Hands out the tools until <paramref name="take"/> has enough; false when the upstream cannot tell them all.</summary>
    private async ValueTask<bool> ReadAsync(Exchange exchange, Func<JsonElement, bool> take, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        exchange.Own.Stand();
        using var timer = time.CreateTimer(_ => timeout.Cancel(), null, Limit, Timeout.InfiniteTimeSpan);
        try
        {
            string? cursor = null;
            for (var page = 0; page < MaxPages; page++)
            {
                using var answer = await ListAsync(exchange, cursor, timeout.Token);
                if (answer is null || !answer.RootElement.TryGetProperty("result", out var result) || !result.TryGetProperty("tools", out var tools))
                {
                    return false;
                }

                foreach (var tool in tools.EnumerateArray())
                {
                    if (!take(tool))
                    {
                        return true;
                    }
                }

                cursor = result.TryGetProperty("nextCursor", out var next) && next.ValueKind == JsonValueKind.String ? next.GetString() : null;
                if (cursor is null)
                {
                    return true;
                }
            }

            return false;
        }

        // The upstream's answer is foreign: whatever is wrong with it, the definition is not known. Nor without a credential.
        catch (Exception e) when (e is CredentialException or HttpRequestException or IOException or JsonException or InvalidOperationException or InvalidDataException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<JsonDocument?> ListAsync(Exchange exchange, string? cursor, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, exchange.Server.Url);
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        request.Headers.TryAddWithoutValidation("MCP-Protocol-Version", exchange.Call.ProtocolVersion);
        if (exchange.IsModern)
        {
            request.Headers.TryAddWithoutValidation("Mcp-Method", "tools/list");
        }

        if (exchange.UpstreamSessionId is { } session)
        {
            request.Headers.TryAddWithoutValidation("Mcp-Session-Id", session);
        }

        if (exchange.Server.Credential is { } credential)
        {
            var shown = await credential.ForAsync(UpstreamCaller.Of(exchange), cancellationToken);
            request.Headers.TryAddWithoutValidation(shown.Name, shown.Value);
        }

        request.Content = new ByteArrayContent(Body(exchange, cursor));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await directory.ClientOf(exchange.Server).SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            return null;
        }

        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        if (response.Content.Headers.ContentType?.MediaType != "text/event-stream")
        {
            return await JsonDocument.ParseAsync(stream, default, cancellationToken);
        }

        await foreach (var frame in SseReader.ReadAsync(stream, MaxBytes, cancellationToken))
        {
            if (frame.Data.Length > 0 && ServerMessage.Read(frame.Data) is { Method: null })
            {
                return JsonDocument.Parse(frame.Data);
            }
        }

        return null;
    }

    private static byte[] Body(Exchange exchange, string? cursor)
    {
        var parameters = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (cursor is not null)
        {
            parameters["cursor"] = cursor;
        }

        if (exchange.IsModern)
        {
            parameters["_meta"] = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["io.modelcontextprotocol/protocolVersion"] = exchange.Call.ProtocolVersion,
                ["io.modelcontextprotocol/clientCapabilities"] = new { },
                ["io.modelcontextprotocol/clientInfo"] = new { name = "chaperone", version = "1" },
            };
        }

        return Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["jsonrpc"] = "2.0",
            ["id"] = $"chaperone-probe-{exchange.Call.CallId:n}",
            ["method"] = "tools/list",
            ["params"] = parameters,
        }));
    }
}
