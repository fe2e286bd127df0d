namespace Chaperone.Recorder.Keys;

/// <summary>What came of wrapping keys under the current root.</summary>
/// <param name="Months">Months whose keys were wrapped anew.</param>
/// <param name="Left">Keys that do not open under the root that wraps them, and so stay as they are.</param>
/// <param name="Away">Why it ended early; null where all keys were tried.</param>
internal sealed record RewrapResult(int Months, IReadOnlyList<LeftKey> Left, RootAwayException? Away);

/// <summary>A wrapped key that stays under its old root.</summary>
/// <param name="Seals">What it seals: a month, or words.</param>
/// <param name="RootId">The root that wraps it.</param>
/// <param name="Reason">Why it does not open, and the remedy where there is one.</param>
internal sealed record LeftKey(string Seals, string RootId, string Reason);
