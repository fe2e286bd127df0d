using System.Globalization;
using Chaperone.Recorder.Search;

namespace Chaperone.Recorder.Elastic;

/// <summary>
/// Remembers, over restarts, which records Elasticsearch holds with another hash than the ledger: somebody wrote there under
/// their ids. Said in the log, in a metric and in health until the document is gone or right again.
/// </summary>
internal sealed partial class TamperAlarm(ISearchStore search, RecorderHealth health, ILogger<TamperAlarm> logger)
{
    private const string State = "elastic-tampered";

    // More than that is one finding: the whole stream.
    private const int Most = 1000;

    private SortedSet<long>? _records;

    /// <summary>Records with an alarm; owned by the one loop that projects.</summary>
    public async ValueTask<IReadOnlyCollection<long>> ReadAsync(CancellationToken cancellationToken)
    {
        if (_records is null)
        {
            var text = await search.ReadStateAsync(State, cancellationToken);
            _records = [.. (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => long.Parse(w, CultureInfo.InvariantCulture))];
            Say();
        }

        return [.. _records];
    }

    /// <summary>Raises the alarm for a record.</summary>
    public async ValueTask RaiseAsync(long record, string stream, CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        if (_records!.Count < Most && _records.Add(record))
        {
            RecorderTelemetry.Tampered();
            Log.Tampered(logger, record, stream);
            await WriteAsync(cancellationToken);
        }
    }

    /// <summary>Takes the alarm for a record back.</summary>
    public async ValueTask ClearAsync(long record, CancellationToken cancellationToken)
    {
        if (_records!.Remove(record))
        {
            Log.Cleared(logger, record);
            await WriteAsync(cancellationToken);
        }
    }

    private async ValueTask WriteAsync(CancellationToken cancellationToken)
    {
        Say();
        await search.WriteStateAsync(State, string.Join(' ', _records!), cancellationToken);
    }

    private void Say() => health.Set(RecorderHealth.TamperPart, _records!.Count == 0 ? null
        : $"Elasticsearch holds {_records.Count} record(s) that are not those of the ledger, the first is {_records.Min}. The ledger is right: find out who may write there, and have the documents removed; see docs/elasticsearch.md.");

    private static partial class Log
    {
        [LoggerMessage(6061, LogLevel.Critical, "Record {Index} is in {Stream} with another hash than in the ledger: it was written or altered there by somebody else.")]
        public static partial void Tampered(ILogger logger, long index, string stream);

        [LoggerMessage(6062, LogLevel.Information, "Record {Index} is right again in Elasticsearch.")]
        public static partial void Cleared(ILogger logger, long index);
    }
}
