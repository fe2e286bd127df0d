namespace Chaperone.Recorder.Store;

/// <summary>The last checkpoint any recorder of this store signed.</summary>
/// <param name="Size">Its tree size.</param>
/// <param name="SignedAt">When.</param>
/// <param name="Note">The signed note, verbatim.</param>
internal sealed record PublishedCheckpoint(long Size, DateTimeOffset SignedAt, string Note);
