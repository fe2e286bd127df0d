using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.Recorder.Evidence;
using Chaperone.Recorder.Sequencing;

namespace Chaperone.Recorder.Doors;

/// <summary>Makes a bundle of evidence, or says how far it is.</summary>
internal sealed class MakeEvidenceDoor(LedgerOpening opening, EvidenceDesk desk) : IDoor<MakeEvidence, EvidenceMade>
{
    public async ValueTask<EvidenceMade> AnswerAsync(MakeEvidence request, CancellationToken cancellationToken)
    {
        await opening.EnsureOpenAsync(cancellationToken);
        return await desk.MakeAsync(request, cancellationToken);
    }
}
