using System.Collections.Concurrent;
using System.Text.Json;
using Chaperone.Edge.Approvals;

namespace Chaperone.Edge.Release;

/// <summary>
/// The output schemas of tools, so that masked results still satisfy them. Learnt from the lists that pass through, and asked
/// of the upstream where a structured result comes from a tool that none of them named lately. Thread-safe.
/// </summary>
internal sealed class ToolSchemas(ToolProbe probe, TimeProvider time)
{
    private const int MostTools = 10_000;
    private const int LongestSchema = 256 * 1024;

    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<(string Server, string Tool), Entry> _known = new();

    /// <summary>Reads an upstream's answer to <c>tools/list</c>, before anything is taken out of it.</summary>
    public void Learn(Exchange exchange, ReadOnlyMemory<byte> answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            if (document.RootElement.TryGetProperty("result", out var result) && result.TryGetProperty("tools", out var tools))
            {
                foreach (var tool in tools.EnumerateArray())
                {
                    Keep(exchange.Call.Server, tool);
                }
            }
        }

        // What the upstream lists is foreign, and its form is checked elsewhere: here it only teaches nothing.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
        }
    }

    /// <summary>The schema of a result in <paramref name="answer"/>, as JSON text; null where there is none, or none is known.</summary>
    public async ValueTask<string?> FindAsync(Exchange exchange, ReadOnlyMemory<byte> answer)
    {
        if (exchange.Call is not { Method: "tools/call", Target: { } target } || answer.Span.IndexOf("\"structuredContent\""u8) < 0)
        {
            return null;
        }

        var key = (exchange.Call.Server, target);
        if (_known.TryGetValue(key, out var entry) && time.GetElapsedTime(entry.At) < Fresh)
        {
            return entry.Schema;
        }

        var (told, tool) = await probe.FindAsync(exchange, CancellationToken.None);
        if (tool is { } definition)
        {
            Keep(exchange.Call.Server, definition);
        }
        else
        {
            // What could not be told is not asked for again with every call.
            Keep(key, told ? null : entry.Schema);
        }

        return _known.TryGetValue(key, out entry) ? entry.Schema : null;
    }

    private void Keep(string server, JsonElement tool)
    {
        if (tool.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String)
        {
            var schema = tool.TryGetProperty("outputSchema", out var output) && output.ValueKind == JsonValueKind.Object ? output.GetRawText() : null;
            Keep((server, name.GetString()!), schema is { Length: > LongestSchema } ? null : schema);
        }
    }

    private void Keep((string, string) key, string? schema)
    {
        if (_known.Count >= MostTools && !_known.ContainsKey(key))
        {
            _known.Clear();
        }

        _known[key] = new Entry(schema, time.GetTimestamp());
    }

    private readonly record struct Entry(string? Schema, long At);
}
