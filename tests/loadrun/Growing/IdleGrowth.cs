using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using static Chaperone.LoadRun.Growing.GrowthStage;

namespace Chaperone.LoadRun.Growing;

/// <summary>Sessions with a stream on which nothing is said, and calls held for people beside them, all in one embedded process.</summary>
internal static class IdleGrowth
{
    private const int Sessions = 2_000;
    private const int Held = 500;
    private const double LimitMegabytes = 512;

    public static async Task<bool> RunAsync()
    {
        await using var stage = await StartAsync(GrowthPolicies.Mixed, new Dictionary<string, string> { ["CHAPERONE_Edge__LegacyHold"] = "01:00:00" });
        await stage.WarmUpAsync(4_000);
        await using var streams = new IdleStreams($"{stage.Gateway.EdgeUrl}/mcp/echo", stage.Token);
        await streams.OpenAsync(20);
        var before = await stage.UseAsync(live: true);
        Say(FormattableString.Invariant($"before: heap {before.ManagedBytes / 1e6:0} MB, RAM {before.WorkingSet / 1e6:0} MB, {before.Handles} handles"));
        await streams.OpenAsync(Sessions);
        var asIs = await stage.UseAsync(live: false);
        var idle = await stage.UseAsync(live: true);
        await using var clients = await HeldClients.StartAsync($"{stage.Gateway.EdgeUrl}/mcp/echo", stage.Token, HeldEra.Legacy, Held, "held");
        var bothAsIs = await stage.UseAsync(live: false);
        var both = await stage.UseAsync(live: true);
        var open = streams.StillOpen;
        var ended = await clients.EndAsync();
        await streams.CloseAsync();
        await Task.Delay(TimeSpan.FromSeconds(150));
        var after = await stage.UseAsync(live: true);

        var text = new StringBuilder();
        text.AppendLine("| | heap MB | RAM MB | RAM MB before the collection | handles |").AppendLine("|---|---:|---:|---:|---:|");
        Row(text, "20 sessions", before, before);
        Row(text, $"{Sessions:N0} sessions with an idle stream each", idle, asIs);
        Row(text, $"and {Held} held calls", both, bothAsIs);
        Row(text, "150 s after all ended", after, after);
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{open:N0} streams were still open when {Held} calls were held; {ended} held calls ended as they should. {Math.Max(0, both.ManagedBytes - before.ManagedBytes) / 1024.0 / (Sessions + Held):0.0} KB of heap each. Limit: {LimitMegabytes:0} MB of RAM, which {(bothAsIs.WorkingSet / 1e6 <= LimitMegabytes ? "holds" : "does not hold")}.");
        await GrowthPage.WriteAsync("idle", text.ToString());
        return open == Sessions && ended == Held && bothAsIs.WorkingSet / 1e6 <= LimitMegabytes;
    }

    private static void Row(StringBuilder text, string what, ProcessUse use, ProcessUse asIs) =>
        text.AppendLine(CultureInfo.InvariantCulture, $"| {what} | {use.ManagedBytes / 1e6:0.0} | {use.WorkingSet / 1e6:0} | {asIs.WorkingSet / 1e6:0} | {use.Handles} |");
}

/// <summary>Sessions of the same person, each with the stream that a client opens by GET.</summary>
internal sealed class IdleStreams(string url, string token) : IAsyncDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 8192 }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly CancellationTokenSource _leave = new();
    private readonly List<Task> _streams = [];

    public int StillOpen => _streams.Count(s => !s.IsCompleted);

    /// <summary>Opens more, until there are <paramref name="count"/>.</summary>
    public async Task OpenAsync(int count)
    {
        await Parallel.ForAsync(_streams.Count, count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, cancellationToken) =>
        {
            using var initialize = Request(HttpMethod.Post, null);
            initialize.Content = new StringContent("""{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"load","version":"1"}}}""", Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
            using var begun = await _http.SendAsync(initialize, cancellationToken);
            begun.EnsureSuccessStatusCode();
            using var get = Request(HttpMethod.Get, begun.Headers.GetValues("Mcp-Session-Id").First());
            var response = await _http.SendAsync(get, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw new InvalidOperationException($"The stream was refused: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}");
            }

            lock (_streams)
            {
                _streams.Add(ReadAsync(response));
            }
        });
    }

    public async Task CloseAsync()
    {
        await _leave.CancelAsync();
        await Task.WhenAll(_streams);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _http.Dispose();
        _leave.Dispose();
    }

    private async Task ReadAsync(HttpResponseMessage response)
    {
        try
        {
            using (response)
            {
                await (await response.Content.ReadAsStreamAsync(_leave.Token)).CopyToAsync(Stream.Null, _leave.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException)
        {
            // The stream has ended: StillOpen counts it no more.
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string? session)
    {
        var request = new HttpRequestMessage(method, url);
        request.Headers.TryAddWithoutValidation("Accept", method == HttpMethod.Get ? "text/event-stream" : "application/json, text/event-stream");
        request.Headers.TryAddWithoutValidation("MCP-Protocol-Version", "2025-11-25");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (session is not null)
        {
            request.Headers.TryAddWithoutValidation("Mcp-Session-Id", session);
        }

        return request;
    }
}
