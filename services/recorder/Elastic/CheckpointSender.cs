using System.Globalization;
using Chaperone.Recorder.Search;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Elastic;

/// <summary>Sends the signed checkpoint now and then, each size once. Owned by one loop.</summary>
internal sealed class CheckpointSender(ILedgerStore ledger, ISearchStore search, ElasticStreams streams, ElasticWriter writer, TamperAlarm alarm, string origin, TimeSpan every, TimeProvider time)
{
    private const string State = "elastic-checkpoint";

    private long? _sent;
    private long _sentAt;

    /// <summary>Sends the last checkpoint if it is new and the last one was sent long enough ago.</summary>
    public async ValueTask StepAsync(CancellationToken cancellationToken)
    {
        if (_sent is not null && time.GetElapsedTime(_sentAt) < every)
        {
            return;
        }

        _sent ??= long.Parse(await search.ReadStateAsync(State, cancellationToken) ?? "-1", CultureInfo.InvariantCulture);
        if (await ledger.ReadCheckpointAsync(cancellationToken) is not { } checkpoint || checkpoint.Size == _sent)
        {
            return;
        }

        await SendAsync(CheckpointDocument.Of(checkpoint, origin), cancellationToken);
        await search.WriteStateAsync(State, checkpoint.Size.ToString(CultureInfo.InvariantCulture), cancellationToken);
        _sent = checkpoint.Size;
        _sentAt = time.GetTimestamp();
    }

    // One document in minutes: it is always looked up first.
    private async ValueTask SendAsync(ElasticItem item, CancellationToken cancellationToken)
    {
        await streams.RefreshAsync(cancellationToken);
        if (await streams.FindCheckpointAsync(item.Sequence, cancellationToken) is not { } stored)
        {
            await writer.StoreAsync([item], cancellationToken);
        }
        else if (stored != item.Hash)
        {
            await alarm.RaiseAsync(item.Sequence, item.Dataset, cancellationToken);
        }
    }
}
