using System.Net.WebSockets;
using Chaperone.Approval.Notices;

namespace Chaperone.Approval.Slack;

/// <summary>
/// Socket Mode (docs.slack.dev/apis/events-api/using-socket-mode): we call Slack, and clicks come back over that connection.
/// It is opened anew whenever it ends; an envelope is acknowledged once its click is durable, and Slack sends it again otherwise.
/// </summary>
internal sealed partial class SlackSocket(SlackApi api, SlackInbox inbox, TimeProvider time, ILogger<SlackSocket> logger) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private TimeSpan _pause = FirstPause;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunAsync(stoppingToken);
                continue;
            }
            catch (BusyException e)
            {
                _pause = e.RetryAfter;
            }

            // Whatever ends a connection, the next one takes its place; the room must not die of it.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Lost(logger, _pause, e);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(_pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
        }
    }

    /// <summary>One connection; returns when Slack asks for the next one.</summary>
    private async Task RunAsync(CancellationToken stoppingToken)
    {
        var address = await api.SocketAddressAsync(stoppingToken);
        using var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(20);
        socket.Options.KeepAliveTimeout = TimeSpan.FromSeconds(20);
        await socket.ConnectAsync(address, stoppingToken);
        var greeted = false;
        while (await SlackEnvelope.ReceiveAsync(socket, stoppingToken) is { } envelope)
        {
            if (envelope.Type == "hello")
            {
                greeted = true;
                _pause = FirstPause;
            }

            // Without a greeting before it, coming back at once would only meet the same refusal.
            if (envelope.Type == "disconnect" && greeted)
            {
                Log.Renewed(logger);
                return;
            }

            if (envelope.Id is not null)
            {
                await TakeAsync(socket, envelope, stoppingToken);
            }
        }

        throw new WebSocketException("Slack closed the connection.");
    }

    private async Task TakeAsync(ClientWebSocket socket, SlackEnvelope envelope, CancellationToken stoppingToken)
    {
        SlackModalAsked? asked = null;
        try
        {
            asked = envelope.Payload is { } payload ? await inbox.TakeAsync(payload, stoppingToken) : null;
        }
        catch (FormatException e)
        {
            // Sending it again would not make it readable: it is acknowledged.
            Log.Unreadable(logger, e);
        }

        await SlackEnvelope.AcknowledgeAsync(socket, envelope, stoppingToken);
        if (asked is not null)
        {
            // Not awaited: the next envelope has its own three seconds.
            _ = inbox.OpenAsync(asked);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3041, LogLevel.Warning, "The Socket Mode connection ended; next attempt in {Pause}")]
        public static partial void Lost(ILogger logger, TimeSpan pause, Exception exception);

        [LoggerMessage(3042, LogLevel.Debug, "Slack renews the Socket Mode connection")]
        public static partial void Renewed(ILogger logger);

        [LoggerMessage(3043, LogLevel.Warning, "An envelope of Socket Mode could not be read")]
        public static partial void Unreadable(ILogger logger, Exception exception);
    }
}
