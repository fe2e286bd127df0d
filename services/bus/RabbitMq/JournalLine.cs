using System.Threading.Channels;
using Chaperone.Bus.Wire;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Chaperone.Bus.RabbitMq;

/// <summary>
/// The group commit: one loop takes all that wait (at most 128), publishes them as one message, waits for its confirm, and
/// lets all go. It sends at once when it was idle, so a lone record pays nothing for the grouping.
/// </summary>
internal sealed partial class JournalLine(IOptions<BusOptions> options, ILogger<JournalLine> logger) : IBrokerUser
{
    private const int LargestGroup = 128;
    private const int LargestGroupBytes = 1 << 20;

    // Bounded by its users: each writer leaves within JournalTimeout, and what it leaves is skipped.
    private readonly Channel<WaitingRecord> _waiting = Channel.CreateUnbounded<WaitingRecord>(new UnboundedChannelOptions { SingleReader = true });
    private readonly BasicProperties _properties = new() { DeliveryMode = DeliveryModes.Persistent, Type = "RecordGroup" };
    private Task _loop = Task.CompletedTask;
    private volatile bool _open;

    public string Purpose => "the journal";

    public async Task OpenAsync(BrokerSession session, CancellationToken cancellationToken)
    {
        var channel = await session.OpenChannelAsync(confirms: true, cancellationToken);
        await RecordQueue.DeclareAsync(channel, options.Value, cancellationToken);

        // The loop of the session before ended with it; this only makes sure that there are never two.
        await _loop;
        _open = true;
        _loop = CommitAsync(channel, session);
    }

    public async Task DrainAsync(BrokerSession session)
    {
        await session.EndAsync("the process stops");
        await _loop;
    }

    public void Lost() => _open = false;

    /// <summary>Adds a record; it is settled, or its writer's limit ends its wait.</summary>
    public void Add(WaitingRecord record)
    {
        if (!_open)
        {
            record.Fail("The broker is not connected.");
            record.Frame.Dispose();
            return;
        }

        _waiting.Writer.TryWrite(record);
    }

    private async Task CommitAsync(IChannel channel, BrokerSession session)
    {
        var group = new List<WaitingRecord>(LargestGroup);
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(session.Lost))
            {
                var bytes = Gather(group);
                if (group.Count > 0)
                {
                    await CommitAsync(channel, session, group, bytes);
                    group.Clear();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The session ended.
        }
        finally
        {
            // Only this loop reads, so only it may empty the queue. Who comes later waits for the next session, or gives up.
            _open = false;
            FailWaiting("The broker connection was lost.");
        }
    }

    private int Gather(List<WaitingRecord> group)
    {
        var bytes = 0;
        while (group.Count < LargestGroup && _waiting.Reader.TryPeek(out var next))
        {
            var size = next.Frame.Length + RecordGroup.Overhead;
            if (group.Count > 0 && bytes + size > LargestGroupBytes)
            {
                break;
            }

            _waiting.Reader.TryRead(out _);
            if (next.IsGivenUp)
            {
                next.Frame.Dispose();
                continue;
            }

            group.Add(next);
            bytes += size;
        }

        return bytes;
    }

    private async Task CommitAsync(IChannel channel, BrokerSession session, List<WaitingRecord> group, int bytes)
    {
        BusTelemetry.JournalGroup.Record(group.Count);
        using var message = RecordGroup.Write(group.Select(r => r.Frame), bytes);
        foreach (var record in group)
        {
            record.Frame.Dispose();
        }

        var problem = await PublishAsync(channel, session, message);
        foreach (var record in group)
        {
            if (problem is null)
            {
                record.Confirm();
            }
            else
            {
                record.Fail(problem);
            }
        }
    }

    /// <summary>Null when the quorum has the message; else why it is not known to.</summary>
    private async Task<string?> PublishAsync(IChannel channel, BrokerSession session, FrameBuffer message)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(session.Lost);
        limit.CancelAfter(options.Value.JournalTimeout);
        try
        {
            // Mandatory: a message that no queue takes is confirmed too, and would be a record that nobody has.
            await channel.BasicPublishAsync("", RecordQueue.Records, mandatory: true, _properties, message.Written, limit.Token);
            return null;
        }
        catch (PublishException e) when (e.IsReturn)
        {
            Log.QueueGone(logger);
            await session.EndAsync("the records queue is gone");
            return "The records queue is gone.";
        }
        catch (PublishException)
        {
            Log.Rejected(logger);
            return "The records queue rejected the record: it is full, or has lost its quorum.";
        }
        catch (OperationCanceledException) when (!session.Lost.IsCancellationRequested)
        {
            return "The broker did not confirm the record in time.";
        }

        // Not confirmed is all that the writers need to know; the loop must live on to tell the next ones.
        catch (Exception e)
        {
            return $"The broker connection was lost: {e.GetType().Name}.";
        }
    }

    private void FailWaiting(string reason)
    {
        while (_waiting.Reader.TryRead(out var record))
        {
            record.Fail(reason);
            record.Frame.Dispose();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(9030, LogLevel.Critical, "The records queue is gone; records in it are lost to the recorder and will show as gaps. It is declared anew")]
        public static partial void QueueGone(ILogger logger);

        [LoggerMessage(9031, LogLevel.Error, "The records queue rejected records: it is full, or has lost its quorum. Calls are refused")]
        public static partial void Rejected(ILogger logger);
    }
}
