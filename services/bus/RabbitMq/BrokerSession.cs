using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Chaperone.Bus.RabbitMq;

/// <summary>One life of a connection and its channels. When any of them ends, the session ends as a whole: half a session would look well and answer nobody.</summary>
internal sealed class BrokerSession : IAsyncDisposable
{
    private static readonly TimeSpan GoodbyeLimit = TimeSpan.FromSeconds(2);

    private readonly IConnection _connection;
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _lost = new();
    private volatile string? _blocked;

    private BrokerSession(IConnection connection)
    {
        _connection = connection;
        Lost = _lost.Token;
        connection.ConnectionShutdownAsync += (_, e) => EndAsync(e.ReplyText);
        connection.ConnectionBlockedAsync += (_, e) =>
        {
            _blocked = $"the broker accepts no messages now: {e.Reason}";
            return Task.CompletedTask;
        };
        connection.ConnectionUnblockedAsync += (_, _) =>
        {
            _blocked = null;
            return Task.CompletedTask;
        };
    }

    /// <summary>Null, or why the broker takes no messages at the moment (memory or disk alarm).</summary>
    public string? Blocked => _blocked;

    /// <summary>Ends with the session.</summary>
    public CancellationToken Lost { get; }

    /// <summary>Completes with the reason when the session ends.</summary>
    public Task<string> Ended => _ended.Task;

    public static async Task<BrokerSession> ConnectAsync(BrokerAddress address, string purpose, CancellationToken cancellationToken) =>
        new(await address.ConnectAsync(purpose, cancellationToken));

    /// <summary>Opens a channel whose end is the session's end.</summary>
    public async Task<IChannel> OpenChannelAsync(bool confirms, CancellationToken cancellationToken)
    {
        // One dispatch task each: handlers only hand over, and many tasks would be woken for every message.
        var channel = await _connection.CreateChannelAsync(
            new CreateChannelOptions(confirms, confirms, outstandingPublisherConfirmationsRateLimiter: null, consumerDispatchConcurrency: 1),
            cancellationToken);
        channel.ChannelShutdownAsync += (_, e) => EndAsync(e.ReplyText);
        return channel;
    }

    /// <summary>Ends the session because its topology is not what it should be; the link makes a new one.</summary>
    public Task EndAsync(string reason)
    {
        if (_ended.TrySetResult(reason))
        {
            _lost.Cancel();
        }

        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync("closed");
        try
        {
            await _connection.CloseAsync(Constants.ReplySuccess, "bye", GoodbyeLimit, abort: true, CancellationToken.None);
            await _connection.DisposeAsync();
        }
        catch (Exception e) when (e is AlreadyClosedException or OperationInterruptedException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // It is gone, which is what we wanted.
        }

        _lost.Dispose();
    }
}
