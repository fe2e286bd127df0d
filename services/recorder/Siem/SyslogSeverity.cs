namespace Chaperone.Recorder.Siem;

/// <summary>How much a record matters to who watches (RFC 5424 section 6.2.1).</summary>
internal enum SyslogSeverity
{
    /// <summary>The evidence itself: gaps, alarms, records that do not open.</summary>
    Critical = 2,

    /// <summary>A call that was refused, withheld or failed.</summary>
    Warning = 4,

    /// <summary>Something that people decided or changed.</summary>
    Notice = 5,

    /// <summary>All else.</summary>
    Informational = 6,
}
