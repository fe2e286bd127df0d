using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Chaperone.LoadRun;

/// <summary>A closed loop: each connection sends its next call when the last one was answered, and checks each answer.</summary>
internal sealed class LoadClient(string url, string? token, bool sessions = false, int payloadBytes = 1024, string tool = "echo") : IDisposable
{
    // Prose without identifiers, so that masking has words to read and nothing to change.
    private const string Prose = "the patient slept well and was given tea before the morning round ; ";
    private const int SessionsAtOnce = 8;

    // One for each connection: all calls have the same id, which is one call at a time in a session.
    private readonly List<string> _sessions = [];
    private readonly string _rest = payloadBytes > 4096 ? string.Concat(Enumerable.Repeat(Prose, (payloadBytes / Prose.Length) + 1)) : new string('.', payloadBytes);
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 1024 }) { Timeout = TimeSpan.FromSeconds(payloadBytes > 1 << 20 ? 60 : 15) };

    /// <summary>Runs for <paramref name="seconds"/> with <paramref name="connections"/> connections; <paramref name="ownTime"/> reads the processor time of what is measured.</summary>
    public Task<Measured> RunAsync(int connections, int seconds, Func<TimeSpan> ownTime) => RunAsync(connections, seconds, int.MaxValue, ownTime);

    /// <summary>As above, for at most <paramref name="calls"/> calls: on a busy machine, the same work each time.</summary>
    public async Task<Measured> RunAsync(int connections, int seconds, int calls, Func<TimeSpan> ownTime)
    {
        await BeginAsync(sessions ? connections : 0);
        var begun = 0;
        var latencies = new List<double>[connections];
        var errors = 0;
        string? firstError = null;
        var busy = BusyMicroseconds();
        var own = ownTime();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(connection => Task.Run(async () =>
        {
            var mine = latencies[connection] = [];
            for (var n = 0; clock.Elapsed.TotalSeconds < seconds && Interlocked.Increment(ref begun) <= calls; n++)
            {
                var began = Stopwatch.GetTimestamp();
                if (await CallAsync($"round {n} of loop {connection} ", sessions ? _sessions[connection] : null) is { } error)
                {
                    Interlocked.Increment(ref errors);
                    firstError ??= error;
                }
                else
                {
                    mine.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                }
            }
        })));
        var elapsed = clock.Elapsed.TotalSeconds;
        var all = latencies.SelectMany(l => l).Order().ToArray();
        return new Measured(connections, all.Length / elapsed, At(all, .5), At(all, .95), At(all, .99), all.Length == 0 ? 0 : (BusyMicroseconds() - busy) / all.Length, all.Length == 0 ? 0 : (ownTime() - own).TotalMicroseconds / all.Length, errors, firstError, all.Length);
    }

    /// <summary>Returns when a session can begin at <paramref name="url"/>.</summary>
    public static async Task ReadyAsync(string url)
    {
        using var client = new LoadClient(url, null);
        for (var left = 60; ; left--)
        {
            try
            {
                await client.BeginAsync();
                return;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && left > 0)
            {
                await Task.Delay(TimeSpan.FromSeconds(1));
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private static double At(double[] sorted, double quantile) => sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * quantile))];

    /// <summary>User and system time of the whole machine: the one figure that leaves no process out.</summary>
    private static double BusyMicroseconds()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(f => long.Parse(f, CultureInfo.InvariantCulture)).ToArray();
        return (fields[0] + fields[1] + fields[2] + fields[5] + fields[6]) * 10_000.0;
    }

    private async Task<string?> CallAsync(string marker, string? session)
    {
        var text = marker + _rest[..Math.Max(0, payloadBytes - marker.Length)];
        using var request = Request(
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"TOOL","arguments":{"message":"TEXT"}}}""".Replace("TOOL", tool, StringComparison.Ordinal).Replace("TEXT", text, StringComparison.Ordinal), session);

        try
        {
            using var response = await _http.SendAsync(request);
            var body = await response.Content.ReadAsStringAsync();
            return body.Contains(marker, StringComparison.Ordinal) ? null : $"{(int)response.StatusCode} {body[..Math.Min(200, body.Length)]}";
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return e.GetType().Name;
        }
    }

    /// <summary>Has a session for each connection, a few begun at once: beginning them is not what is measured.</summary>
    private async Task BeginAsync(int connections)
    {
        while (_sessions.Count < connections)
        {
            _sessions.AddRange(await Task.WhenAll(Enumerable.Range(0, Math.Min(SessionsAtOnce, connections - _sessions.Count)).Select(_ => BeginAsync())));
        }
    }

    /// <summary>Begins a session, for proxies that ask for one; its id.</summary>
    private async Task<string> BeginAsync()
    {
        using var initialize = Request("""{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"load","version":"1"}}}""", null);
        using var begun = await _http.SendAsync(initialize);
        begun.EnsureSuccessStatusCode();
        await begun.Content.ReadAsStringAsync();
        var session = begun.Headers.GetValues("Mcp-Session-Id").First();
        using var initialized = Request("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", session);
        using var answer = await _http.SendAsync(initialized);
        answer.EnsureSuccessStatusCode();
        return session;
    }

    private HttpRequestMessage Request(string message, string? session)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(message, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        request.Headers.TryAddWithoutValidation("MCP-Protocol-Version", "2025-11-25");
        if (session is not null)
        {
            request.Headers.TryAddWithoutValidation("Mcp-Session-Id", session);
        }

        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return request;
    }
}

/// <summary>What one run measured; milliseconds, and microseconds of CPU per call of the whole machine and of the measured processes of ours.</summary>
internal sealed record Measured(int Connections, double PerSecond, double P50, double P95, double P99, double CpuPerCall, double OwnCpuPerCall, int Errors, string? FirstError, int Count);
