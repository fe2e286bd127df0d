using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Recorder.Disclosures;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Search;
using Chaperone.Recorder.Sequencing;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Doors;

/// <summary>
/// Accounts for what was handed out about a patient (45 CFR 164.528). That a person asked, and why, is committed to the ledger
/// before the answer leaves; the patient is not named there.
/// </summary>
internal sealed class FindDisclosuresDoor(
    LedgerOpening opening, ILedgerStore ledger, ISearchStore search, RecordOpener opener, IRecordKeeper keeper, IPayloadSeal bus, TimeProvider time)
    : IDoor<FindDisclosures, DisclosuresFound>
{
    private const int ShortestReason = 10;
    private const int LongestReason = 500;
    private const int MostKeys = 64;
    private const int MostHits = 20_000;

    public async ValueTask<DisclosuresFound> AnswerAsync(FindDisclosures request, CancellationToken cancellationToken)
    {
        var marks = bus.Open(request.Marks, request.RequestId);
        var reason = Encoding.UTF8.GetString(bus.Open(request.Reason, request.RequestId)).Trim();
        if (ProblemOf(request, marks, reason) is { } problem)
        {
            return new DisclosuresFound { Problem = problem };
        }

        await opening.EnsureOpenAsync(cancellationToken);
        await search.OpenAsync(cancellationToken);
        var size = await search.ReadWatermarkAsync(cancellationToken);
        if (size < (await ledger.ReadHeadAsync(cancellationToken)).Size - MostBehind)
        {
            return new DisclosuresFound { Problem = "The search is still being built from the ledger, so an accounting would not be complete. Wait until the page Integrity shows that it has caught up." };
        }

        var query = new PatientQuery([.. marks.Chunk(PatientPart.MarkSize), PatientPart.Anybody.ToArray()], request.From, request.To, MostHits);
        var hits = await search.FindPatientsAsync(query, cancellationToken);
        var list = new DisclosureList(request.From, request.To);
        foreach (var record in hits.GroupBy(h => h.Index))
        {
            var (entry, shredded) = await OpenAsync(record.Key, cancellationToken);
            if (shredded)
            {
                continue;
            }

            if (entry is null)
            {
                return new DisclosuresFound { Problem = $"Record {record.Key} does not open: it was altered, it is gone, or its key is not in the recorder's key file. Run 'chaperone verify'." };
            }

            list.Take(record.Key, entry, [.. record]);
        }

        var found = list.ToFound();
        found = found with
        {
            More = found.More || hits.Count == MostHits,
            TreeSize = size,
            LostKeys = [.. (await search.ReadPatientKeysAsync(PatientPart.MonthOf(request.From), PatientPart.MonthOf(request.To), cancellationToken)).Except(request.KeyIds)],
        };
        await keeper.KeepAsync([DisclosureRecord.Of(request.RequestId, request.Actor, request.From, request.To, found, time.GetUtcNow(), "recorder", [Reason(request, reason)])], cancellationToken);
        return found;
    }

    // What was committed in the last moment may not be in the search yet: the answer says up to where it looked.
    private const long MostBehind = 2_000;

    private static string? ProblemOf(FindDisclosures request, byte[] marks, string reason) =>
        reason.Length is < ShortestReason or > LongestReason ? string.Create(CultureInfo.InvariantCulture, $"The reason has {reason.Length} characters: give {ShortestReason} to {LongestReason}.")
        : marks.Length == 0 || marks.Length % PatientPart.MarkSize != 0 || marks.Length / PatientPart.MarkSize > MostKeys ? $"There must be 1 to {MostKeys} pseudonyms of {PatientPart.MarkSize} bytes."
        : request.From >= request.To ? "The period ends before it begins."
        : null;

    private async ValueTask<(RecordEntry? Entry, bool Shredded)> OpenAsync(long index, CancellationToken cancellationToken)
    {
        try
        {
            return await ledger.ReadRecordsAsync(index, 1, cancellationToken) is [{ Header: { } header, Object: { } sealedObject } record] && record.Leaf.Index == index
                ? (opener.OpenFacts(header, sealedObject), false)
                : (null, false);
        }
        catch (ShreddedException)
        {
            // Destroyed by an order, at least six years old: it is no longer accounted for.
            return (null, true);
        }
        catch (Exception e) when (e is CryptographicException or InvalidDataException)
        {
            return (null, false);
        }
    }

    private RecordPart Reason(FindDisclosures request, string reason) =>
        new() { Name = "reason", MediaType = "text/plain", Searchable = false, Content = bus.Seal(Encoding.UTF8.GetBytes(reason), request.RequestId) };
}
