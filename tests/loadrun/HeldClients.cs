using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Chaperone.LoadRun;

/// <summary>Many clients of one person, each with one call that waits; 2026-07-28 ones repeat theirs after each leg.</summary>
internal sealed class HeldClients : IAsyncDisposable
{
    public const int ArgumentBytes = 1024;
    private const string Legacy = "2025-11-25";
    private const string Modern = "2026-07-28";
    private static int _next;

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 2048 }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly CancellationTokenSource _leave = new();
    private readonly string _url;
    private readonly string _token;
    private readonly HeldEra _era;
    private readonly string _tool;
    private readonly Task<bool>[] _calls;
    private readonly int[] _ids;

    private HeldClients(string url, string token, HeldEra era, int calls, string tool)
    {
        (_url, _token, _era, _tool) = (url, token, era, tool);
        _ids = [.. Enumerable.Range(0, calls).Select(_ => Interlocked.Increment(ref _next))];
        _calls = new Task<bool>[calls];
    }

    /// <summary>How a call ended that did not end as it should; null where all did.</summary>
    public string? FirstOdd { get; private set; }

    /// <summary>Starts them; all are held when this returns.</summary>
    public static async Task<HeldClients> StartAsync(string url, string token, HeldEra era, int calls, string tool = "echo")
    {
        var clients = new HeldClients(url, token, era, calls, tool);
        await Parallel.ForAsync(0, calls, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            var held = new TaskCompletionSource();
            clients._calls[i] = Task.Run(() => clients.RunAsync(clients._ids[i], held));
            await Task.WhenAny(held.Task, clients._calls[i]);
            if (!held.Task.IsCompletedSuccessfully)
            {
                throw new InvalidOperationException($"call {i} was not held");
            }
        });
        return clients;
    }

    /// <summary>Cancels all of them; says how many were still held and ended as they should.</summary>
    public async Task<int> EndAsync()
    {
        if (_era == HeldEra.Modern)
        {
            // The end of the stream is the cancellation (MCP 2026-07-28, transports).
            var held = _calls.Count(c => !c.IsCompleted);
            await _leave.CancelAsync();
            await Task.WhenAll(_calls);
            return held;
        }

        foreach (var id in _ids)
        {
            using var response = await _http.SendAsync(Request(new JsonObject
            {
                ["jsonrpc"] = "2.0",
                ["method"] = "notifications/cancelled",
                ["params"] = new JsonObject { ["requestId"] = id },
            }));
        }

        return (await Task.WhenAll(_calls)).Count(ended => ended);
    }

    public async ValueTask DisposeAsync()
    {
        await _leave.CancelAsync();
        await Task.WhenAll(_calls);
        _http.Dispose();
        _leave.Dispose();
    }

    /// <summary>One call to its end; true if it was withdrawn, as it should.</summary>
    private async Task<bool> RunAsync(int id, TaskCompletionSource held)
    {
        string? state = null;
        try
        {
            while (true)
            {
                using var response = await _http.SendAsync(Request(Call(id, state)), HttpCompletionOption.ResponseHeadersRead, _leave.Token);
                if (response.Content.Headers.ContentType?.MediaType == "text/event-stream")
                {
                    held.TrySetResult();
                }

                var answer = await response.Content.ReadAsStringAsync(_leave.Token);
                if (_era == HeldEra.Legacy || State(answer) is not { } next)
                {
                    var withdrawn = answer.Contains("was withdrawn because the call was cancelled", StringComparison.Ordinal);
                    FirstOdd ??= withdrawn ? null : answer;
                    return withdrawn;
                }

                state = next;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException)
        {
            FirstOdd ??= e.Message;
            return false;
        }
    }

    private static string? State(string answer) =>
        answer.Split('\n').Where(l => l.StartsWith("data: {", StringComparison.Ordinal)).Select(l => (string?)JsonNode.Parse(l[6..])?["result"]?["requestState"]).FirstOrDefault(s => s is not null);

    private JsonObject Call(int id, string? state)
    {
        var parameters = new JsonObject
        {
            ["name"] = _tool,
            ["arguments"] = new JsonObject { ["message"] = $"held {id} ".PadRight(ArgumentBytes, '.') },
        };
        if (_era == HeldEra.Modern)
        {
            parameters["_meta"] = new JsonObject
            {
                ["io.modelcontextprotocol/protocolVersion"] = Modern,
                ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject(),
            };
        }

        if (state is not null)
        {
            parameters["requestState"] = state;
        }

        return new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = "tools/call", ["params"] = parameters };
    }

    private HttpRequestMessage Request(JsonObject message)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = new StringContent(message.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        request.Headers.TryAddWithoutValidation("MCP-Protocol-Version", _era == HeldEra.Legacy ? Legacy : Modern);
        if (_era == HeldEra.Modern)
        {
            request.Headers.TryAddWithoutValidation("Mcp-Method", (string?)message["method"]);
            request.Headers.TryAddWithoutValidation("Mcp-Name", _tool);
        }

        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        return request;
    }
}
