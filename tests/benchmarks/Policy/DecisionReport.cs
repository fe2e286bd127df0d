using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Chaperone.Contracts;
using Chaperone.Policy.Deciding;

namespace Chaperone.Benchmarks.Policy;

/// <summary>Measures single decisions by the number of rules and writes them down with the machine named.</summary>
internal static class DecisionReport
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(1);
    private static readonly int[] Sizes = [10, 100, 1_000, 10_000, 100_000];

    /// <summary>Writes <paramref name="file"/>.</summary>
    public static void Write(string file)
    {
        var text = new StringBuilder();
        text.AppendLine("# Policy performance").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Written by `make bench`. Machine: {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, .NET {Environment.Version}.").AppendLine();
        text.AppendLine("One thread decides one `tools/call`, its message read strictly, two rules on arguments and one on network and second factor among those that speak about it; the others are names, globs,");
        text.AppendLine("argument and network rules for other tools. Each decision is timed by itself for a second after a second of warming up. A file may hold 10,000 rules; the last row joins ten.").AppendLine();
        text.AppendLine("| rules | median | p99 | allocated |").AppendLine("|--:|--:|--:|--:|");
        foreach (var size in Sizes)
        {
            var engine = DecisionCases.Engine(size);
            var (median, late, allocated) = Measure(engine);
            text.AppendLine(CultureInfo.InvariantCulture, $"| {size:N0} | {median:N1} µs | {late:N1} µs | {allocated:N0} B |");
        }

        StatementReport.Append(text);
        File.WriteAllText(file, text.ToString());
    }

    private static (double Median, double Late, double Allocated) Measure(PolicyEngine engine)
    {
        Loop(engine);
        var before = GC.GetAllocatedBytesForCurrentThread();
        const int Rounds = 1000;
        for (var i = 0; i < Rounds; i++)
        {
            Decide(engine);
        }

        var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Rounds;
        var times = Loop(engine);
        times.Sort();
        return (times[times.Count / 2], times[times.Count * 99 / 100], allocated);
    }

    private static List<double> Loop(PolicyEngine engine)
    {
        var times = new List<double>(1 << 18);
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < Span)
        {
            var one = Stopwatch.GetTimestamp();
            Decide(engine);
            times.Add(Stopwatch.GetElapsedTime(one).TotalMicroseconds);
        }

        return times;
    }

    private static void Decide(PolicyEngine engine)
    {
        if (engine.Decide(DecisionCases.Call, DecisionCases.Message).Decision.Effect != CallEffect.Allow)
        {
            throw new InvalidOperationException("The call is not allowed: something else is measured.");
        }
    }
}
