using System.Reflection;
using BenchmarkDotNet.Running;
using Chaperone.Benchmarks.Bus;
using Chaperone.Benchmarks.Masking;
using Chaperone.Benchmarks.Policy;

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

if (args is ["policy", var page])
{
    DecisionReport.Write(page);
    return;
}

BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args);
