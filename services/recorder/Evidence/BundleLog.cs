using Chaperone.Ledger;

namespace Chaperone.Recorder.Evidence;

/// <summary>A log as a bundle shows it.</summary>
/// <param name="First">Number of its first record.</param>
/// <param name="Key">What its checkpoints are signed with.</param>
/// <param name="Head">Its signed tree.</param>
internal sealed record BundleLog(long First, NoteKey Key, TreeHead Head);
