using System.Globalization;
using System.Reflection;
using BenchmarkDotNet.Running;
using Chaperone.Benchmarks.Bus;
using Chaperone.Benchmarks.Evidence;
using Chaperone.Benchmarks.Masking;
using Chaperone.Benchmarks.Policy;
using Chaperone.Benchmarks.Search;

if (args is ["bus"])
{
    await BusLoop.RunAsync();
    return;
}

if (args is ["masking", var file])
{
    MaskingReport.Write(file);
    return;
}

if (args is ["evidence", var costs])
{
    await EvidenceReport.WriteAsync(costs);
    return;
}

if (args is ["policy", var page])
{
    DecisionReport.Write(page);
    return;
}

// Fills on for so many seconds; to be called again until it says 0.
if (args is ["search", var folder, var messages, var seconds, var report])
{
    Environment.ExitCode = await SearchReport.RunAsync(
        Path.GetFullPath(folder),
        long.Parse(messages, CultureInfo.InvariantCulture),
        TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)),
        report);
    return;
}

BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args);
