namespace Chaperone.Recorder.Elastic;

/// <summary>Elasticsearch did not do what it was asked. The message names the cause and the remedy, and never holds what was sent.</summary>
internal sealed class ElasticException(ElasticFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public ElasticFault Fault => fault;

    /// <summary>How long the server asks us to wait; null if it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
