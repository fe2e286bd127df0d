namespace Chaperone.Recorder.Elastic;

/// <summary>Another recorder sends to Elasticsearch now; this one stops at once.</summary>
internal sealed class ClaimLostException() : Exception("Another recorder sends to Elasticsearch now.");
