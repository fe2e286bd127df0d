using System.Security.Cryptography;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Recorder.Reviews;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Search;
using Chaperone.Recorder.Sequencing;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Doors;

/// <summary>Says how reviews stand; the words of findings are opened from the ledger.</summary>
internal sealed class ReadReviewsDoor(LedgerOpening opening, ILedgerStore ledger, ISearchStore search, ReviewDesk desk, RecordOpener opener, IPayloadSeal bus) : IDoor<ReadReviews, ReviewBoard>
{
    private const int MostRuns = 100;

    public async ValueTask<ReviewBoard> AnswerAsync(ReadReviews request, CancellationToken cancellationToken)
    {
        await opening.EnsureOpenAsync(cancellationToken);
        await search.OpenAsync(cancellationToken);
        var state = await desk.ReadAsync(cancellationToken);
        return new ReviewBoard
        {
            Plans = [.. state.Plans.Values.OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase)],
            Runs = [.. state.Runs.Values.OrderByDescending(r => r.From).ThenBy(r => r.Plan.Name, StringComparer.OrdinalIgnoreCase).Take(MostRuns).Select(r => r.ToRun())],
            Sessions = request.RunId is { } id && state.Runs.TryGetValue(id, out var run) ? await ReadAsync(run, request.RequestId, cancellationToken) : [],
        };
    }

    private async ValueTask<ReviewedSession[]> ReadAsync(RunState run, Guid request, CancellationToken cancellationToken)
    {
        var sessions = new List<ReviewedSession>(run.Drawn.Count);
        foreach (var session in run.Drawn)
        {
            var finding = run.Findings.GetValueOrDefault(session);
            sessions.Add(new ReviewedSession
            {
                SessionId = session,
                Verdict = finding?.Verdict,
                By = finding?.By,
                Words = finding is null ? null : await WordsAsync(finding.Index, request, cancellationToken),
            });
        }

        return [.. sessions];
    }

    private async ValueTask<SealedPayload?> WordsAsync(long index, Guid request, CancellationToken cancellationToken)
    {
        try
        {
            return await ledger.ReadRecordsAsync(index, 1, cancellationToken) is [{ Header: { } header, Object: { } sealedObject } record] && record.Leaf.Index == index
                && opener.OpenPart("words", header, sealedObject) is { } words
                    ? bus.Seal(words, request)
                    : null;
        }
        catch (Exception e) when (e is CryptographicException or InvalidDataException)
        {
            // The finding itself stands; its words were shredded, or the record is damaged, which verification names.
            return null;
        }
    }
}
