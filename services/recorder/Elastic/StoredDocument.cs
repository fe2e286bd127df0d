namespace Chaperone.Recorder.Elastic;

/// <summary>What Elasticsearch holds of one record.</summary>
/// <param name="Dataset">The stream's kind.</param>
/// <param name="Id">The event's id.</param>
/// <param name="Sequence">Index of the ledger's leaf.</param>
/// <param name="Hash">The leaf's hash as stored there.</param>
internal sealed record StoredDocument(string Dataset, string Id, long Sequence, string Hash);
