namespace Chaperone.Recorder.Elastic;

/// <summary>One document on its way.</summary>
/// <param name="Dataset">See <see cref="ElasticDatasets"/>.</param>
/// <param name="Id">The event's id: the same record is always the same document.</param>
/// <param name="Sequence">Index of the ledger's leaf.</param>
/// <param name="Hash">Hash of that leaf, lower-case hex.</param>
/// <param name="Document">One line of JSON without its end.</param>
internal sealed record ElasticItem(string Dataset, string Id, long Sequence, string Hash, ReadOnlyMemory<byte> Document);
