namespace Chaperone.Policy.Pins;

/// <summary>A server's first use. Its list may have several pages: what the same session is shown on the next ones belongs to it.</summary>
/// <param name="SessionId">Whose session began it.</param>
/// <param name="BeganAt">When.</param>
/// <param name="Open">Whether more pages are to come.</param>
internal sealed record Baseline(Guid SessionId, DateTimeOffset BeganAt, bool Open);
