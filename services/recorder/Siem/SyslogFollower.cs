using System.Globalization;
using Chaperone.Recorder.Search;
using Chaperone.Recorder.Sequencing;
using Chaperone.Recorder.Store;
using Microsoft.Extensions.Options;

namespace Chaperone.Recorder.Siem;

/// <summary>
/// Sends every record to the collector in ledger order. The ledger is the queue on disk; a mark beside the search says what
/// was delivered. Syslog has no acknowledgements: a message counts as delivered when the collector's machine took its bytes
/// and the connection stood for <see cref="SyslogOptions.SettleAfter"/> longer. What was sent after the mark is sent again on
/// the next connection, so nothing is lost and some may come twice, with the same event id. No barrier: records never wait.
/// </summary>
internal sealed partial class SyslogFollower(
    LedgerOpening opening, ILedgerStore ledger, ISearchStore search, SiemEvents events, RecorderLead lead, LedgerGrowth growth, RecorderHealth health,
    IOptions<RecorderOptions> options, TimeProvider time, ILogger<SyslogFollower> logger)
    : BackgroundService
{
    /// <summary>Name of the mark: index of the first record that is not known to be delivered.</summary>
    public const string State = "syslog-next";

    private const int Page = 64;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);

    // Owned by the loop: the delivered mark, the next to send, and what was sent and when.
    private readonly Queue<(long At, long Next)> _unsettled = new();
    private SyslogConnection? _connection;
    private long _settled;
    private long _next;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = FirstPause;
        while (true)
        {
            try
            {
                await FollowAsync(stoppingToken);
                pause = FirstPause;
            }

            // No barrier: whatever is wrong here, records are kept on, and it tries again.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                await DropAsync();
                if (health.Set(RecorderHealth.SyslogPart, $"Syslog is not delivered to {options.Value.Syslog.Host} ({e.GetType().Name}: {e.Message}). Records wait in the ledger and are sent when the collector is back."))
                {
                    Log.Failed(logger, options.Value.Syslog.Host!, e.Message);
                }

                await Task.Delay(pause, time, stoppingToken);
                pause = pause * 2 < options.Value.Syslog.LongestPause ? pause * 2 : options.Value.Syslog.LongestPause;
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await DropAsync();
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        await opening.EnsureOpenAsync(cancellationToken);
        if (!lead.IsHeld)
        {
            await DropAsync();
            await Task.Delay(LookEvery, time, cancellationToken);
            return;
        }

        if (_connection is null or { IsOpen: false })
        {
            await ConnectAsync(cancellationToken);
        }

        var sent = await SendAsync(cancellationToken);
        await SettleAsync(cancellationToken);
        RecorderTelemetry.SyslogLag((await ledger.ReadHeadAsync(cancellationToken)).Size - _settled);
        if (health.Set(RecorderHealth.SyslogPart, null))
        {
            Log.Delivering(logger, options.Value.Syslog.Host!);
        }

        if (!sent)
        {
            await growth.WaitBeyondAsync(_next, _unsettled.Count > 0 ? options.Value.Syslog.SettleAfter / 4 : LookEvery, cancellationToken);
        }
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        await DropAsync();
        await search.OpenAsync(cancellationToken);
        _settled = long.TryParse(await search.ReadStateAsync(State, cancellationToken), NumberStyles.None, CultureInfo.InvariantCulture, out var mark) ? mark : 0;
        if (_settled > (await ledger.ReadHeadAsync(cancellationToken)).Size)
        {
            Log.Restarted(logger, _settled);
            _settled = 0;
        }

        _connection = await SyslogConnection.OpenAsync(options.Value.Syslog, time, cancellationToken);
        _next = _settled;
    }

    private async Task<bool> SendAsync(CancellationToken cancellationToken)
    {
        var records = await ledger.ReadRecordsAsync(_next, Page, cancellationToken);
        if (records.Count == 0)
        {
            return false;
        }

        using var messages = new MemoryStream();
        foreach (var record in records)
        {
            messages.Write(events.Of(record));
        }

        await _connection!.SendAsync(messages.GetBuffer().AsMemory(0, (int)messages.Length), cancellationToken);
        _next = records[^1].Leaf.Index + 1;
        _unsettled.Enqueue((time.GetTimestamp(), _next));
        RecorderTelemetry.SyslogSent(records.Count);
        return true;
    }

    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        var before = _settled;
        while (_connection!.IsOpen && _unsettled.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At) >= options.Value.Syslog.SettleAfter)
        {
            _settled = _unsettled.Dequeue().Next;
        }

        if (_settled != before)
        {
            await search.WriteStateAsync(State, _settled.ToString(CultureInfo.InvariantCulture), cancellationToken);
        }
    }

    private async Task DropAsync()
    {
        _unsettled.Clear();
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6092, LogLevel.Error, "Syslog is not delivered to {Host}; records wait in the ledger. {Reason}")]
        public static partial void Failed(ILogger logger, string host, string reason);

        [LoggerMessage(6093, LogLevel.Information, "Syslog is delivered to {Host} again.")]
        public static partial void Delivering(ILogger logger, string host);

        [LoggerMessage(6094, LogLevel.Warning, "Syslog was delivered of a larger ledger ({Mark} records): it begins again.")]
        public static partial void Restarted(ILogger logger, long mark);
    }
}
