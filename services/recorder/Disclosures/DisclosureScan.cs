using Chaperone.Contracts;
using Chaperone.Ledger;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Disclosures;

/// <summary>Finds what was handed out about a patient in the ledger itself: slower than the search, and in need of none.</summary>
internal sealed class DisclosureScan(ILedgerStore store, RecordOpener opener)
{
    // Records are read whole, and one may have megabytes.
    private const int Page = 64;

    /// <summary>Reads every outcome; <paramref name="keys"/> are those that the pseudonyms <paramref name="marks"/> were made under.</summary>
    /// <exception cref="InvalidDataException">A record is gone or cannot be read.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">A record does not open.</exception>
    public async ValueTask<DisclosuresFound> FindAsync(
        IReadOnlyList<byte[]> marks, IReadOnlyList<string> keys, DateTimeOffset from, DateTimeOffset to, IProgress<LedgerProgress>? progress, CancellationToken cancellationToken)
    {
        var size = (await store.ReadHeadAsync(cancellationToken)).Size;
        var list = new DisclosureList(from, to);
        var lost = new SortedSet<string>(StringComparer.Ordinal);
        for (var next = 0L; next < size;)
        {
            var records = await store.ReadRecordsAsync(next, (int)Math.Min(Page, size - next), cancellationToken);
            if (records.Count == 0)
            {
                throw new InvalidDataException($"leaf {next}: the store does not have it");
            }

            foreach (var record in records)
            {
                next = record.Leaf.Index + 1;
                if (record.Leaf.Kind == (int)RecordKind.Outcome)
                {
                    Take(record, marks, keys, from, to, list, lost);
                }
            }

            progress?.Report(new LedgerProgress(next, size));
        }

        return list.ToFound() with { TreeSize = size, LostKeys = [.. lost] };
    }

    private void Take(StoredRecord record, IReadOnlyList<byte[]> marks, IReadOnlyList<string> keys, DateTimeOffset from, DateTimeOffset to, DisclosureList list, SortedSet<string> lost)
    {
        if (record is not { Header: { } header, Object: { } sealedObject })
        {
            throw new InvalidDataException($"record {record.Leaf.Index}: it is gone");
        }

        try
        {
            if (opener.OpenPatients(header, sealedObject) is not { } patients || opener.OpenFacts(header, sealedObject) is not { } entry || entry.OccurredAt < from || entry.OccurredAt >= to)
            {
                return;
            }

            if (!keys.Contains(patients.KeyId))
            {
                lost.Add(patients.KeyId);
            }

            PatientHit[] hits =
            [
                .. patients.Rows().Where(r => r.Mark.Span.SequenceEqual(PatientPart.Anybody.Span) || marks.Any(m => r.Mark.Span.SequenceEqual(m)))
                    .Select(r => new PatientHit(record.Leaf.Index, r.Class, r.Place)),
            ];
            if (hits.Length > 0)
            {
                list.Take(record.Leaf.Index, entry, hits);
            }
        }
        catch (ShreddedException)
        {
            // Destroyed by an order, at least six years old: it is no longer accounted for.
        }
    }
}
