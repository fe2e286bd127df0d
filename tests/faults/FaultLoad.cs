using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Chaperone.Faults;

/// <summary>Clients that call on and on, and note what each call got.</summary>
internal sealed class FaultLoad(string url, string token) : IAsyncDisposable
{
    private const int Clients = 8;
    private const string Text = "all went well";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    // Words that the documentation promises (docs/reliability.md): what happened, and whether the call was executed.
    private static readonly string[] Documented = ["not executed", "is withheld", "The MCP server", "Denied by rule 'tool-pinning'"];

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(3) }) { Timeout = Patience };
    private readonly ConcurrentQueue<Answer> _answers = new();
    private CancellationTokenSource? _stop;
    private Task _loops = Task.CompletedTask;
    private long _last;

    /// <summary>All since <see cref="Begin"/>.</summary>
    public IReadOnlyCollection<Answer> Answers => _answers;

    public void Begin()
    {
        _answers.Clear();
        _stop = new CancellationTokenSource();
        _loops = Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(() => LoopAsync(_stop.Token))));
    }

    /// <summary>Ends the calls; returns when the last was answered.</summary>
    public async Task EndAsync()
    {
        if (_stop is not null)
        {
            await _stop.CancelAsync();
            await _loops;
            _stop.Dispose();
            _stop = null;
        }
    }

    /// <summary>One call.</summary>
    public async Task<Answer> CallAsync()
    {
        var id = $"{Interlocked.Increment(ref _last)}";
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Content = new StringContent(
            $$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"tools/call","params":{"name":"echo","arguments":{"message":"{{{Text}}}"} } }""",
            Encoding.UTF8,
            new MediaTypeHeaderValue("application/json"));
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        request.Headers.TryAddWithoutValidation("MCP-Protocol-Version", "2025-11-25");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var began = Stopwatch.GetTimestamp();
        var (kind, words) = await SendAsync(request, id);
        return new Answer(id, kind, Stopwatch.GetElapsedTime(began).TotalMilliseconds, Stopwatch.GetTimestamp(), words);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _http.Dispose();
    }

    private async Task LoopAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            _answers.Enqueue(await CallAsync());
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    private async Task<(AnswerKind Kind, string Words)> SendAsync(HttpRequestMessage request, string id)
    {
        try
        {
            using var response = await _http.SendAsync(request);
            var body = await response.Content.ReadAsStringAsync();
            return ((int)response.StatusCode, Read(body, response.StatusCode == HttpStatusCode.ServiceUnavailable ? "null" : id)) switch
            {
                (200, { IsResult: true } answer) when answer.Words.Contains(Text, StringComparison.Ordinal) => (AnswerKind.Served, ""),
                // 503 is for messages without an id, and for all while an edge is starting: then nothing of the message was read.
                (200 or 502 or 503 or 504, { IsResult: false } answer) when Documented.Any(d => answer.Words.Contains(d, StringComparison.Ordinal)) => (AnswerKind.Refused, answer.Words),
                var (status, _) => (AnswerKind.Wrong, $"{status} {body[..Math.Min(300, body.Length)]}"),
            };
        }
        catch (HttpRequestException e)
        {
            return (AnswerKind.Cut, e.HttpRequestError.ToString());
        }
        catch (TaskCanceledException)
        {
            return (AnswerKind.Silent, $"no answer in {Patience.TotalSeconds:0} s");
        }
    }

    /// <summary>Whether it is a result without isError, and its text; null when it is no answer to <paramref name="id"/>.</summary>
    private static (bool IsResult, string Words)? Read(string body, string id)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.GetProperty("id").GetRawText() != id)
            {
                return null;
            }

            if (root.TryGetProperty("error", out var error))
            {
                return (false, error.GetProperty("message").GetString()!);
            }

            var result = root.GetProperty("result");
            var isError = result.TryGetProperty("isError", out var flag) && flag.ValueKind == JsonValueKind.True;
            return (!isError, result.GetProperty("content")[0].GetProperty("text").GetString()!);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
