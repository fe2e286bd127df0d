using Chaperone.Bus.Sealing;
using Chaperone.Contracts;

namespace Chaperone.Console;

/// <summary>Has the recorder make a bundle of evidence, and carries it over piece by piece.</summary>
internal sealed class EvidenceOrder(Rooms rooms, IPayloadSeal seal, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Waits until the bundle is ready, or there will be none; the request it was made for comes back with the size of the tree.</summary>
    public async Task<(MakeEvidence Request, EvidenceMade Made)> MakeAsync(EvidenceFilter filter, Principal actor, CancellationToken cancellationToken)
    {
        var start = time.GetUtcNow();
        var request = new MakeEvidence
        {
            RequestId = Guid.CreateVersion7(start),
            Filter = filter with { TreeSize = filter.TreeSize ?? await ReadTreeSizeAsync(cancellationToken) },
            Actor = actor,
        };
        if (request.Filter.TreeSize is null)
        {
            return (request, Failed("No checkpoint was signed yet, so nothing can be proved. Wait a moment and try again."));
        }

        while (true)
        {
            var made = await rooms.MakeEvidenceAsync(request, cancellationToken);
            if (made.State != EvidenceState.Running)
            {
                return (request, made);
            }

            if (time.GetUtcNow() - start > Longest)
            {
                return (request, Failed("It takes longer than a page can wait. Ask for a shorter period, or use 'chaperone export', which has no such limit."));
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>The whole bundle in pieces. It throws where a piece is missing, so that half a bundle is never taken for one.</summary>
    public async IAsyncEnumerable<byte[]> ReadAsync(
        MakeEvidence request, EvidenceMade made, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var offset = 0L; offset < made.Bytes;)
        {
            var answer = await rooms.ReadEvidenceAsync(
                new ReadEvidence { RequestId = request.RequestId, Filter = request.Filter, Sha256 = made.Sha256!, Offset = offset }, cancellationToken);
            if (answer.State == EvidenceState.Running)
            {
                await Task.Delay(Pause, time, cancellationToken);
                continue;
            }

            var piece = answer.Content is { } content ? seal.Open(content, request.RequestId) : [];
            if (piece.Length == 0)
            {
                throw new InvalidDataException($"The recorder has no byte {offset} of the bundle. {answer.Problem}");
            }

            offset += piece.Length;
            yield return piece;
        }
    }

    /// <summary>The second line of the last signed checkpoint (C2SP tlog-checkpoint).</summary>
    private async Task<long?> ReadTreeSizeAsync(CancellationToken cancellationToken) =>
        (await rooms.ReadIntegrityAsync(new ReadIntegrity(), cancellationToken)).Checkpoint?.Split('\n') is [_, var size, ..] && long.TryParse(size, out var leaves) ? leaves : null;

    private static EvidenceMade Failed(string problem) => new() { State = EvidenceState.Failed, Problem = problem };
}
