using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Chaperone.TestKit;
using static Chaperone.LoadRun.Growing.GrowthStage;

namespace Chaperone.LoadRun.Growing;

/// <summary>Masking workers that are slow, one, two and four of them: what is served grows with their number, and none is missed when one comes or goes under load.</summary>
internal static partial class ScalingGrowth
{
    private const int Most = 4;
    private const double Share = 0.04;
    private const int Connections = 48;
    private const int Seconds = 10;
    private static readonly int[] MetricsPorts = [.. Enumerable.Range(0, Most).Select(_ => PrivatePorts.Take())];

    private sealed record Step(int Workers, double PerSecond, double P50, double P95, double QueueAge, int Errors);

    public static async Task<bool> RunAsync()
    {
        if (!CpuShare.IsPossible)
        {
            Say("scaling needs the cpu controller of cgroup v1, and root: not measured");
            return true;
        }

        await using var stage = await StartAsync(
            url => GrowthPolicies.OfRules(url, "echo", 10),
            form: GatewayForm.RabbitMq,
            extras: new GatewayExtras { Replicas = Most, OwnEnvironment = Own });
        await stage.WarmUpAsync(20_000);
        var workers = stage.Gateway.Of("masking").ToList();
        var shares = workers.ToDictionary(w => w, w => new CpuShare(w.ProcessId, Share));
        var steps = new List<Step>();
        var moves = 0;
        try
        {
            foreach (var wanted in new[] { 4, 2, 1, 2, 4 })
            {
                var moved = MoveAsync(workers, shares, wanted);
                using (var meanwhile = stage.Client())
                {
                    // Workers come and go under load; it lasts as long as that takes.
                    while (!moved.IsCompleted)
                    {
                        var under = await meanwhile.RunAsync(Connections, 2, () => TimeSpan.Zero);
                        moves += under.Errors;
                        if (under.Errors > 0)
                        {
                            Say($"to {wanted}: {under.Errors} errors, e.g. {under.FirstError}");
                        }
                    }
                }

                await moved;
                using var client = stage.Client();
                var before = await AgeAsync();
                var measured = await client.RunAsync(Connections, Seconds, () => TimeSpan.Zero);
                var after = await AgeAsync();
                var step = new Step(wanted, measured.PerSecond, measured.P50, measured.P95, (after.Sum - before.Sum) / Math.Max(1, after.Count - before.Count), measured.Errors);
                Say(FormattableString.Invariant($"{step.Workers} workers: {step.PerSecond:0} calls/s, p50 {step.P50:0} ms, queue age {step.QueueAge:0.0} ms, {step.Errors} errors {measured.FirstError}"));
                steps.Add(step);
            }
        }
        finally
        {
            foreach (var worker in workers)
            {
                await worker.KillAsync();
                if (shares.Remove(worker, out var share))
                {
                    share.Dispose();
                }
            }
        }

        var (code, said) = await Gateway.ChaperoneAsync(CancellationToken.None, ["verify", .. stage.Gateway.StoreArguments]);
        var whole = code == 0 && said.Contains("none recorded", StringComparison.Ordinal);
        await GrowthPage.WriteAsync("scaling", Report(steps, moves, whole ? "The ledger is intact and has no gap." : $"`chaperone verify` ended with {code}: {said}"));
        return whole && moves == 0 && steps.All(s => s.Errors == 0);
    }

    private static Dictionary<string, string> Own(string name) => name.StartsWith("masking-", StringComparison.Ordinal)
        ? new Dictionary<string, string> { ["CHAPERONE_Telemetry__MetricsPort"] = MetricsPorts[int.Parse(name[8..], CultureInfo.InvariantCulture) - 1].ToString(CultureInfo.InvariantCulture) }
        : [];

    private static async Task MoveAsync(List<RoomProcess> workers, Dictionary<RoomProcess, CpuShare> shares, int wanted)
    {
        await Task.Yield();
        foreach (var (worker, number) in workers.Select((w, i) => (w, i + 1)))
        {
            if (number > wanted && !worker.HasExited)
            {
                await worker.StopAsync(CancellationToken.None);
                shares.Remove(worker, out var share);
                share!.Dispose();
            }
            else if (number <= wanted && worker.HasExited)
            {
                // It compiles its code before it is slowed, as one would that has cores of its own.
                worker.Restart();
                await worker.ReadyAsync(CancellationToken.None);
                await Task.Delay(TimeSpan.FromSeconds(20));
                shares[worker] = new CpuShare(worker.ProcessId, Share);
            }
        }
    }

    // Of all workers that are there, since each began.
    private static async Task<(double Sum, double Count)> AgeAsync()
    {
        using var http = new HttpClient();
        var (sum, count) = (0.0, 0.0);
        foreach (var port in MetricsPorts)
        {
            try
            {
                var text = await http.GetStringAsync($"http://127.0.0.1:{port}/metrics");
                sum += Read(text, "sum");
                count += Read(text, "count");
            }
            catch (HttpRequestException)
            {
                // This worker is not there now.
            }
        }

        return (sum, count);
    }

    private static double Read(string metrics, string what) =>
        Ages().Matches(metrics).Where(m => m.Groups[1].Value == what).Sum(m => double.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture));

    private static string Report(List<Step> steps, int moves, string ledger)
    {
        var one = steps.First(s => s.Workers == 1).PerSecond;
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"| masking workers, each held to {Share:0.00} of a core | calls/s | of one worker | p50 ms | p95 ms | queue age, mean ms | errors |");
        text.AppendLine("|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var s in steps)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {s.Workers} | {s.PerSecond:0} | {s.PerSecond / one:0.00} | {s.P50:0} | {s.P95:0} | {s.QueueAge:0.0} | {s.Errors} |");
        }

        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{Connections} connections, {Seconds} s each, in this order. Between the rows workers were stopped (SIGTERM) and started under the same load: {moves} errors. {ledger}");
        return text.ToString();
    }

    [GeneratedRegex("""^chaperone_bus_queue_age_milliseconds_(sum|count)\{[^}]*message="MaskResult"[^}]*\} ([0-9.eE+]+)""", RegexOptions.Multiline)]
    private static partial Regex Ages();
}
