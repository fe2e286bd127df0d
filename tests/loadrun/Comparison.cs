using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Chaperone.TestKit;

namespace Chaperone.LoadRun;

/// <summary>Measures direct, bare YARP, other proxies, the embedded and the RabbitMQ form in one run on one machine, and writes docs/performance.md.</summary>
internal static class Comparison
{
    private static readonly int[] Connections = [1, 16, 64, 256];

    // The gateway's processes compile their code while they warm up, all on the machine's few cores: for many calls, and until it gets no faster.
    private const int MostWarmUps = 20;
    private const int LeastWarmUpCalls = 30_000;
    private const double Faster = 1.03;

    private const string Proxies = "proxies";
    private const string Tried = "## What was tried";

    private static readonly string Self = typeof(Comparison).Assembly.Location;

    /// <param name="args">Seconds of each measurement (8); then, to write nothing and look at one form only, its name, or <c>proxies</c>.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var seconds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 8;
        var directory = Directory.CreateTempSubdirectory("chaperone-load-").FullName;
        await using var issuer = await TestIssuer.StartAsync(CancellationToken.None);
        await using var echo = RoomProcess.Start("echo", Self, directory, new Dictionary<string, string>(), "echo");
        await echo.ReadyAsync(CancellationToken.None);
        await using var yarp = RoomProcess.Start("yarp", Self, directory, new Dictionary<string, string>(), "yarp", echo.Url);
        await yarp.ReadyAsync(CancellationToken.None);

        var token = issuer.Mint(new TestPerson("load", "Load", "engineers"), new TokenShape { Lifetime = TimeSpan.FromHours(2) });
        var rows = new List<(string Name, Measured[] Measured)>
        {
            ("direct", await MeasureAsync($"{echo.Url}/mcp", null, seconds, 1, [echo])),
            ("bare YARP", await MeasureAsync($"{yarp.Url}/mcp", null, seconds, 1, [yarp])),
        };
        var missing = new List<string>();
        if (args.Length < 2 || args[1] == Proxies)
        {
            await AddAsync("nginx", OtherProxies.Nginx(echo.Url, directory), sessions: false);
            await AddAsync("npm passthrough-mcp-server", OtherProxies.Npm(echo.Url, directory), sessions: true);
        }

        foreach (var form in Forms(args))
        {
            await using var gateway = await Gateway.StartAsync(form, Policy(echo.Url), issuer, CancellationToken.None, new Dictionary<string, string>
            {
                ["CHAPERONE_Bus__HotTimeout"] = "00:00:10",
                ["CHAPERONE_Bus__JournalTimeout"] = "00:00:10",
            }, new GatewayExtras { Replicas = 1 });
            rows.Add((form == GatewayForm.Embedded ? "Chaperone embedded" : "Chaperone RabbitMQ", await MeasureAsync($"{gateway.EdgeUrl}/mcp/echo", token, seconds, MostWarmUps, gateway.Rooms)));
        }

        var report = Report(rows, missing, seconds);
        System.Console.WriteLine(report);
        if (args.Length < 2)
        {
            // What was tried stands below the tables, and is written by people.
            var page = Path.Combine(ShippedRooms.Root, "docs", "performance.md");
            var before = File.Exists(page) ? await File.ReadAllTextAsync(page) : string.Empty;
            var tried = before.IndexOf(Tried, StringComparison.Ordinal);
            await File.WriteAllTextAsync(page, tried < 0 ? report : $"{report}\n{before[tried..]}");
        }

        return rows.Any(r => r.Measured.Any(m => m.Errors > 0)) ? 1 : 0;

