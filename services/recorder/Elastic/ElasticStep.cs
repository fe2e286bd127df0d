namespace Chaperone.Recorder.Elastic;

/// <summary>What one step of projection came to.</summary>
internal enum ElasticStep
{
    /// <summary>Elasticsearch has all that the ledger has.</summary>
    Idle = 0,

    /// <summary>It got some more.</summary>
    Moved = 1,

    /// <summary>Another recorder sends, or did until a moment ago.</summary>
    Waiting = 2,
}
