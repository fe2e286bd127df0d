using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Chaperone.TestKit;

namespace Chaperone.Faults;

/// <summary>The table of docs/reliability.md, between two marks; the words around it are people's.</summary>
internal static class FaultTable
{
    private const string Begin = "<!-- make faults: begin -->";
    private const string End = "<!-- make faults: end -->";

    public static string Write(IReadOnlyList<FaultResult> results)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{results.Count} runs over {results.Select(r => r.Point).Distinct().Count()} fault points, {results.Count(r => r.Violations.Count > 0)} of them with a violation. Machine: {CpuName()}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, .NET {Environment.Version}.");
        text.AppendLine();
        text.AppendLine("| fault | form | runs | served | refused | cut off | slowest refusal | machine late by | recovery, median | worst | gaps | violations |");
        text.AppendLine("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var group in FaultPoints.All.Select(p => (Point: p, Runs: results.Where(r => r.Point == p).ToArray())).Where(g => g.Runs.Length > 0))
        {
            var (point, runs) = group;
            var recovery = runs.Select(r => r.Recovery.TotalSeconds).Order().ToArray();
            text.AppendLine(CultureInfo.InvariantCulture, $"| {point.Name} | {Form(point)} | {runs.Length} | {runs.Sum(r => r.Served)} | {runs.Sum(r => r.Refused)} | {runs.Sum(r => r.Cut)} | {Slowest(runs)} | {runs.Max(r => r.Lag.TotalSeconds):0.00} s | {recovery[recovery.Length / 2]:0.0} s | {recovery[^1]:0.0} s | {Gaps(runs)} | {runs.Count(r => r.Violations.Count > 0)} |");
        }

        var violations = results.SelectMany(r => r.Violations.Select(v => (r.Point, Words: v.Replace('|', '/')))).GroupBy(v => $"{v.Point.Name} ({Form(v.Point)}): {v.Words}").ToArray();
        if (violations.Length > 0)
        {
            text.AppendLine().AppendLine("Violations:");
            foreach (var violation in violations)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"* {violation.Key}{(violation.Count() > 1 ? $" ({violation.Count()} times)" : "")}");
            }
        }

        return text.ToString();
    }

    /// <summary>Puts the table into the page.</summary>
    public static async Task PutAsync(string path, string table)
    {
        var page = await File.ReadAllTextAsync(path);
        var (from, to) = (page.IndexOf(Begin, StringComparison.Ordinal), page.IndexOf(End, StringComparison.Ordinal));
        if (from < 0 || to < from)
        {
            throw new InvalidOperationException($"{path} has no marks '{Begin}' and '{End}' to put the table between.");
        }

        await File.WriteAllTextAsync(path, $"{page[..from]}{Begin}\n{table}{page[to..]}");
    }

    private static string Form(FaultPoint point) => point.Form == GatewayForm.Embedded ? "embedded" : "RabbitMQ";

    private static string Slowest(FaultResult[] runs) =>
        runs.Max(r => r.SlowestRefusal) is > 0 and var slowest ? string.Create(CultureInfo.InvariantCulture, $"{slowest / 1000:0.00} s") : "-";

    private static string Gaps(FaultResult[] runs) => runs.Sum(r => r.TakenAway) is > 0 and var taken
        ? string.Create(CultureInfo.InvariantCulture, $"{runs.Sum(r => r.Gaps)}, which tell of {taken} answers")
        : string.Create(CultureInfo.InvariantCulture, $"{runs.Sum(r => r.Gaps)}");

    private static string CpuName() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown CPU";
}
