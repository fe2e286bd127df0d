using System.Diagnostics;
using System.Globalization;
using System.Text;
using Chaperone.Benchmarks.Masking;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Sequencing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Chaperone.Benchmarks.Evidence;

/// <summary>What evidence costs: records sequenced a second, how long a receipt takes, bytes a call. A real recorder (SQLite) with all its parts, in a folder of its own.</summary>
internal static class EvidenceReport
{
    private const int Sequenced = 40_960;
    private const int Batch = Sequencer.LargestBatch;
    private const int Waiting = 4;
    private const int ReceiptsFor = 20;
    private const int ReceiptCalls = 500;
    private static readonly int[] CallsKept = [1_000, 10_000, 50_000];
    private static readonly (int Kilobytes, int Calls)[] Sizes = [(1, 1_000), (16, 500), (256, 100)];

    /// <summary>Measures, and writes <paramref name="page"/>.</summary>
    public static async Task WriteAsync(string page)
    {
        var text = new StringBuilder();
        text.AppendLine("# Evidence: what it costs").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Written by `dotnet run -c Release --project tests/benchmarks -- evidence`. {MaskingReport.Machine()}").AppendLine();
        text.AppendLine("A whole recorder with SQLite, as in the embedded form: records are sealed, sequenced and made searchable, checkpoints signed, tiles written. Each commit is an fsync.").AppendLine();
        await SequenceAsync(text);
        await ReceiptsAsync(text);
        await StorageAsync(text);
        await File.WriteAllTextAsync(page, text.ToString());
    }

