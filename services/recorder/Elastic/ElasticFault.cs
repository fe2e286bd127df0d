namespace Chaperone.Recorder.Elastic;

/// <summary>Why Elasticsearch did not do what it was asked.</summary>
internal enum ElasticFault
{
    /// <summary>Sent, but without an answer: it may have happened, or may happen still.</summary>
    Unsure = 0,

    /// <summary>No connection: nothing happened.</summary>
    Unreachable = 1,

    /// <summary>Overloaded, or its disk is full (429).</summary>
    Busy = 2,

    /// <summary>The server failed, and said so (5xx).</summary>
    Failing = 3,

    /// <summary>The request is larger than the server takes (413).</summary>
    TooLarge = 4,

    /// <summary>The server finds the request wrong (400).</summary>
    Rejected = 5,

    /// <summary>The key may not do this, or the index is blocked (401, 403).</summary>
    Refused = 6,

    /// <summary>Something that setup makes is not there (404).</summary>
    Missing = 7,

    /// <summary>What answers is no Elasticsearch that we can speak to.</summary>
    Foreign = 8,
}
