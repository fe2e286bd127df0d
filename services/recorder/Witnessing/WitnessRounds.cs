using System.Text;
using Chaperone.Ledger;
using Chaperone.Recorder.Alarms;
using Chaperone.Recorder.Publishing;
using Chaperone.Recorder.Sequencing;
using Chaperone.Recorder.Store;
using Microsoft.Extensions.Options;

namespace Chaperone.Recorder.Witnessing;

/// <summary>
/// Brings published checkpoints to the witnesses and publishes the last one that enough of them cosigned, as
/// <c>checkpoint.witnessed</c>. A loop beside publishing: no record and no checkpoint waits for a witness. A witness that
/// refuses the ledger as a fork is an alarm record, and readiness is degraded until an operator acted.
/// </summary>
internal sealed partial class WitnessRounds(
    WitnessCircle circle, LedgerLog log, ILedgerStore store, ILedgerFiles files, LedgerGrowth growth, AlarmBell bell, RecorderHealth health,
    IOptions<RecorderOptions> options, TimeProvider time, ILogger<WitnessRounds> logger)
    : BackgroundService
{
    /// <summary>The last checkpoint with a quorum of cosignatures, beside <see cref="LedgerLog.CheckpointPath"/>.</summary>
    public const string WitnessedPath = "checkpoint.witnessed";

    // Owned by the loop.
    private long _witnessed = -1;
    private long _lastQuorum = time.GetTimestamp();

    /// <summary>One round with the checkpoint that is published now; true if enough witnesses cosigned it.</summary>
    public async ValueTask<bool> StepAsync(CancellationToken cancellationToken)
    {
        if (log.Last is not { } published || SignedNote.TryParse(Encoding.UTF8.GetBytes(published.Note), out var note) != NoteFault.None)
        {
            return false;
        }

        if (!Checkpoint.TryParse(note!.Text, out var checkpoint) || checkpoint!.Head.Size == _witnessed)
        {
            _lastQuorum = time.GetTimestamp();
            return true;
        }

        var replies = await Task.WhenAll(circle.Lines.Select(line => AskAsync(line, note, checkpoint.Head, cancellationToken)));
        foreach (var (line, reply) in circle.Lines.Zip(replies))
        {
            await JudgeAsync(line, reply, cancellationToken);
        }

        var signatures = replies.Where(r => r.Signature is not null).Select(r => r.Signature!).ToList();
        var enough = signatures.Count >= options.Value.WitnessQuorum;
        if (enough)
        {
            await files.WriteAsync(WitnessedPath, new SignedNote(note.Text, [.. note.Signatures.Where(log.Key.IsKeyOf), .. signatures]).ToBytes(), cancellationToken);
            _witnessed = checkpoint.Head.Size;
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

    // Each line has a reader of its own: it caches, and is not for concurrent use.
    private async Task<WitnessReply> AskAsync(WitnessLine line, SignedNote note, TreeHead head, CancellationToken cancellationToken)
    {
        var tree = new TreeReader(files, head.Size);
        return await tree.RootAsync(head.Size, cancellationToken) == head.Root
            ? await line.SubmitAsync(note, head, tree, cancellationToken)
            : throw new LedgerFaultException(LedgerFindingKind.RootMismatch, $"tiles of {head.Size} leaves do not have the root of the checkpoint");
    }

    private async ValueTask JudgeAsync(WitnessLine line, WitnessReply reply, CancellationToken cancellationToken)
    {
        if (reply.Outcome == WitnessOutcome.Ahead && (await store.ReadHeadAsync(cancellationToken)).Size < reply.Size)
        {
            // Only a checkpoint that our own key signed proves that records were taken back; the size alone is just said.
            if (await line.ReadLastAsync(log.Key.Name, cancellationToken) is { } last)
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
