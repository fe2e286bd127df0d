using Chaperone.TestKit;
using RabbitMQ.Client;

namespace Chaperone.Faults;

/// <summary>What an administrator or a broken network can do to records that wait in the broker.</summary>
internal static class RecordFaults
{
    private const string Queue = "chaperone.records";
    private const int MostMessages = 200;

    /// <summary>Records wait because no recorder lives; then the queue is emptied.</summary>
    public static FaultPoint Purged() => new()
    {
        Name = "records queue purged",
        TakesRecords = true,
        Hold = TimeSpan.FromSeconds(1),
        InjectAsync = (s, _) => Task.WhenAll(s.Gateway.Of("recorder").Select(r => r.KillAsync())),
        MendAsync = async (s, stop) =>
        {
            await using var connection = await s.Gateway.Broker!.ConnectAsync(s.Gateway.Vhost!, stop);
            await using var channel = await connection.CreateChannelAsync(cancellationToken: stop);
            await channel.QueuePurgeAsync(Queue, stop);
            foreach (var recorder in s.Gateway.Of("recorder"))
            {
                recorder.Restart();
            }
        },
    };

    /// <summary>Records wait because the recorders hang; then each is sent twice more, the last first.</summary>
    public static FaultPoint Repeated() => new()
    {
        Name = "records sent three times, last first",
        Hold = TimeSpan.FromSeconds(2),
        InjectAsync = (s, stop) => Task.WhenAll(s.Gateway.Of("recorder").Select(r => r.FreezeAsync(stop))),
        MendAsync = async (s, stop) =>
        {
            await RepeatAsync(s.Gateway, stop);
            await Task.WhenAll(s.Gateway.Of("recorder").Select(r => r.ThawAsync(stop)));
        },
    };

    private static async Task RepeatAsync(Gateway gateway, CancellationToken stop)
    {
        await using var connection = await gateway.Broker!.ConnectAsync(gateway.Vhost!, stop);
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), stop);
        var taken = new List<BasicGetResult>();
        while (taken.Count < MostMessages && await channel.BasicGetAsync(Queue, autoAck: false, stop) is { } message)
        {
            taken.Add(message);
        }

        if (taken.Count == 0)
        {
            throw new InvalidOperationException("No record waited in the queue: nothing could be sent again.");
        }

        taken.Reverse();
        foreach (var message in taken.Concat(taken))
        {
            await channel.BasicPublishAsync("", Queue, mandatory: true, new BasicProperties(message.BasicProperties), message.Body, stop);
        }

        // The first copy is given back, so that it comes a third time.
        await channel.BasicNackAsync(taken[0].DeliveryTag, multiple: true, requeue: true, stop);
    }
}
