namespace Chaperone.Recorder.Evidence;

/// <summary>A bundle that was made.</summary>
/// <param name="Sha256">Of the zip, lower-case hex.</param>
/// <param name="Bytes">Of the zip.</param>
/// <param name="TreeSize">Leaves of the tree it is proved against.</param>
/// <param name="Records">Records in it.</param>
/// <param name="Missing">Numbers of edges that have no record, in the whole period.</param>
internal sealed record EvidenceResult(string Sha256, long Bytes, long TreeSize, long Records, long Missing);
