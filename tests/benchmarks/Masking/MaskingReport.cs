using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Chaperone.Masking;

namespace Chaperone.Benchmarks.Masking;

/// <summary>Measures masking in a loop of its own, which BenchmarkDotNet has no percentiles of single calls for, and writes it down with the machine named.</summary>
internal static class MaskingReport
{
    private const int LeastRounds = 5;

    private static readonly TimeSpan Warming = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Measuring = TimeSpan.FromSeconds(2);
    private static readonly int[] Sizes = [1 << 10, 4 << 10, 16 << 10, 64 << 10, 256 << 10, 1 << 20, 4 << 20, 16 << 20];
    private static readonly MaskContext Context = new() { Method = "tools/call", Server = "clinic", Tool = "query" };

    private const int CaseSize = 64 << 10;

    /// <summary>Writes <paramref name="file"/>.</summary>
    public static void Write(string file)
    {
        var masker = new Masker(new MaskingOptions { MaxBytes = 32 << 20, TimeBudget = TimeSpan.FromMinutes(1) }, TimeProvider.System);
        var text = new StringBuilder();
        text.AppendLine("# Masking performance").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Written by `make bench`. {Machine()}").AppendLine();
        text.AppendLine("One thread puts whole MCP messages through `Masker.Mask` with profile `safe-harbor`. Each call is timed by itself for two seconds after two seconds of warming up; the median and the 99th percentile are those of single calls,");
        text.AppendLine("so that collections of garbage and other work of the machine are in them. Throughput is size over median. Allocations are the thread's allocated bytes over the size of the message.").AppendLine();
        Table(text, masker, "message",
        [
            ("clean JSON: rows of codes and numbers", Payloads.CleanRows(CaseSize)), ("clean JSON: nested objects with sentences", Payloads.CleanProse(CaseSize)), ("clean JSON: FHIR Observations", Payloads.CleanFhir(CaseSize)),
            ("dense PHI JSON", Payloads.Dense(CaseSize)), ("4 KB note", Payloads.Note()), ("4 KB note in sections", Payloads.Sections()),
        ]);
        text.AppendLine("## By size").AppendLine();
        Table(text, masker, "clean rows", [.. Sizes.Select(s => (Name(s), Payloads.CleanRows(s)))]);
        Table(text, masker, "dense PHI JSON", [.. Sizes.Select(s => (Name(s), Payloads.Dense(s)))]);
        File.WriteAllText(file, text.ToString().TrimEnd() + "\n");
    }

    private static void Table(StringBuilder text, Masker masker, string head, (string Name, byte[] Message)[] cases)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"| {head} | bytes | median | p99 | MB/s | allocated / size |").AppendLine("|---|--:|--:|--:|--:|--:|");
        foreach (var (name, message) in cases)
        {
            var (median, late, allocated) = Measure(masker, message);
            text.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {message.Length:N0} | {Time(median)} | {Time(late)} | {message.Length / median:N0} | {allocated / message.Length:N2} |");
        }

        text.AppendLine();
    }

    // Microseconds, microseconds, bytes.
    private static (double Median, double Late, double Allocated) Measure(Masker masker, byte[] message)
    {
        Loop(masker, message, Warming);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < LeastRounds; i++)
        {
            Mask(masker, message);
        }

        var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)LeastRounds;
        var times = Loop(masker, message, Measuring);
        times.Sort();
        return (times[times.Count / 2], times[times.Count * 99 / 100], allocated);
    }

    private static List<double> Loop(Masker masker, byte[] message, TimeSpan length)
    {
        var times = new List<double>(1 << 16);
        var start = Stopwatch.GetTimestamp();
        while (times.Count < LeastRounds || Stopwatch.GetElapsedTime(start) < length)
        {
            var one = Stopwatch.GetTimestamp();
            Mask(masker, message);
            times.Add(Stopwatch.GetElapsedTime(one).TotalMicroseconds);
        }

        return times;
    }

    private static void Mask(Masker masker, byte[] message)
    {
        if (masker.Mask(message, MaskingProfile.SafeHarbor, Context).Reason is var reason and not WithheldReason.None)
        {
            throw new InvalidOperationException($"The message was withheld ({reason}): there is nothing to measure.");
        }
    }

    private static string Time(double microseconds) =>
        microseconds < 10_000 ? string.Create(CultureInfo.InvariantCulture, $"{microseconds:N0} µs") : string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1000:N1} ms");

    private static string Name(int size) => size < 1 << 20 ? $"{size >> 10} KB" : $"{size >> 20} MB";

    /// <summary>The sentence that names the machine.</summary>
    internal static string Machine() => $"Machine: {CpuName()}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, .NET {Environment.Version}.";

    private static string CpuName() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown CPU";
}
