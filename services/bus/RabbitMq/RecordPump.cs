using System.Threading.Channels;
using Chaperone.Contracts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Chaperone.Bus.RabbitMq;

/// <summary>
/// Brings records from the queue to the keeper. A message is acknowledged only after <see cref="IRecordKeeper.KeepAsync"/>
/// returned, so a crash anywhere delivers it again; several recorders compete safely. What can never be kept is parked.
/// </summary>
internal sealed partial class RecordPump(IRecordKeeper keeper, IOptions<BusOptions> options, TimeProvider time, ILogger<RecordPump> logger) : IBrokerUser
{
    // Messages, of up to 128 records each.
    private const ushort Prefetch = 64;

    // A commit costs the recorder and its database as much as dozens of records do, and nobody waits for it: the quorum has them.
    private static readonly TimeSpan GatherFor = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan KeepLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly PoisonJudge _judge = new();
    private Channel<RecordDelivery> _deliveries = Channel.CreateUnbounded<RecordDelivery>();
    private Task _loop = Task.CompletedTask;
    private (IChannel Channel, string Tag)? _consumer;
    private int _failedRounds;

    public string Purpose => "the records";

    public async Task OpenAsync(BrokerSession session, CancellationToken cancellationToken)
    {
        await _loop;
        var channel = await session.OpenChannelAsync(confirms: false, cancellationToken);
        await RecordQueue.DeclareAsync(channel, options.Value, cancellationToken);
        await channel.BasicQosAsync(0, Prefetch, global: false, cancellationToken);
        var deliveries = _deliveries = Channel.CreateUnbounded<RecordDelivery>(new UnboundedChannelOptions { SingleReader = true });
        _loop = RunAsync(deliveries.Reader, channel, session);
        var consumer = new QueueConsumer(channel, session, (tag, properties, body) => deliveries.Writer.TryWrite(new RecordDelivery(tag, properties, body)));
        _consumer = (channel, await channel.BasicConsumeAsync(RecordQueue.Records, autoAck: false, consumer, cancellationToken));
    }

    public async Task DrainAsync(BrokerSession session)
    {
        try
        {
            if (_consumer is { } consumer)
            {
                await consumer.Channel.BasicCancelAsync(consumer.Tag, noWait: false, session.Lost);
            }

            _deliveries.Writer.TryComplete();
            await _loop.WaitAsync(DrainLimit, time, session.Lost);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException or AlreadyClosedException or OperationInterruptedException)
        {
            // What is not acknowledged is delivered again.
        }
    }

    public void Lost()
    {
        _consumer = null;
        _deliveries.Writer.TryComplete();
    }

    private async Task RunAsync(ChannelReader<RecordDelivery> deliveries, IChannel channel, BrokerSession session)
    {
        try
        {
            while (await deliveries.WaitToReadAsync(session.Lost))
            {
                var round = await GatherAsync(deliveries, channel, session);
                if (round.Count == 0)
                {
                    continue;
                }

                if (await TryKeepAsync([.. round.SelectMany(d => d.Entries)], session))
                {
                    round.ForEach(d => _judge.Kept(d.Key));
                    _failedRounds = 0;
                    await channel.BasicAckAsync(round[^1].Tag, multiple: true, session.Lost);
                }
                else
                {
                    await SettleOneByOneAsync(round, channel, session);
                }
            }
        }
        catch (OperationCanceledException) when (session.Lost.IsCancellationRequested)
        {
            // The broker delivers again what was not acknowledged.
        }

        // Whatever ended this loop must end the session too: a consumer that takes and never keeps would hold records for ever.
        catch (Exception e)
        {
            await session.EndAsync($"keeping records stopped: {e.GetType().Name}");
        }
    }

    private async Task<List<RecordDelivery>> GatherAsync(ChannelReader<RecordDelivery> deliveries, IChannel channel, BrokerSession session)
    {
        var round = new List<RecordDelivery>(Prefetch);
        await TakeAsync(round, deliveries, channel, session);
        if (round.Count < Prefetch)
        {
            await Task.Delay(GatherFor, time, session.Lost);
            await TakeAsync(round, deliveries, channel, session);
        }

        return round;
    }

