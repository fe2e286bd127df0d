namespace Chaperone.Recorder.Evidence;

/// <summary>No bundle can be made: the request cannot be met; the sentence says why and what to do.</summary>
internal sealed class EvidenceException(string message) : Exception(message);
