using System.Diagnostics;
using System.Globalization;
using System.Text;
using static Chaperone.LoadRun.Growing.GrowthStage;

namespace Chaperone.LoadRun.Growing;

/// <summary>The embedded form under a modest and mixed load for long: calls served, denied and withdrawn while held, sessions with streams. Nothing may grow with time.</summary>
internal static class Soak
{
    private const int Samples = 30;
    private const int Connections = 4;
    private const int HeldAtOnce = 20;
    private const int StreamsAtOnce = 20;

    // What may differ between the middle and the last third of a run without growing: heaps breathe.
    private const double HeapMegabytes = 4;
    private const int Handles = 20;
    private const int Backlog = 200;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);

    /// <param name="args">Minutes (30); then, to write nothing, any word.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var length = TimeSpan.FromMinutes(args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 30);
        await using var stage = await StartAsync(GrowthPolicies.Mixed, new Dictionary<string, string> { ["CHAPERONE_Edge__LegacyHold"] = "01:00:00" });
        await stage.WarmUpAsync(4_000);
        using var stop = new CancellationTokenSource();
        var counts = new SoakCounts();
        var load = Enumerable.Range(0, Connections).Select(_ => CallAsync(stage, counts, stop.Token))
            .Append(DenyAsync(stage, counts, stop.Token)).Append(HoldAsync(stage, counts, stop.Token)).Append(StreamAsync(stage, counts, stop.Token)).ToArray();
        var samples = new List<SoakSample>();
        var clock = Stopwatch.StartNew();
        for (var i = 1; i <= Samples; i++)
        {
            // A part of the load that ended ends the run: nothing would be measured any more.
            var due = Task.Delay(TimeSpan.FromTicks(Math.Max(0, (length * i / Samples - clock.Elapsed).Ticks)));
            if (await Task.WhenAny([due, .. load]) is var first && first != due)
            {
                await first;
            }

            var (use, records) = (await stage.UseAsync(live: true), await stage.RecordsAsync());
            var sample = new SoakSample(clock.Elapsed, counts.Served, use.ManagedBytes / 1e6, use.WorkingSet / 1e6, use.Handles, use.Threads, use.Waiting, records.Records, records.Lag);
            samples.Add(sample);
            Say(FormattableString.Invariant($"{sample.At.TotalMinutes:0.0} min: {sample.Calls} calls, heap {sample.HeapMegabytes:0.0} MB, RAM {sample.RamMegabytes:0} MB, {sample.Handles} handles, {sample.Threads} threads, {sample.Waiting} waiting, {sample.Lag} of {sample.Records} records not yet searchable, {counts.Errors} errors {counts.FirstError}"));
        }

        await stop.CancelAsync();
        try
        {
            await Task.WhenAll(load).WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            counts.Add(0, load.Count(l => !l.IsCompleted), $"a part of the load did not end within {Patience.TotalMinutes:0} minutes");
        }

        var (grew, text) = Report(samples, counts, length);
        if (args.Length < 2)
        {
            await GrowthPage.WriteAsync("soak", text);
        }
        else
        {
            System.Console.WriteLine(text);
        }

        return grew || counts.Errors > 0 ? 1 : 0;
    }

    private static async Task CallAsync(GrowthStage stage, SoakCounts counts, CancellationToken stop)
    {
        using var client = stage.Client();
        while (!stop.IsCancellationRequested)
        {
            var measured = await client.RunAsync(1, 60, 1, () => TimeSpan.Zero);
            counts.Add(measured.Count, measured.Errors, measured.FirstError);
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    private static async Task DenyAsync(GrowthStage stage, SoakCounts counts, CancellationToken stop)
    {
        using var client = stage.Client(tool: "tool_7_x");
        while (!stop.IsCancellationRequested)
        {
            // A tool that is denied to the caller is none that the caller hears of; to the client that is an error.
            var refused = await client.RunAsync(1, 60, 1, () => TimeSpan.Zero);
            var asItShould = refused.FirstError?.Contains("Unknown tool: tool_7_x", StringComparison.Ordinal) == true;
            counts.Add(0, asItShould ? 0 : 1, refused.FirstError, denied: asItShould ? 1 : 0);
            await Task.Delay(Pause * 4, CancellationToken.None);
        }
    }

    private static async Task HoldAsync(GrowthStage stage, SoakCounts counts, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await using var clients = await HeldClients.StartAsync($"{stage.Gateway.EdgeUrl}/mcp/echo", stage.Token, HeldEra.Legacy, HeldAtOnce, "held");
            var ended = await clients.EndAsync();
            counts.Add(0, HeldAtOnce - ended, $"a held call did not end as it should: {clients.FirstOdd}", held: ended);
            await Task.Delay(Round, CancellationToken.None);
        }
    }

    private static async Task StreamAsync(GrowthStage stage, SoakCounts counts, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await using var streams = new IdleStreams($"{stage.Gateway.EdgeUrl}/mcp/echo", stage.Token);
            await streams.OpenAsync(StreamsAtOnce);
            await Task.Delay(Round, CancellationToken.None);
            counts.Add(0, StreamsAtOnce - streams.StillOpen, "a stream ended early", streams: StreamsAtOnce);
        }
    }

    private static (bool Grew, string Text) Report(List<SoakSample> samples, SoakCounts counts, TimeSpan length)
    {
        var thirds = samples.Chunk(Samples / 3).Select(Middle).ToArray();
        var (middle, last) = (thirds[1], thirds[2]);
        var grew = new List<string>();
        Check("heap", last.HeapMegabytes - middle.HeapMegabytes > HeapMegabytes);
        Check("handles", last.Handles - middle.Handles > Handles);
        Check("threads", last.Threads - middle.Threads > Handles);
        Check("work that waits for a thread", last.Waiting > Backlog);
        Check("records not yet searchable", last.Lag > Backlog);

        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{length.TotalMinutes:0.#} minutes: {counts.Served:N0} calls served, {counts.Denied:N0} denied, {counts.Held:N0} held and withdrawn, {counts.Streams:N0} sessions with a stream begun and ended, {counts.Errors} errors{(counts.Errors > 0 ? $" (e.g. {counts.FirstError})" : "")}. Medians of {Samples / 3} samples, each after full collections:").AppendLine();
        text.AppendLine("| | calls so far | heap MB | RAM MB | handles | threads | work waiting | records | not yet searchable |").AppendLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var (name, s) in new[] { "first third", "middle third", "last third" }.Zip(thirds))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {s.Calls:N0} | {s.HeapMegabytes:0.0} | {s.RamMegabytes:0} | {s.Handles} | {s.Threads} | {s.Waiting} | {s.Records:N0} | {s.Lag} |");
        }

        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"From the middle to the last third the heap changed by {(last.HeapMegabytes - middle.HeapMegabytes) * 1e6 / Math.Max(1, last.Calls - middle.Calls):0} bytes a call served. Grew by more than {HeapMegabytes} MB of heap, {Handles} handles or threads, or a backlog of {Backlog}: {(grew.Count == 0 ? "nothing" : string.Join(", ", grew))}.");
        return (grew.Count > 0, text.ToString());

        void Check(string what, bool tooMuch)
        {
            if (tooMuch)
            {
                grew.Add(what);
            }
        }
    }

    private static SoakSample Middle(SoakSample[] part)
    {
        return new SoakSample(
            part[^1].At,
            part[part.Length / 2].Calls,
            Median(s => s.HeapMegabytes),
            Median(s => s.RamMegabytes),
            (int)Median(s => s.Handles),
            (int)Median(s => s.Threads),
            (long)Median(s => s.Waiting),
            part[part.Length / 2].Records,
            (long)Median(s => s.Lag));

        double Median(Func<SoakSample, double> of) => part.Select(of).Order().ElementAt(part.Length / 2);
    }
}
