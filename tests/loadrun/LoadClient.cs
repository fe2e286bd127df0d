using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Chaperone.LoadRun;

/// <summary>A closed loop: each connection sends its next call when the last one was answered, and checks each answer.</summary>
internal sealed class LoadClient(string url, string? token) : IDisposable
{
    private const int PayloadBytes = 1024;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 1024 }) { Timeout = TimeSpan.FromSeconds(15) };

    /// <summary>Runs for <paramref name="seconds"/> with <paramref name="connections"/> connections; <paramref name="ownTime"/> reads the processor time of what is measured.</summary>
    public Task<Measured> RunAsync(int connections, int seconds, Func<TimeSpan> ownTime) => RunAsync(connections, seconds, int.MaxValue, ownTime);

    /// <summary>As above, for at most <paramref name="calls"/> calls: on a busy machine, the same work each time.</summary>
    public async Task<Measured> RunAsync(int connections, int seconds, int calls, Func<TimeSpan> ownTime)
    {
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
                if (await CallAsync($"round {n} of loop {connection} ") is { } error)
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
        return new Measured(connections, all.Length / elapsed, At(all, .5), At(all, .95), At(all, .99), all.Length == 0 ? 0 : (BusyMicroseconds() - busy) / all.Length, all.Length == 0 ? 0 : (ownTime() - own).TotalMicroseconds / all.Length, errors, firstError);
    }

    public void Dispose() => _http.Dispose();

    private static double At(double[] sorted, double quantile) => sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * quantile))];

    /// <summary>User and system time of the whole machine: the one figure that leaves no process out.</summary>
    private static double BusyMicroseconds()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(f => long.Parse(f, CultureInfo.InvariantCulture)).ToArray();
        return (fields[0] + fields[1] + fields[2] + fields[5] + fields[6]) * 10_000.0;
    }

    private async Task<string?> CallAsync(string marker)
    {
        var text = marker.PadRight(PayloadBytes, '.');
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Content = new StringContent(
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"message":"TEXT"}}}""".Replace("TEXT", text, StringComparison.Ordinal),
            Encoding.UTF8,
            new MediaTypeHeaderValue("application/json"));
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        request.Headers.TryAddWithoutValidation("MCP-Protocol-Version", "2025-11-25");
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

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
}

/// <summary>What one run measured; milliseconds, and microseconds of CPU per call of the whole machine and of the measured processes of ours.</summary>
internal sealed record Measured(int Connections, double PerSecond, double P50, double P95, double P99, double CpuPerCall, double OwnCpuPerCall, int Errors, string? FirstError);
