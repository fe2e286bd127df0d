using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chaperone.Bus.RabbitMq;

/// <summary>Keeps one <see cref="IBrokerUser"/> connected: connects, declares, waits for the end, and begins again a second later.</summary>
internal sealed partial class BrokerLink(IBrokerUser user, BrokerAddress address, TimeProvider time, ILogger<BrokerLink> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private volatile BrokerSession? _session;
    private volatile string? _down = "not connected yet";

    /// <summary>Null when messages can travel, else one PHI-free sentence.</summary>
    public string? Problem => (_down ?? _session?.Blocked) is { } reason
        ? $"The broker connection for {user.Purpose} is down: {reason}."
        : null;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_session is { } session)
        {
            await user.DrainAsync(session);
        }

        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunSessionAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            // Whatever the network, the broker or its rights did: say it, and try again; giving up would need a restart by hand.
            catch (Exception e)
            {
                Down(e.GetBaseException().Message);
            }

            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RunSessionAsync(CancellationToken stoppingToken)
    {
        await using var session = await BrokerSession.ConnectAsync(address, user.Purpose, stoppingToken);
        try
        {
            await user.OpenAsync(session, stoppingToken);
            _session = session;
            _down = null;
            Log.Connected(logger, user.Purpose);
            Down(await session.Ended.WaitAsync(stoppingToken));
        }
        finally
        {
            _session = null;
            user.Lost();
        }
    }

    private void Down(string reason)
    {
        // The same trouble each second is one line, not one per second.
        if (_down != reason)
        {
            Log.Down(logger, user.Purpose, reason);
            BusTelemetry.ConnectionsLost.Add(1, new KeyValuePair<string, object?>("purpose", user.Purpose));
        }

        _down = reason;
    }

    private static partial class Log
    {
        [LoggerMessage(9010, LogLevel.Information, "Connected to the broker for {Purpose}")]
        public static partial void Connected(ILogger logger, string purpose);

        [LoggerMessage(9011, LogLevel.Warning, "No broker connection for {Purpose}: {Reason}; trying again every second")]
        public static partial void Down(ILogger logger, string purpose, string reason);
    }
}
