using System.Text;
using System.Text.Json;
using Chaperone.Contracts;

namespace Chaperone.Cli.Policies;

/// <summary>Reads the calls of sessions that <c>chaperone export</c> wrote.</summary>
internal static class RecordedSessions
{
    private const int LongestLine = 64 * 1024 * 1024;

    /// <summary>The calls of <paramref name="file"/>, in the order of their records.</summary>
    /// <exception cref="UnreadableException">It is no export, or one without the callers' groups.</exception>
    public static async Task<IReadOnlyList<RecordedCall>> ReadAsync(string file, CancellationToken cancellationToken)
    {
        await using var stream = TextInput.Open(file, () => Stream.Null);
        var lines = new LineReader(stream, LongestLine);
        var calls = new Dictionary<Guid, RecordedCall>();
        JsonElement? header = null;
        while (await lines.ReadAsync(cancellationToken) is { } line)
        {
            try
            {
                using var json = JsonDocument.Parse(line);
                if (json.RootElement.TryGetProperty("session", out _))
                {
                    header = json.RootElement.Clone();
                }
                else if (header is { } of && json.RootElement.TryGetProperty("call", out var id))
                {
                    Take(calls, of, id.GetGuid(), json.RootElement);
                }
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                throw new UnreadableException($"{file}: line {lines.Line} is none of an export of sessions with callers' groups. Export them again with this version.");
            }
        }

        return [.. calls.Values];
    }

    private static void Take(Dictionary<Guid, RecordedCall> calls, JsonElement header, Guid id, JsonElement line)
    {
        var kind = line.GetProperty("kind").GetString();
        if (kind == "intent" && !calls.ContainsKey(id))
        {
            calls[id] = new RecordedCall(FactsOf(header, id, line), null, IsMasked: true);
        }

        if (calls.TryGetValue(id, out var call) && call.Message is null
            && line.TryGetProperty("part", out var part) && part.ValueEquals("request_masked") && line.TryGetProperty("body", out var body))
        {
            calls[id] = call with { Message = Encoding.UTF8.GetBytes(body.GetString()!) };
        }
    }

    private static CallFacts FactsOf(JsonElement header, Guid id, JsonElement line) => new()
    {
        CallId = id,
        SessionId = header.GetProperty("session").GetGuid(),
        Principal = header.GetProperty("principal").Deserialize<Principal>(JsonSerializerOptions.Web) ?? throw new JsonException(),
        ClientName = header.GetProperty("client").GetString(),
        ProtocolVersion = header.GetProperty("protocol").GetString()!,
        Server = header.GetProperty("server").GetString()!,
        Method = line.GetProperty("method").GetString()!,
        Target = line.GetProperty("target").GetString(),
        Direction = line.GetProperty("dir").GetString() == "u2g" ? CallDirection.FromServer : CallDirection.FromClient,
        RemoteAddress = line.GetProperty("address").GetString(),
        ReceivedAt = header.GetProperty("start").GetDateTimeOffset().AddMilliseconds(line.GetProperty("dt_ms").GetInt64()),
    };
}
