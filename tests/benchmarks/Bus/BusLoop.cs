using System.Diagnostics;
using System.Globalization;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chaperone.Benchmarks.Bus;

/// <summary>
/// <c>dotnet run -c Release -- bus</c>: one ask and one journal write, in process and over a private RabbitMQ, as a closed
/// loop of 1, 16 and 64 callers with 1 KiB payloads. Asker and worker share this process; the broker is its own. CPU is
/// this process's, without the broker's.
/// </summary>
internal static class BusLoop
{
    private const int PayloadBytes = 1024;
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(5);

    public static async Task RunAsync()
    {
        var files = Directory.CreateTempSubdirectory("chaperone-bench-");
        try
        {
            var key = Path.Combine(files.FullName, "bus.key");
            Print("transport", "operation", "callers", "per second", "p50 ms", "p95 ms", "p99 ms", "CPU us");
            await MeasureAsync("InProcess", new() { ["Bus:KeyFile"] = key });

            await using var broker = await RabbitMqBroker.StartAsync(CancellationToken.None);
            var password = Path.Combine(files.FullName, "password");
            await File.WriteAllTextAsync(password, broker.Password);
            await MeasureAsync("RabbitMq", new()
            {
                ["Bus:Transport"] = "RabbitMq",
                ["Bus:Uri"] = (await broker.CreateVhostAsync(CancellationToken.None)).OriginalString,
                ["Bus:User"] = broker.User,
                ["Bus:PasswordFile"] = password,
                ["Bus:KeyFile"] = key,
            });
        }
        finally
        {
            files.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(string transport, Dictionary<string, string?> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddDoor<EvaluateCall, CallDecided, AllowingDoor>(Lane.Hot);
        builder.Services.AddAsk<EvaluateCall, CallDecided>(Lane.Hot);
        builder.Services.AddRecordKeeper<ForgettingKeeper>();
        builder.Services.AddChaperoneBus(builder.Configuration);
        using var host = builder.Build();
        await host.StartAsync();
        var health = host.Services.GetRequiredService<IBusHealth>();
        await TestLimits.UntilAsync(() => ValueTask.FromResult(health.Problem is null), "the bus to be ready", CancellationToken.None);

        var seal = host.Services.GetRequiredService<IPayloadSeal>();
        var ask = host.Services.GetRequiredService<IAsk<EvaluateCall, CallDecided>>();
        var journal = host.Services.GetRequiredService<IJournal>();
        var payload = new byte[PayloadBytes];
        foreach (var callers in new[] { 1, 16, 64 })
        {
            await LoopAsync(transport, "ask", callers, async () => await ask.AskAsync(Samples.Evaluate(seal, payload), CancellationToken.None));
        }

        foreach (var callers in new[] { 1, 16, 64, 128 })
        {
            await LoopAsync(transport, "journal", callers, async () => await journal.WriteAsync(Samples.Record(seal, payload), CancellationToken.None));
        }

        await host.StopAsync();
    }

    private static async Task LoopAsync(string transport, string operation, int callers, Func<Task> act)
    {
        await RunForAsync(Warmup, callers, act);
        var cpu = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        var times = await RunForAsync(Measured, callers, act);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var microseconds = (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / times.Length;
        Array.Sort(times);
        Print(transport, operation, Text(callers), Text(times.Length / seconds), At(0.50), At(0.95), At(0.99), Text(microseconds));

        string At(double share) => times[(int)(share * (times.Length - 1))].ToString("0.000", CultureInfo.InvariantCulture);
    }

    private static async Task<double[]> RunForAsync(TimeSpan time, int callers, Func<Task> act)
    {
        var end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        var all = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            var times = new List<double>();
            while (Stopwatch.GetTimestamp() < end)
            {
                var start = Stopwatch.GetTimestamp();
                await act();
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            return times;
        })));
        return [.. all.SelectMany(t => t)];
    }

    private static string Text(double value) => value.ToString("0", CultureInfo.InvariantCulture);

    private static void Print(params string[] cells) =>
        Console.WriteLine(string.Concat(cells.Select(c => c.PadRight(12))));

    private sealed class AllowingDoor : IDoor<EvaluateCall, CallDecided>
    {
        public ValueTask<CallDecided> AnswerAsync(EvaluateCall request, CancellationToken cancellationToken) => ValueTask.FromResult(Samples.Allowed(request));
    }

    private sealed class ForgettingKeeper : IRecordKeeper
    {
        public ValueTask KeepAsync(IReadOnlyList<RecordEntry> entries, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
