using System.Globalization;
using static Chaperone.LoadRun.Growing.GrowthStage;

namespace Chaperone.LoadRun.Growing;

/// <summary>What a call costs the embedded form while one thing grows: calls recorded, rules, servers, payload, idle streams.</summary>
internal static class Growth
{
    private static readonly Dictionary<string, Func<string[], Task<bool>>> Parts = new()
    {
        ["rules"] = _ => RulesAsync(),
        ["servers"] = _ => ServersAsync(),
        ["payload"] = _ => PayloadAsync(),
        ["idle"] = _ => IdleGrowth.RunAsync(),
        ["records"] = RecordsAsync,
        ["scaling"] = _ => ScalingGrowth.RunAsync(),
    };

    private const int WarmUpCalls = 12_000;

    /// <param name="args">
    /// A part (<c>rules</c>, <c>servers</c>, <c>payload</c>, <c>idle</c>, <c>records</c>, <c>scaling</c>), or none for all. Behind <c>records</c>: up to how many records
    /// (100,000), for how many minutes at most a step is filled (10), and a folder that <c>Chaperone.Benchmarks search</c> filled, of which a copy is measured, too.
    /// </param>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length > 0 && !Parts.ContainsKey(args[0]))
        {
            await System.Console.Error.WriteLineAsync($"growth knows {string.Join(", ", Parts.Keys)}, not '{args[0]}'.");
            return 2;
        }

        var ok = true;
        foreach (var part in args.Length == 0 ? Parts.Keys.ToArray() : [args[0]])
        {
            Say($"--- {part}");
            ok &= await Parts[part](args.Length == 0 ? [] : args[1..]);
        }

