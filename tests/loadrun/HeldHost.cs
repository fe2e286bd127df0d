using System.Globalization;
using Chaperone.Host;

namespace Chaperone.LoadRun;

/// <summary>The embedded form as shipped, and one door more: what its process uses.</summary>
internal static class HeldHost
{
    /// <summary>Path of the door; with <c>?live=true</c> the heap is collected first.</summary>
    public const string Path = "/measure";

    public static async Task<int> RunAsync(string[] args)
    {
        var app = HostService.Build(args);
        app.MapGet(Path, (bool? live) => Measure(live ?? false)).AllowAnonymous();
        await app.RunAsync();
        return 0;
    }

    private static ProcessUse Measure(bool live)
    {
        // Twice, so that what finalizers let go of is gone, too.
        for (var i = 0; live && i < 2; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return new ProcessUse(
            GC.GetTotalMemory(forceFullCollection: false),
            Environment.WorkingSet,
            Environment.CpuUsage.TotalTime.TotalMilliseconds,
            GC.GetTotalAllocatedBytes(),
            ContextSwitches(),
            GC.CollectionCount(0),
            GC.GetTotalPauseDuration().TotalMilliseconds,
            Environment.ProcessId);
    }

    private static long ContextSwitches()
    {
        var sum = 0L;
        foreach (var thread in Directory.EnumerateDirectories("/proc/self/task"))
        {
            try
            {
                sum += File.ReadLines(System.IO.Path.Combine(thread, "status"))
                    .Where(l => l.Contains("ctxt_switches", StringComparison.Ordinal))
                    .Sum(l => long.Parse(l.AsSpan(l.IndexOf(':', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture));
            }
            catch (IOException)
            {
                // The thread has ended meanwhile.
            }
        }

        return sum;
    }
}

/// <summary>What a process uses: bytes of managed memory, bytes in RAM; and so far: processor time in milliseconds, bytes allocated, context switches of its present threads, garbage collections and milliseconds they paused it.</summary>
internal sealed record ProcessUse(long ManagedBytes, long WorkingSet, double CpuMilliseconds, long AllocatedBytes, long ContextSwitches, int Collections, double PausedMilliseconds, int ProcessId);
