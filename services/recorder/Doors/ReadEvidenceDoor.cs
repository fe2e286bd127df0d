using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Recorder.Evidence;
using Chaperone.Recorder.Sequencing;

namespace Chaperone.Recorder.Doors;

/// <summary>Answers with a piece of a bundle of evidence, sealed for the bus.</summary>
internal sealed class ReadEvidenceDoor(LedgerOpening opening, EvidenceDesk desk, IPayloadSeal bus) : IDoor<ReadEvidence, EvidencePiece>
{
    public async ValueTask<EvidencePiece> AnswerAsync(ReadEvidence request, CancellationToken cancellationToken)
    {
        await opening.EnsureOpenAsync(cancellationToken);
        var (state, piece, problem) = await desk.ReadAsync(request, cancellationToken);
        return new EvidencePiece { State = state, Problem = problem, Content = state == EvidenceState.Ready ? bus.Seal(piece, request.RequestId) : null };
    }
}
