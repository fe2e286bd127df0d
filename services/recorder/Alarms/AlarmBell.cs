using System.Text;
using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Alarms;

/// <summary>Raises alarms about the evidence: a record, a critical line in the log stream, and a metric. Thread-safe.</summary>
internal sealed partial class AlarmBell(IRecordKeeper keeper, TimeProvider time, ILogger<AlarmBell> logger)
{
    private readonly Lock _lock = new();
    private readonly HashSet<(string, string)> _said = [];

    /// <summary>Raises an alarm; one that was raised before is in the ledger already, and is neither recorded nor said again. False if it could not be recorded: raise it again later.</summary>
    public async ValueTask<bool> RaiseAsync(LedgerAlarm alarm, CancellationToken cancellationToken)
    {
        if (IsNew(alarm))
        {
            RecorderTelemetry.AlarmRaised(alarm.Name);
            Log.Alarm(logger, alarm.Name, alarm.Detail);
        }

        try
        {
            await keeper.KeepAsync([ToRecord(alarm)], cancellationToken);
            return true;
        }
        catch (RecordsNotKeptException e)
        {
            Log.NotRecorded(logger, e, alarm.Name);
            return false;
        }
    }

    private bool IsNew(LedgerAlarm alarm)
    {
        lock (_lock)
        {
            return _said.Add((alarm.Name, alarm.Subject));
        }
    }

    private RecordEntry ToRecord(LedgerAlarm alarm) => new()
    {
        EventId = DerivedId.Of("chaperone/alarm/v1", $"{alarm.Name}\n{alarm.Subject}", 0),
        Kind = RecordKind.Alarm,
        OccurredAt = time.GetUtcNow(),
        Source = "recorder",
        Note = Encoding.UTF8.GetString(new CanonicalJson().BeginObject()
            .Member("alarm", alarm.Name).Member("detail", alarm.Detail).Member("subject", alarm.Subject)
            .EndObject().ToArray()),
    };

    private static partial class Log
    {
        [LoggerMessage(6070, LogLevel.Critical, "Alarm {Alarm}: {Detail}")]
        public static partial void Alarm(ILogger logger, string alarm, string detail);

        [LoggerMessage(6071, LogLevel.Error, "Alarm {Alarm} cannot be recorded now.")]
        public static partial void NotRecorded(ILogger logger, Exception exception, string alarm);
    }
}
