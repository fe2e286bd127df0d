using System.Globalization;
using System.Text;
using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.Ledger;
using Chaperone.Recorder.Alarms;
using Chaperone.Recorder.Publishing;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Search;
using Chaperone.Recorder.Sequencing;
using Chaperone.Recorder.Store;
using Microsoft.Extensions.Options;

namespace Chaperone.Recorder.Verification;

/// <summary>
/// Reads every record again, slowly and for ever: object and header against the leaf, and the leaf against the signed tree.
/// Disks forget and people alter; this finds it before an auditor asks. What it finds is an alarm record, and readiness is
/// degraded; each round ends with a record that says how much was read.
/// </summary>
internal sealed partial class Scrubber(
    LedgerOpening opening, ILedgerStore store, ILedgerFiles files, LedgerLog log, ISearchStore search, RecorderLead lead, AlarmBell bell, IRecordKeeper keeper,
    RecorderHealth health, IOptions<RecorderOptions> options, TimeProvider time, ILogger<Scrubber> logger)
    : BackgroundService
{
    /// <summary>Name of the place where it is: next record, and how many of this round are damaged.</summary>
    public const string State = "scrub";

    private const int Page = 16;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>Reads the next few records that are in a signed tree; returns how long to rest so that a round takes the time set.</summary>
    public async ValueTask<TimeSpan> StepAsync(CancellationToken cancellationToken)
    {
        await search.OpenAsync(cancellationToken);
        if (log.Published is not { Last: { Size: > 0 } published } logs)
        {
            return LongestPause;
        }

        var (next, damaged) = Read(await search.ReadStateAsync(State, cancellationToken));
        if (next >= published.Size)
        {
            await EndRoundAsync(published.Size, damaged, cancellationToken);
            await WriteAsync(0, 0, cancellationToken);
            return Pause(published.Size);
        }

        var of = YearLog.Of(logs.Logs, next);
        if (Checkpoint.TryOpen(Encoding.UTF8.GetBytes(of.Closed?.Note ?? published.Note), [log.KeyOf(of)], out var checkpoint) != NoteFault.None)
        {
            return LongestPause;
        }

        var count = (int)Math.Min(Page, of.First + checkpoint!.Head.Size - next);
        var found = await CheckAsync(next, count, of, checkpoint.Head, cancellationToken);
        foreach (var finding in found)
        {
            await RaiseAsync(finding, cancellationToken);
        }

        await WriteAsync(next + count, damaged + found.Count, cancellationToken);
        return Pause(published.Size);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(await TryStepAsync(stoppingToken), time, stoppingToken);
        }
    }

    private async ValueTask<TimeSpan> TryStepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await opening.EnsureOpenAsync(cancellationToken);
            return lead.IsHeld ? await StepAsync(cancellationToken) : LongestPause / 60;
        }

        // No barrier: a store that is away says so elsewhere, and scrubbing goes on when it is back.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, e.GetType().Name);
            return LongestPause / 60;
        }
    }

    private async ValueTask<IReadOnlyList<Finding>> CheckAsync(long from, int count, YearLog of, TreeHead head, CancellationToken cancellationToken)
    {
        var findings = new Findings();
        var check = new RecordCheck(findings);
        var tree = new TreeReader(of.FilesIn(files), head.Size);
        var records = await store.ReadRecordsAsync(from, count, cancellationToken);
        for (var index = from; index < from + count; index++)
        {
            if (records.FirstOrDefault(r => r.Leaf.Index == index) is not { } record)
            {
                findings.Add($"leaf {index}", "the store does not have it");
                continue;
            }

            check.Check(record);

            // A leaf that was altered together with its record still is not the one in the signed tree.
            if (!MerkleProof.VerifyInclusion(Rfc6962.HashLeaf(record.Leaf.Bytes), index - of.First, head, await tree.InclusionProofAsync(index - of.First, cancellationToken)))
            {
                findings.Add($"leaf {index}", "it is not the one in the signed tree, or the tiles above it are damaged");
            }
        }

        return findings.All;
    }

    private async ValueTask RaiseAsync(Finding finding, CancellationToken cancellationToken)
    {
        var sentence = $"{finding}. Run 'chaperone verify' to see all that is wrong, find out who or what changed it, and restore the store from backup.";
        health.Set(RecorderHealth.ScrubPart, sentence);
        await bell.RaiseAsync(new LedgerAlarm("record-damaged", finding.ToString(), sentence), cancellationToken);
    }

    private async ValueTask EndRoundAsync(long records, long damaged, CancellationToken cancellationToken) => await keeper.KeepAsync(
        [
            new RecordEntry
            {
                EventId = Guid.CreateVersion7(time.GetUtcNow()),
                Kind = RecordKind.Review,
                OccurredAt = time.GetUtcNow(),
                Source = "recorder",
                Note = Encoding.UTF8.GetString(new CanonicalJson().BeginObject().Member("damaged", damaged).Member("records", records).Member("review", "scrub").EndObject().ToArray()),
            },
        ],
        cancellationToken);

    private TimeSpan Pause(long size)
    {
        var pause = options.Value.ScrubWithin * ((double)Page / Math.Max(size, Page));
        return pause < ShortestPause ? ShortestPause : pause > LongestPause ? LongestPause : pause;
    }

    private static (long Next, long Damaged) Read(string? state) =>
        state?.Split(' ') is [var next, var damaged]
        && long.TryParse(next, NumberStyles.None, CultureInfo.InvariantCulture, out var from)
        && long.TryParse(damaged, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? (from, count)
            : (0, 0);

    private ValueTask WriteAsync(long next, long damaged, CancellationToken cancellationToken) =>
        search.WriteStateAsync(State, string.Create(CultureInfo.InvariantCulture, $"{next} {damaged}"), cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(6051, LogLevel.Warning, "Records cannot be read again now ({Cause}); it is tried again.")]
        public static partial void Failed(ILogger logger, string cause);
    }
}