    private async Task TakeAsync(List<RecordDelivery> round, ChannelReader<RecordDelivery> deliveries, IChannel channel, BrokerSession session)
    {
        while (round.Count < Prefetch && deliveries.TryRead(out var delivery))
        {
            if (delivery.Redelivered)
            {
                BusTelemetry.RecordsRedelivered.Add(1);
            }

            if (delivery.Unreadable is { } reason)
            {
                await ParkAsync(delivery, reason, channel, session);
            }
            else
            {
                round.Add(delivery);
            }
        }
    }

    /// <summary>A round failed as a whole: keeps what can be kept alone, returns or parks the rest, and pauses.</summary>
    private async Task SettleOneByOneAsync(List<RecordDelivery> round, IChannel channel, BrokerSession session)
    {
        var mark = _judge.Mark();
        var failed = new List<RecordDelivery>();
        foreach (var delivery in round)
        {
            if (round.Count > 1 && await TryKeepAsync(delivery.Entries, session))
            {
                _judge.Kept(delivery.Key);
                await channel.BasicAckAsync(delivery.Tag, multiple: false, session.Lost);
            }
            else
            {
                failed.Add(delivery);
            }
        }

        _failedRounds = failed.Count < round.Count ? 1 : _failedRounds + 1;
        Log.NotKept(logger, failed.Count, _failedRounds);
        foreach (var delivery in failed)
        {
            if (_judge.Failed(delivery.Key, mark))
            {
                await ParkAsync(delivery, "the recorder keeps others but not this one", channel, session);
            }
            else
            {
                await channel.BasicNackAsync(delivery.Tag, multiple: false, requeue: true, session.Lost);
            }
        }

        var pause = TimeSpan.FromMilliseconds(100 * Math.Pow(2, Math.Min(_failedRounds, 10)));
        await Task.Delay(pause < LongestPause ? pause : LongestPause, time, session.Lost);
    }

    private async Task<bool> TryKeepAsync(IReadOnlyList<RecordEntry> entries, BrokerSession session)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(session.Lost);
        limit.CancelAfter(KeepLimit);
        try
        {
            await keeper.KeepAsync(entries, limit.Token).AsTask().WaitAsync(limit.Token);
            return true;
        }

        // Not kept is not kept, whatever was thrown; the message stays the broker's. The type only: its text may quote a record.
        catch (Exception e) when (!session.Lost.IsCancellationRequested)
        {
            Log.KeeperFailed(logger, entries.Count, e.GetType().Name, e.StackTrace);
            return false;
        }
    }

    private async Task ParkAsync(RecordDelivery delivery, string reason, IChannel channel, BrokerSession session)
    {
        var ids = string.Join(' ', delivery.Entries.Select(e => e.EventId));
        Log.Parked(logger, delivery.Entries.Count, RecordQueue.Parked, reason, ids);
        BusTelemetry.RecordsParked.Add(1);

        // Rejected without requeue: the broker moves it, and lets go of it only when the parked queue has it.
        await channel.BasicRejectAsync(delivery.Tag, requeue: false, session.Lost);
    }

    private static partial class Log
    {
        [LoggerMessage(9040, LogLevel.Error, "The recorder could not keep {Count} records: {ExceptionType}\n{Stack}")]
        public static partial void KeeperFailed(ILogger logger, int count, string exceptionType, string? stack);

        [LoggerMessage(9041, LogLevel.Warning, "{Count} record messages go back to the queue, failed round {Round}")]
        public static partial void NotKept(ILogger logger, int count, int round);

        [LoggerMessage(9042, LogLevel.Critical, "A message of {Count} records was parked in {Queue}: {Reason}. Event ids: {Ids}")]
        public static partial void Parked(ILogger logger, int count, string queue, string reason, string ids);
    }
}
