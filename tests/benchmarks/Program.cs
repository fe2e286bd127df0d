using System.Reflection;
using BenchmarkDotNet.Running;
using Chaperone.Benchmarks.Bus;

if (args is ["bus"])
{
    await BusLoop.RunAsync();
    return;
}

BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args);
