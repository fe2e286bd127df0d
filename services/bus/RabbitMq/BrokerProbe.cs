using System.Net.Sockets;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Chaperone.Bus.RabbitMq;

/// <summary>Asks a broker once whether rooms with these settings could work with it; for people who install.</summary>
public static class BrokerProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AlarmComesWithin = TimeSpan.FromSeconds(1);

    /// <summary>Null when it takes the user, lets it declare the queue of records, and confirms a message; else what is wrong and what to do, without secrets.</summary>
    public static async Task<(string Problem, string Remedy)?> TryAsync(BusOptions options, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        var address = new BrokerAddress(Options.Create(options));
        try
        {
            await using var session = await BrokerSession.ConnectAsync(address, "the doctor", limit.Token);
            var channel = await session.OpenChannelAsync(confirms: true, limit.Token);
            await RecordQueue.DeclareAsync(channel, options, limit.Token);

            // To a queue of its own: an alarm shows only once somebody publishes.
            var queue = await channel.QueueDeclareAsync(string.Empty, durable: false, exclusive: true, autoDelete: true, cancellationToken: limit.Token);
            using var confirmed = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
            confirmed.CancelAfter(AlarmComesWithin * 5);
            try
            {
                await channel.BasicPublishAsync(string.Empty, queue.QueueName, mandatory: true, new BasicProperties(), ReadOnlyMemory<byte>.Empty, confirmed.Token);
            }
            catch (OperationCanceledException) when (!limit.IsCancellationRequested)
            {
                return (session.Blocked is { } blocked ? $"{address.Uri}: {blocked}" : $"{address.Uri} does not confirm a message", "rabbitmq-diagnostics alarms names a memory or disk alarm: free memory or disk.");
            }

            return null;
        }
        catch (BrokerUnreachableException e) when (e.InnerException is AuthenticationFailureException)
        {
            return ($"{address.Uri} does not take the user {address.User}", "Write its password into Bus:PasswordFile (rabbitmqctl change_password).");
        }
        catch (OperationInterruptedException e)
        {
            return ($"{address.Uri} refuses: {e.ShutdownReason?.ReplyText}", "rabbitmqctl list_permissions must give the user configure, write and read on the virtual host; 'inequivalent arg' means that the queue was declared with other settings.");
        }
        catch (BrokerUnreachableException e)
        {
            return ($"{address.Uri} cannot be reached: {e.GetBaseException().Message}", "Is RabbitMQ up, does the virtual host exist, and do host, port and TLS of Bus:Uri fit?");
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return ($"{address.Uri} did not answer: {e.GetBaseException().Message}", "Is RabbitMQ up, and is a firewall between?");
        }
    }
}
