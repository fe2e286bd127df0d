using System.Text;
using Chaperone.Ledger;
using Chaperone.Recorder.Alarms;
using Chaperone.Recorder.Publishing;
using Chaperone.Recorder.Sequencing;
using Chaperone.Recorder.Store;
using Microsoft.Extensions.Options;

namespace Chaperone.Recorder.Witnessing;

/// <summary>
/// Brings published checkpoints to the witnesses and publishes the last one of each log that enough of them cosigned, as
/// <c>checkpoint.witnessed</c>. A log that was closed is brought to its end before the next one, to each witness. A loop beside publishing: no record and no checkpoint waits for a witness. A witness that
/// refuses the ledger as a fork is an alarm record, and readiness is degraded until an operator acted.
/// </summary>
internal sealed partial class WitnessRounds(
    WitnessCircle circle, LedgerLog log, ILedgerStore store, ILedgerFiles files, LedgerGrowth growth, AlarmBell bell, RecorderHealth health,
    IOptions<RecorderOptions> options, TimeProvider time, ILogger<WitnessRounds> logger)
    : BackgroundService
{
    /// <summary>The last checkpoint with a quorum of cosignatures, beside <see cref="LedgerLog.CheckpointPath"/>.</summary>
    public const string WitnessedPath = "checkpoint.witnessed";

    // Owned by the loop: records of the last checkpoint witnessed, counted through all logs; cosignatures of closed logs' last checkpoints, by origin.
    private long _witnessed = -1;
    private readonly Dictionary<string, List<NoteSignature>> _ends = new(StringComparer.Ordinal);
    private long _lastQuorum = time.GetTimestamp();

    /// <summary>One round with the checkpoint that is published now; true if enough witnesses cosigned it.</summary>
    public async ValueTask<bool> StepAsync(CancellationToken cancellationToken)
    {
        if (log.Published is not { } published || Read(published.Last.Note) is not { } last)
        {
            return false;
        }

        if (published.Last.Size == _witnessed)
        {
            _lastQuorum = time.GetTimestamp();
            return true;
        }

        var replies = await Task.WhenAll(circle.Lines.Select(line => AskAsync(line, published, last, cancellationToken)));
        foreach (var (line, reply) in circle.Lines.Zip(replies))
        {
            await JudgeAsync(line, reply, cancellationToken);
        }

        foreach (var closed in published.Logs.Where(l => l.Closed is not null))
        {
            await WriteEndAsync(closed, cancellationToken);
        }

        var signatures = replies.Where(r => r.Signature is not null).Select(r => r.Signature!).ToList();
        var enough = signatures.Count >= options.Value.WitnessQuorum;
        if (enough)
        {
            await WriteAsync(published.Open, last.Note, signatures, cancellationToken);
            _witnessed = published.Last.Size;
            _lastQuorum = time.GetTimestamp();
        }

        Say(signatures.Count, replies);
        return enough;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (health.Refusal is null && circle.Lines.Count > 0)
        {
            await TryStepAsync(stoppingToken);
            await Task.Delay(options.Value.WitnessEvery, time, stoppingToken);
            await growth.WaitBeyondAsync(Math.Max(_witnessed, 0), options.Value.WitnessEvery, stoppingToken);
        }
    }

    private async ValueTask TryStepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await StepAsync(cancellationToken);
        }

        // No barrier: whatever is wrong here, records are kept on, and the next round tries again.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            if (health.Set(RecorderHealth.WitnessPart, $"Witnesses cannot be asked ({e.GetType().Name}): see the log."))
            {
                Log.Failed(logger, e);
            }
        }
    }

    // A witness that has cosigned of a later log takes no more of an earlier one: so each gets what it has not, in order.
    private async Task<WitnessReply> AskAsync(WitnessLine line, PublishedLogs published, (SignedNote Note, Checkpoint Checkpoint) last, CancellationToken cancellationToken)
    {
        foreach (var closed in published.Logs)
        {
            if (closed.Closed is not { } end || line.KnownSize(closed.OriginIn(log.Key.Name)) == end.Head.Size)
            {
                continue;
            }

            var reply = await AskAsync(line, closed, Read(end.Note)!.Value, cancellationToken);
            if (reply.Signature is not { } signature)
            {
                return reply;
            }

            Keep(closed, signature);
        }

        return await AskAsync(line, published.Open, last, cancellationToken);
    }

    // Each question has a reader of its own: it caches, and is not for concurrent use.
    private async Task<WitnessReply> AskAsync(WitnessLine line, YearLog of, (SignedNote Note, Checkpoint Checkpoint) last, CancellationToken cancellationToken)
    {
        var head = last.Checkpoint.Head;
        var tree = new TreeReader(of.FilesIn(files), head.Size);
        return await tree.RootAsync(head.Size, cancellationToken) == head.Root
            ? await line.SubmitAsync(last.Note, last.Checkpoint.Origin, head, tree, cancellationToken)
            : throw new LedgerFaultException(LedgerFindingKind.RootMismatch, $"tiles of {head.Size} leaves do not have the root of the checkpoint");
    }

    private void Keep(YearLog closed, NoteSignature signature)
    {
        lock (_ends)
        {
            var origin = closed.OriginIn(log.Key.Name);
            _ends.TryAdd(origin, []);
            _ends[origin].Add(signature);
        }
    }

    private async ValueTask WriteEndAsync(YearLog closed, CancellationToken cancellationToken)
    {
        var origin = closed.OriginIn(log.Key.Name);
        if (_ends.TryGetValue(origin, out var signatures) && signatures.Count >= options.Value.WitnessQuorum)
        {
            await WriteAsync(closed, Read(closed.Closed!.Note)!.Value.Note, signatures, cancellationToken);
            if (signatures.Count == circle.Lines.Count)
            {
                _ends.Remove(origin);
            }
        }
    }

    private ValueTask WriteAsync(YearLog of, SignedNote note, IReadOnlyList<NoteSignature> cosignatures, CancellationToken cancellationToken) =>
        of.FilesIn(files).WriteAsync(WitnessedPath, new SignedNote(note.Text, [.. note.Signatures.Where(log.KeyOf(of).IsKeyOf), .. cosignatures]).ToBytes(), cancellationToken);

    private static (SignedNote Note, Checkpoint Checkpoint)? Read(string text) =>
        SignedNote.TryParse(Encoding.UTF8.GetBytes(text), out var note) == NoteFault.None && Checkpoint.TryParse(note!.Text, out var checkpoint) ? (note, checkpoint!) : null;

    private async ValueTask JudgeAsync(WitnessLine line, WitnessReply reply, CancellationToken cancellationToken)
    {
        if (reply.Outcome == WitnessOutcome.Ahead && log.Published!.Open is var open && (await store.ReadHeadAsync(cancellationToken)) is var head
            && head.Log == open.Number && head.Tree.Size < reply.Size)
        {
            // Only a checkpoint that our own key signed proves that records were taken back; the size alone is just said.
            if (await line.ReadLastAsync(open.OriginIn(log.Key.Name), cancellationToken) is { } last)
            {
                await log.HoldAgainstAsync(last, $"checkpoint that {line.Name} cosigned", cancellationToken);
            }

            await RaiseAsync("witness-ahead", line, reply, "Records were taken back, as by restoring an old backup. Stop the recorder, restore the newest store, and restart; see docs/witness.md.", cancellationToken);
        }
        else if (reply.Outcome == WitnessOutcome.Fork)
        {
            await RaiseAsync("witness-fork", line, reply, "Somebody rewrote the ledger, or two stores sign with one key. Stop the recorder and find out which store is the true one; see docs/witness.md.", cancellationToken);
        }
    }

    private async ValueTask RaiseAsync(string name, WitnessLine line, WitnessReply reply, string remedy, CancellationToken cancellationToken)
    {
        var sentence = $"{reply.Problem}. {remedy}";
        health.Set(RecorderHealth.ForkPart, sentence);
        await bell.RaiseAsync(new LedgerAlarm(name, $"{line.Name} {reply.Size}", sentence), cancellationToken);
    }

    private void Say(int cosigned, IReadOnlyList<WitnessReply> replies)
    {
        var problems = string.Join("; ", replies.Where(r => r.Problem is not null).Select(r => r.Problem));
        if (cosigned >= options.Value.WitnessQuorum)
        {
            health.Set(RecorderHealth.WitnessPart, null);
        }
        else if (time.GetElapsedTime(_lastQuorum) >= options.Value.WitnessPatience
            && health.Set(RecorderHealth.WitnessPart, $"Too few witnesses cosign: {cosigned} of the {options.Value.WitnessQuorum} needed ({problems}). Records are kept and signed on."))
        {
            Log.TooFew(logger, cosigned, options.Value.WitnessQuorum, problems);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6080, LogLevel.Error, "The witnesses cannot be asked; the next round tries again.")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(6081, LogLevel.Error, "Too few witnesses cosign: {Cosigned} of the {Quorum} needed ({Problems}).")]
        public static partial void TooFew(ILogger logger, int cosigned, int quorum, string problems);
    }
}
