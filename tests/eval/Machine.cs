using System.Runtime.InteropServices;

namespace Chaperone.Eval;

/// <summary>Says on what was measured.</summary>
internal static class Machine
{
    public static string Name()
    {
        const string Cpu = "/proc/cpuinfo";
        var model = File.Exists(Cpu) ? File.ReadLines(Cpu).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() : null;
        return $"{model ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}";
    }
}
