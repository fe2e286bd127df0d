using System.Security.Cryptography;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;

namespace Chaperone.TestKit.Rooms;

internal sealed class FakeEvidence(FakeRooms rooms, IPayloadSeal seal) : IDoor<MakeEvidence, EvidenceMade>, IDoor<ReadEvidence, EvidencePiece>
{
    private const int PieceBytes = 1000;

    private int _asked;

    public ValueTask<EvidenceMade> AnswerAsync(MakeEvidence request, CancellationToken cancellationToken)
    {
        rooms.Questions.Enqueue(request);
        if (rooms.RecorderAway)
        {
            throw new IOException("secret detail of the recorder");
        }

        if (rooms.BundleProblem is { } problem)
        {
            return ValueTask.FromResult(new EvidenceMade { State = EvidenceState.Failed, Problem = problem });
        }

        return ValueTask.FromResult(Interlocked.Increment(ref _asked) <= rooms.BundleRuns
            ? new EvidenceMade { State = EvidenceState.Running }
            : new EvidenceMade { State = EvidenceState.Ready, Sha256 = Convert.ToHexStringLower(SHA256.HashData(rooms.Bundle)), Bytes = rooms.Bundle.Length, Records = 7 });
    }

    public ValueTask<EvidencePiece> AnswerAsync(ReadEvidence request, CancellationToken cancellationToken)
    {
        rooms.Questions.Enqueue(request);
        return ValueTask.FromResult(request.Offset >= rooms.BundleEnds
            ? new EvidencePiece { State = EvidenceState.Failed, Problem = "gone" }
            : new EvidencePiece { State = EvidenceState.Ready, Content = seal.Seal(rooms.Bundle.AsSpan((int)request.Offset).ToArray().Take(PieceBytes).ToArray(), request.RequestId) });
    }
}
