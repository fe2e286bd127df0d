using System.Globalization;

namespace Chaperone.LoadRun.Growing;

/// <summary>
/// Holds a process to a share of one core (cgroup v1, controller cpu; root only). A worker so slowed stands for one whose deep tier takes
/// long: what it can do then depends on how many there are, not on how many cores this machine has.
/// </summary>
internal sealed class CpuShare : IDisposable
{
    private const string Root = "/sys/fs/cgroup/cpu";
    private const int PeriodMicroseconds = 50_000;

    private readonly string _group = Path.Combine(Root, $"chaperone-growth-{Guid.CreateVersion7():N}");

    /// <param name="processId">The process, with all its threads.</param>
    /// <param name="share">Of one core, e.g. 0.1.</param>
    public CpuShare(int processId, double share)
    {
        Directory.CreateDirectory(_group);
        Write("cpu.cfs_period_us", PeriodMicroseconds);
        Write("cpu.cfs_quota_us", (int)(PeriodMicroseconds * share));
        Write("cgroup.procs", processId);
    }

    /// <summary>False where this machine or user cannot.</summary>
    public static bool IsPossible => File.Exists(Path.Combine(Root, "cpu.cfs_quota_us"));

    /// <summary>The process must have ended.</summary>
    public void Dispose() => Directory.Delete(_group);

    private void Write(string file, int value) => File.WriteAllText(Path.Combine(_group, file), value.ToString(CultureInfo.InvariantCulture));
}
