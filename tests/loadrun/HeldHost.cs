using System.Globalization;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Host;
using Chaperone.LoadRun.Growing;

namespace Chaperone.LoadRun;

/// <summary>The embedded form as shipped, and one door more: what its process uses.</summary>
internal static class HeldHost
{
    /// <summary>Path of the door; with <c>?live=true</c> the heap is collected first.</summary>
    public const string Path = "/measure";

    /// <summary>Path of the door that says how many records there are; a POST keeps <c>count</c> more by the recorder's own door.</summary>
    public const string RecordsPath = "/measure/records";

    public static async Task<int> RunAsync(string[] args)
    {
        var app = HostService.Build(args);
        app.MapGet(Path, (bool? live) => Measure(live ?? false)).AllowAnonymous();
        app.MapGet(RecordsPath, async (IDoor<ReadIntegrity, IntegrityReport> door, CancellationToken cancellationToken) =>
            await door.AnswerAsync(new ReadIntegrity(), cancellationToken) is var report ? new RecordsUse(report.TreeSize, report.ProjectionLag) : null).AllowAnonymous();
        app.MapPost(RecordsPath, async (int count, int from, IRecordKeeper keeper, IPayloadSeal seal, TimeProvider time, CancellationToken cancellationToken) =>
            await keeper.KeepAsync([.. Enumerable.Range(from, count).Select(i => CallRecords.Make(i, seal, time))], cancellationToken)).AllowAnonymous();
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
            Environment.ProcessId,
            Directory.EnumerateFileSystemEntries("/proc/self/fd").Count(),
            Directory.EnumerateDirectories("/proc/self/task").Count(),
            ThreadPool.PendingWorkItemCount);
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

/// <summary>
/// What a process uses: bytes of managed memory, bytes in RAM; so far: processor time in milliseconds, bytes allocated, context switches of its present
/// threads, garbage collections and milliseconds they paused it; and now: open handles, threads, work waiting for one.
/// </summary>
internal sealed record ProcessUse(
    long ManagedBytes, long WorkingSet, double CpuMilliseconds, long AllocatedBytes, long ContextSwitches, int Collections, double PausedMilliseconds, int ProcessId, int Handles, int Threads, long Waiting);

/// <summary>Records in the ledger, and how many of them the search has yet to read.</summary>
internal sealed record RecordsUse(long Records, long Lag);
