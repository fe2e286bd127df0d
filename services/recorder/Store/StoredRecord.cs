namespace Chaperone.Recorder.Store;

/// <summary>A leaf with its header and object; either is null where the store lost it.</summary>
internal sealed record StoredRecord(StoredLeaf Leaf, byte[]? Header, byte[]? Object);