        async Task AddAsync(string name, (RoomProcess? Process, string? Missing) proxy, bool sessions)
        {
            if (proxy.Process is not { } process)
            {
                missing.Add($"{name}: {proxy.Missing}.");
                return;
            }

            await using (process)
            {
                // The npm proxy has no door for health: it is ready when it lets a session begin.
                await (sessions ? LoadClient.ReadyAsync($"{process.Url}/mcp") : process.ReadyAsync(CancellationToken.None));
                rows.Add((name, await MeasureAsync($"{process.Url}/mcp", null, seconds, 1, [process], sessions)));
                await process.StopAsync(CancellationToken.None);
            }
        }
    }

    private static GatewayForm[] Forms(string[] args) => args switch
    {
        [_, Proxies, ..] => [],
        [_, var form, ..] => [Enum.Parse<GatewayForm>(form, ignoreCase: true)],
        _ => [GatewayForm.Embedded, GatewayForm.RabbitMq],
    };

    private static async Task<Measured[]> MeasureAsync(string url, string? token, int seconds, int warmUps, IReadOnlyList<RoomProcess> measuredProcesses, bool sessions = false)
    {
        TimeSpan OwnTime() => measuredProcesses.Aggregate(TimeSpan.Zero, (sum, p) => sum + p.ProcessorTime);

        using var client = new LoadClient(url, token, sessions);
        var (fastest, noFaster, calls) = (0.0, 0, 0.0);
        for (var i = 0; i < warmUps && (noFaster < 2 || calls < LeastWarmUpCalls); i++)
        {
            var rate = (await client.RunAsync(16, seconds, OwnTime)).PerSecond;
            calls += rate * seconds;
            noFaster = rate > fastest * Faster ? 0 : noFaster + 1;
            fastest = Math.Max(fastest, rate);
        }

        var measured = new List<Measured>();
        foreach (var connections in Connections)
        {
            measured.Add(await client.RunAsync(connections, seconds, OwnTime));
        }

        return [.. measured];
    }

    /// <summary>A hundred rules of which one applies, so that policy has something to look through.</summary>
    public static string Policy(string echoUrl)
    {
        var text = new StringBuilder($$"""
            version: 1
            roles:
              engineer: { groups: [engineers] }
              other: { groups: [others] }
            servers:
              echo: { url: {{echoUrl}}/mcp }
            rules:
              - { name: echo, match: { role: engineer, server: echo, tool: echo }, effect: allow, masking: safe-harbor }

            """);
        for (var i = 1; i < 100; i++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  - {{ name: rule-{i}, match: {{ role: other, server: echo, tool: 'tool_{i}_*', arguments: {{ id: '^{i}$' }} }}, effect: deny, reason: No. }}");
        }

        return text.ToString();
    }

    private static string Report(List<(string Name, Measured[] Measured)> rows, List<string> missing, int seconds)
    {
        var text = new StringBuilder();
        text.AppendLine("# Performance");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"1 KB tool calls with everything on: token, policy of 100 rules, masking, sealed and durable records. `make bench` measures all rows in one run ({seconds} s each after a warm-up of {seconds} s; the gateway is warmed up by 30,000 calls and until two such spans brought no more than 3 %, for 20 spans at most) and writes this page's tables. Chaperone's rooms are as installed, one process of each. nginx and the npm proxy pass bytes on and do nothing of this; the time of nginx's workers is not counted as its own. CPU is that of the whole machine, load client and upstream included. Read ratios, not absolute figures.");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Machine: {CpuName()}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, .NET {Environment.Version}.");
        foreach (var words in missing)
        {
            text.AppendLine();
            text.AppendLine(CultureInfo.InvariantCulture, $"Left out: {words}");
        }

        foreach (var connections in Connections)
        {
            var direct = rows[0].Measured.Single(m => m.Connections == connections);
            var yarp = rows[1].Measured.Single(m => m.Connections == connections);
            text.AppendLine();
            text.AppendLine(CultureInfo.InvariantCulture, $"## {connections} connection{(connections == 1 ? "" : "s")}");
            text.AppendLine();
            text.AppendLine("| form | calls/s | of bare YARP | p50 ms | p95 ms | p99 ms | added p50 | added p95 | added p99 | CPU µs/call | of it its own | errors |");
            text.AppendLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
            foreach (var (name, measured) in rows)
            {
                var m = measured.Single(r => r.Connections == connections);
                text.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {m.PerSecond:0} | {m.PerSecond / yarp.PerSecond:0.000} | {m.P50:0.00} | {m.P95:0.00} | {m.P99:0.00} | {m.P50 - direct.P50:0.00} | {m.P95 - direct.P95:0.00} | {m.P99 - direct.P99:0.00} | {m.CpuPerCall:0} | {m.OwnCpuPerCall:0} | {m.Errors}{(m.FirstError is null ? "" : " (" + m.FirstError.Replace('|', '/') + ")")} |");
            }
        }

        return text.ToString();
    }

    /// <summary>The processor, as the machine names it.</summary>
    public static string CpuName() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown CPU";
}
