using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Chaperone.TestKit;

namespace Chaperone.LoadRun.Growing;

/// <summary>docs/growth.md, of which each measurement writes its part, between two marks.</summary>
internal static class GrowthPage
{
    private static readonly string Path = System.IO.Path.Combine(ShippedRooms.Root, "docs", "growth.md");

    /// <summary>Puts <paramref name="text"/> in the place of part <paramref name="part"/>, with the machine's name below, and prints it.</summary>
    public static async Task WriteAsync(string part, string text)
    {
        var load = (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0];
        text = $"{text.TrimEnd()}\n\nMachine: {Comparison.CpuName()}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, .NET {Environment.Version}; load average {load} at the end.\n";
        System.Console.WriteLine(text);
        var (begin, end) = ($"<!-- {part}: written by tests/loadrun -->\n", $"<!-- end of {part} -->\n");
        var page = await File.ReadAllTextAsync(Path);
        var (from, to) = (page.IndexOf(begin, StringComparison.Ordinal), page.IndexOf(end, StringComparison.Ordinal));
        if (from < 0 || to < from)
        {
            throw new InvalidOperationException($"{Path} has no place for {part}: it needs the lines {begin.Trim()} and {end.Trim()}.");
        }

        await File.WriteAllTextAsync(Path, $"{page[..(from + begin.Length)]}{text}{page[to..]}");
    }

    /// <summary>A table of what calls cost at each step.</summary>
    public static string Table(string what, IEnumerable<StepCost> steps)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"| {what} | CPU µs/call | KB allocated/call | p50 ms | heap MB | RAM MB | handles | errors |");
        text.AppendLine("|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var s in steps)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {s.Step} | {s.CpuMicroseconds:0} | {s.AllocatedKilobytes:0.0} | {s.P50:0.0} | {s.HeapMegabytes:0.0} | {s.RamMegabytes:0} | {s.Handles} | {s.Errors} |");
        }

        return text.ToString();
    }
}
