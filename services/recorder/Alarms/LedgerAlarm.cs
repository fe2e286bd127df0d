namespace Chaperone.Recorder.Alarms;

/// <summary>Something that is wrong with the evidence itself.</summary>
/// <param name="Name">What, e.g. <c>witness-fork</c>; stable, for rules.</param>
/// <param name="Subject">What it is about; the same name and subject are recorded once. PHI-free.</param>
/// <param name="Detail">One PHI-free sentence with the remedy.</param>
internal sealed record LedgerAlarm(string Name, string Subject, string Detail);
