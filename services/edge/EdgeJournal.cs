using System.Threading.Channels;
using Chaperone.Bus;
using Chaperone.Contracts;
using Microsoft.Extensions.Options;

namespace Chaperone.Edge;

/// <summary>
/// What the edge itself records: heartbeats, which prove that nothing is missing, and the numbers of messages that failed on
/// the way. Both are written when the journal can take them; should this process die first, the numbering shows the hole.
/// </summary>
internal sealed partial class EdgeJournal(IJournal journal, EdgeNumbering numbering, IOptions<EdgeOptions> options, TimeProvider time, ILogger<EdgeJournal> logger)
    : BackgroundService
{
    private const int MaxWaiting = 100_000;
    private const int MostTogether = 32;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private readonly Channel<RecordEntry> _voids = Channel.CreateBounded<RecordEntry>(
        new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Says that <paramref name="stamp"/> was spent and that nothing was served for it.</summary>
    public void Void(EdgeStamp stamp, CallFacts call, string reason) => _voids.Writer.TryWrite(new RecordEntry
    {
        EventId = Guid.CreateVersion7(time.GetUtcNow()),
        Kind = RecordKind.Void,
        OccurredAt = time.GetUtcNow(),
        Source = "edge",
        Stamp = stamp,
        Call = call,
        Note = reason,
    });

    /// <summary>Writes one heartbeat; returns when it is durable.</summary>
    public Task BeatAsync(CancellationToken cancellationToken)
    {
        var stamp = numbering.Next();
        return WriteUntilKeptAsync(
            new RecordEntry
            {
                EventId = stamp.EventId,
                Kind = RecordKind.Heartbeat,
                OccurredAt = time.GetUtcNow(),
                Source = "edge",
                Stamp = stamp,
                Note = $$"""{"last":{{stamp.Number}}}""",
            },
            cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(HeartbeatsAsync(stoppingToken), VoidsAsync(stoppingToken));

    private async Task HeartbeatsAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.Value.Heartbeat, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await BeatAsync(cancellationToken);
        }
    }

    private async Task VoidsAsync(CancellationToken cancellationToken)
    {
        await foreach (var entry in _voids.Reader.ReadAllAsync(cancellationToken))
        {
            // Alone, as long as the journal takes nothing. After an outage thousands wait, and each must arrive before the recorder
            // takes its number for a gap: together they share a commit.
            await WriteUntilKeptAsync(entry, cancellationToken);
            while (TakeWaiting() is { Length: > 0 } waiting)
            {
                await Task.WhenAll(waiting.Select(e => WriteUntilKeptAsync(e, cancellationToken)));
            }
        }
    }

    private RecordEntry[] TakeWaiting()
    {
        var taken = new List<RecordEntry>(MostTogether);
        while (taken.Count < MostTogether && _voids.Reader.TryRead(out var entry))
        {
            taken.Add(entry);
        }

        return [.. taken];
    }

    private async Task WriteUntilKeptAsync(RecordEntry entry, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await journal.WriteAsync(entry, cancellationToken);
                return;
            }
            catch (BusUnavailableException e)
            {
                Log.NotKept(logger, entry.Kind, e.Message);
                await Task.Delay(RetryAfter, time, cancellationToken);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1201, LogLevel.Warning, "The journal does not take a {Kind} record yet: {Problem}")]
        public static partial void NotKept(ILogger logger, RecordKind kind, string problem);
    }
}
