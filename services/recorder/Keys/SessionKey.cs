namespace Chaperone.Recorder.Keys;

/// <summary>The key of one session's messages of one month, wrapped under that month's key; null once it was destroyed by an order.</summary>
internal sealed record SessionKey(Guid SessionId, string PeriodId, string Person, byte[]? Wrapped, string? Order);
