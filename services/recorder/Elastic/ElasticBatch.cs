namespace Chaperone.Recorder.Elastic;

/// <summary>The documents of the records [<paramref name="From"/>, <paramref name="To"/>).</summary>
internal sealed record ElasticBatch(long From, long To, IReadOnlyList<ElasticItem> Items);
