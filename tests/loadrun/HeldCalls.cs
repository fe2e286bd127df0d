using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Chaperone.TestKit;

namespace Chaperone.LoadRun;

/// <summary>Measures what calls cost that wait for people, on the embedded form, and writes docs/held-calls.md.</summary>
internal static class HeldCalls
{
    private const int Calls = 500;
    private const int WarmUps = 100;

    // Hot code is compiled again in the background; that is not what holding costs.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(60);
    private static readonly string Self = typeof(HeldCalls).Assembly.Location;

    /// <param name="args">Seconds of each idle measurement (60); then, to write nothing, any word.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var idle = TimeSpan.FromSeconds(args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 60);
        var directory = Directory.CreateTempSubdirectory("chaperone-held-").FullName;
        await using var issuer = await TestIssuer.StartAsync(CancellationToken.None);
        await using var echo = RoomProcess.Start("echo", Self, directory, new Dictionary<string, string>(), "echo");
        await echo.ReadyAsync(CancellationToken.None);
        await using var gateway = await Gateway.StartAsync(
            GatewayForm.Embedded,
            Policy(echo.Url),
            issuer,
            CancellationToken.None,
            new Dictionary<string, string> { ["CHAPERONE_Edge__LegacyHold"] = "01:00:00" },
            host: [Self, "held-host"]);

        var token = issuer.Mint(new TestPerson("load", "Load", "engineers"), new TokenShape { Lifetime = TimeSpan.FromHours(2) });
        var legacy = await MeasureAsync(gateway, token, HeldEra.Legacy, idle);
        var modern = await MeasureAsync(gateway, token, HeldEra.Modern, idle);
        var report = Report([legacy, modern], idle);
        System.Console.WriteLine(report);
        if (args.Length < 2)
        {
            await File.WriteAllTextAsync(Path.Combine(ShippedRooms.Root, "docs", "held-calls.md"), report);
        }

        return legacy.Ended == Calls && modern.Ended == Calls ? 0 : 1;
    }

    private static async Task<HeldCost> MeasureAsync(Gateway gateway, string token, HeldEra era, TimeSpan idle)
    {
        var url = gateway.EdgeUrl;
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(2) };
        Task<ProcessUse> UseAsync(bool live) => http.GetFromJsonAsync<ProcessUse>($"{url}{HeldHost.Path}?live={live}")!;

        // Code is compiled and pools are filled before anything is counted.
        await using (var warm = await HeldClients.StartAsync($"{url}/mcp/echo", token, era, WarmUps))
        {
            await warm.EndAsync();
        }

        await Task.Delay(Settling);
        var before = await UseAsync(live: true);
        var quiet = await ShareAsync(() => UseAsync(live: false), idle);

        await using var clients = await HeldClients.StartAsync($"{url}/mcp/echo", token, era, Calls);
        await Task.Delay(Settling);
        var held = await UseAsync(live: true);
        var busy = await ShareAsync(() => UseAsync(live: false), idle);
        var ended = await clients.EndAsync();
        var after = await UseAsync(live: true);

        return new HeldCost(
            era,
            ended,
            (held.ManagedBytes - before.ManagedBytes) / 1024.0 / Calls,
            (held.WorkingSet - before.WorkingSet) / 1024.0 / Calls,
            quiet,
            busy,
            (after.ManagedBytes - before.ManagedBytes) / 1024.0 / Calls);
    }

    /// <summary>The processor time it uses, as a share of one core.</summary>
    private static async Task<double> ShareAsync(Func<Task<ProcessUse>> useAsync, TimeSpan span)
    {
        var before = await useAsync();
        var began = Stopwatch.GetTimestamp();
        await Task.Delay(span);
        var after = await useAsync();
        return (after.CpuMilliseconds - before.CpuMilliseconds) / Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static string Policy(string echoUrl) => $$"""
        version: 1
        roles:
          engineer: { groups: [engineers] }
          approver: { groups: [approvers] }
        servers:
          echo: { url: {{echoUrl}}/mcp }
        rules:
          - name: held
            match: { role: engineer, server: echo, tool: echo }
            effect: approve
            approval: { role: approver, expires: 1h }
            reason: A person has to look at it.

        """;

    private static string Report(HeldCost[] costs, TimeSpan idle)
    {
        var text = new StringBuilder();
        text.AppendLine("# Calls that wait for people");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Calls} calls with arguments of {HeldClients.ArgumentBytes} bytes, each on a connection of its own, held at once by the embedded form (all rooms in one process) with its default settings. `dotnet run -c Release --project tests/loadrun -- held` measures it and writes this page.");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Machine: {Comparison.CpuName()}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, .NET {Environment.Version}.");
        text.AppendLine();
        text.AppendLine("| client | managed memory per held call | RAM per held call | CPU while nothing is held | CPU while all are held | left per call afterwards | held, and answered at the end |");
        text.AppendLine("|---|---:|---:|---:|---:|---:|---:|");
        foreach (var cost in costs)
        {
            var name = cost.Era == HeldEra.Legacy ? "2025-11-25: one stream, keepalive" : "2026-07-28: legs of 50 s";
            text.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {cost.ManagedKilobytes:0.0} KB | {cost.WorkingSetKilobytes:0.0} KB | {cost.QuietShare:P2} | {cost.HeldShare:P2} | {cost.LeftKilobytes:0.0} KB | {cost.Ended} |");
        }

        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Managed memory is what is live after full collections, the socket's buffers and the requests' rows in caches included. RAM is the growth of the working set after the same collections. CPU is the share of one core during {idle.TotalSeconds:0} s, begun {Settling.TotalSeconds:0} s after the calls. A 2026-07-28 client asks anew after each leg, and each leg is decided and recorded like any call: that is its CPU.");
        return text.ToString();
    }
}

/// <summary>What holding costs: kilobytes per call, shares of one core.</summary>
internal sealed record HeldCost(HeldEra Era, int Ended, double ManagedKilobytes, double WorkingSetKilobytes, double QuietShare, double HeldShare, double LeftKilobytes);

/// <summary>What the clients speak.</summary>
internal enum HeldEra
{
    Legacy,
    Modern,
}
