using System.Reflection;
using BenchmarkDotNet.Running;
using Chaperone.Benchmarks.Bus;
using Chaperone.Benchmarks.Masking;

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

BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args);
