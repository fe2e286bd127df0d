using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.Recorder.Publishing;
using Chaperone.Recorder.Search;
using Chaperone.Recorder.Sequencing;
using Chaperone.Recorder.Store;
using Chaperone.Recorder.Verification;

namespace Chaperone.Recorder.Doors;

/// <summary>Answers how the ledger stands; verifies it when asked to. A verification that takes longer than the asker waits goes on, and the next answer has its result.</summary>
internal sealed class ReadIntegrityDoor(
    LedgerOpening opening, ILedgerStore ledger, ISearchStore search, LedgerLog log, IntegrityDesk desk, TimeProvider time)
    : IDoor<ReadIntegrity, IntegrityReport>
{
    private const int MostGaps = 100;

    // Below the bus's patience for cold questions (5 s by default), so that "it runs" is an answer and not a timeout.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async ValueTask<IntegrityReport> AnswerAsync(ReadIntegrity request, CancellationToken cancellationToken)
    {
        await opening.EnsureOpenAsync(cancellationToken);
        await search.OpenAsync(cancellationToken);
        if (request.VerifyNow)
        {
            await VerifyAsync(request.Actor, cancellationToken);
        }

        var head = await ledger.ReadHeadAsync(cancellationToken);
        var checkpoint = await ledger.ReadCheckpointAsync(cancellationToken);
        var open = (await ledger.ReadLogsAsync(cancellationToken))[^1];
        var verified = desk.Last ?? IntegrityDesk.Read(await search.ReadStateAsync(Projector.VerifiedState, cancellationToken));
        return new IntegrityReport
        {
            Origin = open.OriginIn(log.Key.Name),
            VerifierKey = log.Key.ToString(),
            TreeSize = head.Size,
            RootHash = head.Root.ToString(),
            Checkpoint = checkpoint?.Note,
            CheckpointAt = checkpoint?.SignedAt,
            VerifiedAt = verified?.At,
            VerifiedResult = desk.IsRunning ? "A verification is running; look again in a moment." : verified?.Result,
            VerifiedOk = !desk.IsRunning && verified is { Ok: true },
            ProjectionLag = Math.Max(0, head.Size - await search.ReadWatermarkAsync(cancellationToken)),
            Gaps = [.. await search.ReadGapsAsync(MostGaps, cancellationToken)],
        };
    }

    private async ValueTask VerifyAsync(Principal? actor, CancellationToken cancellationToken)
    {
        try
        {
            await desk.VerifyAsync(actor).WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
        }
    }
}