    private static async Task SequenceAsync(StringBuilder text)
    {
        text.AppendLine("## Sequencing").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Sequenced:N0} records (of 1 KB calls) in batches of {Batch}, {Waiting} batches waiting at any time. CPU is that of the whole process, search and checkpoints included.").AppendLine();
        text.AppendLine("| | records/s | CPU µs/record |").AppendLine("|:--|--:|--:|");
        await OnRecorderAsync(async app =>
        {
            var maker = new CallMaker(app.Services.GetRequiredService<IPayloadSeal>(), 1024);
            var (keeper, sequencer, sealer) = (app.Services.GetRequiredService<IRecordKeeper>(), app.Services.GetRequiredService<Sequencer>(), app.Services.GetRequiredService<RecordSealer>());

            // The first makes the keys and compiles the code; it is not written down.
            for (var round = 0; round < 2; round++)
            {
                var entries = Made(maker, Sequenced);
                var kept = await TimeAsync(entries.Chunk(Batch), batch => keeper.KeepAsync(batch, CancellationToken.None));
                await SearchableAsync(app);
                var sealedRecords = Made(maker, Sequenced).Select(e => sealer.Seal(e)).ToArray();
                var sequenced = await TimeAsync(sealedRecords.Chunk(Batch), batch => sequencer.AppendAsync(batch, CancellationToken.None));
                await SearchableAsync(app);
                if (round > 0)
                {
                    text.AppendLine(CultureInfo.InvariantCulture, $"| sealed before, sequenced | {sequenced.PerSecond:N0} | {sequenced.Cpu:0} |");
                    text.AppendLine(CultureInfo.InvariantCulture, $"| opened from the bus, sealed and sequenced | {kept.PerSecond:N0} | {kept.Cpu:0} |").AppendLine();
                }
            }
        });
    }

    private static async Task<(double PerSecond, double Cpu)> TimeAsync<T>(IEnumerable<T[]> batches, Func<T[], ValueTask> keep)
    {
        var all = batches.ToArray();
        GC.Collect();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var start = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = Waiting }, (batch, _) => keep(batch));
        var (took, used) = (Stopwatch.GetElapsedTime(start), Process.GetCurrentProcess().TotalProcessorTime - cpu);
        var count = all.Sum(b => b.Length);
        return (count / took.TotalSeconds, used.TotalMicroseconds / count);
    }

    private static async Task ReceiptsAsync(StringBuilder text)
    {
        text.AppendLine("## Receipts").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"How long a room waits until its record is committed and fsynced, at {ReceiptCalls} calls a second for {ReceiptsFor} s: two records a call, each begun when it is due whatever the others do.").AppendLine();
        text.AppendLine("| record | p50 | p95 | p99 | slowest | CPU of the process |").AppendLine("|:--|--:|--:|--:|--:|--:|");
        await OnRecorderAsync(async app =>
        {
            var keeper = app.Services.GetRequiredService<IRecordKeeper>();
            var maker = new CallMaker(app.Services.GetRequiredService<IPayloadSeal>(), 1024);
            await ReceiptsAsync(keeper, maker, ReceiptsFor / 4);
            var cpu = Process.GetCurrentProcess().TotalProcessorTime;
            var times = await ReceiptsAsync(keeper, maker, ReceiptsFor);
            var share = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds / ReceiptsFor;
            foreach (var (name, of) in new[] { ("intent", times.Intents), ("outcome", times.Outcomes) })
            {
                Array.Sort(of);
                text.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {of[of.Length / 2]:0.0} ms | {of[of.Length * 95 / 100]:0.0} ms | {of[of.Length * 99 / 100]:0.0} ms | {of[^1]:0.0} ms | {share:0.00} cores |");
            }

            text.AppendLine();
        });
    }

    private static async Task<(double[] Intents, double[] Outcomes)> ReceiptsAsync(IRecordKeeper keeper, CallMaker maker, int seconds)
    {
        var calls = ReceiptCalls * seconds;
        var (intents, outcomes, running) = (new double[calls], new double[calls], new Task[calls]);
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / ReceiptCalls);
            if (due - Stopwatch.GetElapsedTime(start) is var wait && wait > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(wait);
            }

            running[i] = CallAsync(i);
        }

        await Task.WhenAll(running);
        return (intents, outcomes);

        async Task CallAsync(int i)
        {
            var (intent, outcome) = maker.Make(i);
            intents[i] = await OneAsync(intent);
            outcomes[i] = await OneAsync(outcome);
        }

        async Task<double> OneAsync(RecordEntry entry)
        {
            var begin = Stopwatch.GetTimestamp();
            await keeper.KeepAsync([entry], CancellationToken.None);
            return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        }
    }

    private static async Task StorageAsync(StringBuilder text)
    {
        text.AppendLine("## Room on disk").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Bytes of files for each call, once all is searchable and the recorder has stopped. The request has 0.3 KB; the answer is rows of JSON, with words and numbers that differ. Parts from {PackedPart.Least / 1024} KB on are compressed before they are sealed (Brotli); smaller ones and headers, which stand in clear, are not. `search.db` can be made again from the ledger.").AppendLine();
        text.AppendLine("| answer | calls | ledger.db | search.db | tiles and checkpoints | all | of it per KB of answer |").AppendLine("|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var (kilobytes, calls) in CallsKept.Select(c => (1, c)).Concat(Sizes.Where(s => s.Kilobytes > 1)))
        {
            var folder = await OnRecorderAsync(async app =>
            {
                var maker = new CallMaker(app.Services.GetRequiredService<IPayloadSeal>(), kilobytes * 1024);
                var keeper = app.Services.GetRequiredService<IRecordKeeper>();
                for (var made = 0; made < calls; made += Batch / 2)
                {
                    await keeper.KeepAsync([.. Made(maker, 2 * Math.Min(Batch / 2, calls - made), made)], CancellationToken.None);
                }

                await SearchableAsync(app);
            }, keep: true);
            double Per(string pattern) => Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length) / (double)calls;
            var (ledger, search, all) = (Per("ledger.db*"), Per("search.db*"), Per("*"));
            text.AppendLine(CultureInfo.InvariantCulture, $"| {kilobytes} KB | {calls:N0} | {ledger:N0} | {search:N0} | {all - ledger - search:N0} | {all:N0} | {all / kilobytes:N0} |");
            Directory.Delete(folder, recursive: true);
        }
    }

    private static RecordEntry[] Made(CallMaker maker, int records, int from = 0) =>
        [.. Enumerable.Range(from, records / 2).SelectMany(i => maker.Make(i) is var (intent, outcome) ? new[] { intent, outcome } : [])];

    private static async Task SearchableAsync(WebApplication app)
    {
        var desk = app.Services.GetRequiredService<IDoor<ReadIntegrity, IntegrityReport>>();
        while ((await desk.AnswerAsync(new ReadIntegrity(), CancellationToken.None)).ProjectionLag > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    private static async Task<string> OnRecorderAsync(Func<WebApplication, Task> measure, bool keep = false)
    {
        var folder = Directory.CreateTempSubdirectory("chaperone-evidence-").FullName;
        await using (var app = Chaperone.Recorder.RecorderService.Build(
        [
            "--urls", "http://127.0.0.1:0", $"--Recorder:DataDirectory={folder}", $"--Recorder:KeyFile={folder}/keys/record.key",
            $"--Recorder:SigningKeyFile={folder}/keys/ledger.key", $"--Bus:KeyFile={folder}/keys/bus.key", "--Logging:LogLevel:Default=Error",
        ]))
        {
            await app.StartAsync();
            await measure(app);
            await app.StopAsync();
        }

        if (!keep)
        {
            Directory.Delete(folder, recursive: true);
        }

        return folder;
    }
}
