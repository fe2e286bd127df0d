using Chaperone.Contracts;

namespace Chaperone.Recorder.Siem;

/// <summary>Tells the severity of records.</summary>
internal static class SyslogSeverities
{
    public static SyslogSeverity Of(RecordEntry entry) => entry.Kind switch
    {
        RecordKind.Gap or RecordKind.Alarm => SyslogSeverity.Critical,
        RecordKind.Intent when entry.Decision?.Effect is not (CallEffect.Allow or CallEffect.Hold) => SyslogSeverity.Warning,
        RecordKind.Outcome when entry.Outcome?.Status is not (OutcomeStatus.Answered or OutcomeStatus.Pending or OutcomeStatus.Cancelled) => SyslogSeverity.Warning,
        RecordKind.Void => SyslogSeverity.Warning,
        RecordKind.Approval or RecordKind.Configuration or RecordKind.Export or RecordKind.Reveal => SyslogSeverity.Notice,
        _ => SyslogSeverity.Informational,
    };
}
