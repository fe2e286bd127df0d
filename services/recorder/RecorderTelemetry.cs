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

    private static readonly Counter<int> LedgerAlarms = Meter.CreateCounter<int>("chaperone.recorder.alarms", "{alarm}", "Alarms about the evidence itself, by name.");

    private static readonly Counter<int> Documents = Meter.CreateCounter<int>("chaperone.recorder.elastic.documents", "{document}", "Documents that Elasticsearch stored.");
    private static readonly Counter<int> Faults = Meter.CreateCounter<int>("chaperone.recorder.elastic.faults", "{attempt}", "Attempts that Elasticsearch did not take, by fault.");
    private static readonly Counter<int> Alarms = Meter.CreateCounter<int>("chaperone.recorder.elastic.tampered", "{record}", "Records that Elasticsearch holds with another hash than the ledger.");
    private static readonly Counter<int> Repaired = Meter.CreateCounter<int>("chaperone.recorder.elastic.repaired", "{document}", "Documents that were missing in Elasticsearch and were sent again.");
    private static readonly Gauge<long> Lag = Meter.CreateGauge<long>("chaperone.recorder.elastic.lag", "{record}", "Records that Elasticsearch does not have yet.");

    private static readonly Counter<int> Messages = Meter.CreateCounter<int>("chaperone.recorder.syslog.messages", "{message}", "Messages that a syslog collector took.");
    private static readonly Gauge<long> Undelivered = Meter.CreateGauge<long>("chaperone.recorder.syslog.lag", "{record}", "Records that are not known to be delivered to the syslog collector.");

    public static void SyslogSent(int messages) => Messages.Add(messages);

    public static void SyslogLag(long records) => Undelivered.Record(records);

    public static void Indexed(int documents) => Documents.Add(documents);

    public static void ElasticFailed(string fault) => Faults.Add(1, new KeyValuePair<string, object?>("fault", fault));

    public static void Tampered() => Alarms.Add(1);

    public static void RepairedDocuments(int documents) => Repaired.Add(documents);

    public static void ElasticLag(long records) => Lag.Record(records);

    public static void Committed(int records, TimeSpan took)
    {
        BatchSize.Record(records);
        CommitTime.Record(took.TotalSeconds);
    }

    public static void AlarmRaised(string name) => LedgerAlarms.Add(1, new KeyValuePair<string, object?>("alarm", name));

    public static void GapFound() => Gaps.Add(1);

    public static void Refused(int records) => Refusals.Add(records);
}
