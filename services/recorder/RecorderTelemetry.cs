using System.Diagnostics.Metrics;

namespace Chaperone.Recorder;

/// <summary>Metrics of the room (meter <c>Chaperone.Recorder</c>): counts and durations, never content.</summary>
internal static class RecorderTelemetry
{
    public const string MeterName = "Chaperone.Recorder";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Histogram<int> BatchSize = Meter.CreateHistogram<int>("chaperone.recorder.batch", "{record}", "Records in one commit.");
    private static readonly Histogram<double> CommitTime = Meter.CreateHistogram<double>("chaperone.recorder.commit", "s", "Time of one commit.");
    private static readonly Counter<int> Refusals = Meter.CreateCounter<int>("chaperone.recorder.refused", "{record}", "Records that can never be kept.");

    private static readonly Counter<int> Gaps = Meter.CreateCounter<int>("chaperone.recorder.gaps", "{gap}", "Gaps in an edge's numbering.");

    public static void Committed(int records, TimeSpan took)
    {
        BatchSize.Record(records);
        CommitTime.Record(took.TotalSeconds);
    }

    public static void GapFound() => Gaps.Add(1);

    public static void Refused(int records) => Refusals.Add(records);
}
