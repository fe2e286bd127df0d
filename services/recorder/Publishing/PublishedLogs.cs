using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Publishing;

/// <summary>What this process published last: the logs, the last of which is open, and its checkpoint.</summary>
/// <param name="Logs">Oldest first.</param>
/// <param name="Last">The open log's checkpoint; its size counts the records of all logs.</param>
internal sealed record PublishedLogs(IReadOnlyList<YearLog> Logs, PublishedCheckpoint Last)
{
    /// <summary>The log that is open.</summary>
    public YearLog Open => Logs[^1];
}