        return ok ? 0 : 1;
    }

    private static async Task<bool> RulesAsync()
    {
        await using var stage = await StartAsync(url => GrowthPolicies.OfRules(url, "rules-1", 10));
        await stage.WarmUpAsync(WarmUpCalls, "rules-1");
        var steps = new List<StepCost>();
        foreach (var rules in new[] { 10, 100, 1_000, 10_000 })
        {
            var server = $"rules-{rules}";
            await stage.PutPolicyAsync(GrowthPolicies.OfRules(stage.Echo.Url, server, rules), server);
            using var client = stage.Client(server);
            steps.Add(await stage.MeasureAsync($"{rules:N0}", client, 2_000));
        }

        return await WriteAsync("rules", "rules", steps);
    }

    private static async Task<bool> ServersAsync()
    {
        await using var stage = await StartAsync(url => GrowthPolicies.OfServers(url, "servers-0", 1));
        await stage.WarmUpAsync(WarmUpCalls, "servers-0");
        var steps = new List<StepCost>();
        foreach (var servers in new[] { 1, 10, 100, 500 })
        {
            var server = $"servers-{servers}";
            await stage.PutPolicyAsync(GrowthPolicies.OfServers(stage.Echo.Url, server, servers), server);
            using var client = stage.Client(server);
            steps.Add(await stage.MeasureAsync($"{servers}", client, 2_000));
        }

        return await WriteAsync("servers", "upstream servers", steps);
    }

    private static async Task<bool> PayloadAsync()
    {
        // Time and size limits are an operator's to set; here they must not end what is measured.
        await using var stage = await StartAsync(url => GrowthPolicies.OfRules(url, "echo", 10), new Dictionary<string, string>
        {
            ["CHAPERONE_Edge__MaxRequestBytes"] = $"{32 << 20}",
            ["CHAPERONE_Edge__MaxResponseBytes"] = $"{32 << 20}",
            ["CHAPERONE_Masking__MaxBytes"] = $"{32 << 20}",
            ["CHAPERONE_Masking__TimeBudget"] = "00:00:50",
            ["CHAPERONE_Bus__HotTimeout"] = "00:00:55",
            ["CHAPERONE_Edge__RefuseAfter"] = "00:02:00",
            ["CHAPERONE_Bus__JournalTimeout"] = "00:00:55",
        });
        await stage.WarmUpAsync(WarmUpCalls);
        var steps = new List<StepCost>();
        foreach (var (kilobytes, calls) in new[] { (1, 2_000), (16, 1_000), (256, 200), (1024, 60), (4096, 16), (16_384, 6) })
        {
            using var client = stage.Client(payloadBytes: kilobytes * 1024);
            steps.Add(await stage.MeasureAsync($"{kilobytes:N0} KB", client, calls, connections: kilobytes > 1024 ? 1 : 4));
        }

        // Buffers of large messages are given back, some only when nobody wants them for a while.
        await Task.Delay(TimeSpan.FromSeconds(90));
        using (var small = stage.Client(payloadBytes: 1024))
        {
            steps.Add(await stage.MeasureAsync("1 KB, 90 s later", small, 2_000, connections: 4));
        }

        var rows = steps.Zip([1.0, 16, 256, 1024, 4096, 16_384, 1], (s, kilobytes) => s with { Step = string.Create(CultureInfo.InvariantCulture, $"{s.Step} ({s.CpuMicroseconds / kilobytes:0.0} µs/KB)") }).ToList();
        return await WriteAsync("payload", "arguments, and answer as large", rows);
    }

    private static async Task<bool> RecordsAsync(string[] args)
    {
        var most = args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        var patience = TimeSpan.FromMinutes(args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 10);
        var steps = new List<StepCost>();
        await using (var stage = await StartAsync(url => GrowthPolicies.OfRules(url, "echo", 10)))
        {
            // Warm code first, so that the smallest ledger is not measured cold: each call leaves two records or more.
            await stage.WarmUpAsync(WarmUpCalls);
            using var client = stage.Client();
            for (var target = (await stage.RecordsAsync()).Records; ; target = Next(target, most))
            {
                var records = await stage.FillAsync(target, patience);
                steps.Add(await stage.MeasureAsync($"{records:N0}", client, 2_000));
                if (records < target || target >= most)
                {
                    break;
                }
            }
        }

        if (args.Length > 2)
        {
            steps.Add(await OfFolderAsync(args[2]));
        }

        return await WriteAsync("records", "records before", steps);
    }

    private static long Next(long records, long most) => Math.Min(most, (long)Math.Pow(10, Math.Floor(Math.Log10(records)) + 1));

    private static async Task<StepCost> OfFolderAsync(string folder)
    {
        var copy = Directory.CreateTempSubdirectory("chaperone-growth-ledger-").FullName;
        try
        {
            Say($"copying {folder}");
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            {
                var to = Path.Combine(copy, Path.GetRelativePath(folder, file));
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                File.Copy(file, to);
            }

            await using var stage = await StartAsync(url => GrowthPolicies.OfRules(url, "echo", 10), new Dictionary<string, string>
            {
                ["CHAPERONE_Recorder__DataDirectory"] = copy,
                ["CHAPERONE_Recorder__KeyFile"] = Path.Combine(copy, "keys", "record.key"),
                ["CHAPERONE_Recorder__SigningKeyFile"] = Path.Combine(copy, "keys", "ledger.key"),
                ["CHAPERONE_Bus__KeyFile"] = Path.Combine(copy, "keys", "bus.key"),
            });
            await stage.WarmUpAsync(WarmUpCalls);
            var records = await stage.RecordsAsync();
            using var client = stage.Client();
            return await stage.MeasureAsync($"{records.Records:N0}{(records.Lag > 0 ? $" ({records.Lag:N0} not yet searchable)" : "")}", client, 2_000);
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    private static async Task<bool> WriteAsync(string part, string what, IReadOnlyList<StepCost> steps)
    {
        await GrowthPage.WriteAsync(part, GrowthPage.Table(what, steps));
        return steps.All(s => s.Errors == 0);
    }
}
