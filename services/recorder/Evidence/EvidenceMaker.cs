using System.Security.Cryptography;
using System.Text;
using Chaperone.Contracts;
using Chaperone.Ledger;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Evidence;

/// <summary>
/// Makes a bundle of evidence: reads every leaf, holds the tree against the signed checkpoint, and writes the records that the
/// filter asks for with their proofs. Writes nothing to the store. The same filter and tree size give the same bytes.
/// </summary>
/// <remarks>
/// 1. The filter is checked, and the checkpoint opened with the log's own key.
/// 2. Every leaf is hashed; each log's root must be the one that was signed and carried over, and an older checkpoint must be of the same tree.
/// 3. Records of the period are read, each held against its leaf, and told to the parts.
/// 4. The manifest is signed, and all is put into the zip.
/// </remarks>
internal sealed class EvidenceMaker(ILedgerStore store, RecordOpener opener, NoteSigner signer)
{
    private const int LeafPage = 4096;

    // Records are read whole, and one may have megabytes.
    private const int RecordPage = 64;

    /// <summary>Writes the bundle to <paramref name="target"/>, which is new and can be read.</summary>
    /// <exception cref="EvidenceException">The request cannot be met.</exception>
    /// <exception cref="InvalidDataException">The store is not what was signed; the message names the place.</exception>
    public async ValueTask<EvidenceResult> MakeAsync(EvidenceFilter filter, FileStream target, IProgress<LedgerProgress>? progress, CancellationToken cancellationToken)
    {
        EvidenceSelection.Check(filter);
        var published = await ReadPublishedAsync(cancellationToken);
        var size = filter.TreeSize ?? published.Size;
        if (size > published.Size)
        {
            throw new EvidenceException($"The tree size {size} is more than the {published.Size} leaves that a checkpoint was signed over.");
        }

        using var folder = new EvidenceFolder(target.Name);
        var totals = new EvidenceTotals();
        var completeness = new CompletenessPart(folder, totals, filter, size);
        var trees = new LogTrees(await store.ReadLogsAsync(cancellationToken), signer.LogKey);
        var indexes = await ReadLeavesAsync(filter, published, size, trees, completeness, progress, cancellationToken);
        var logs = trees.LogsOf(size);
        var newest = trees.HeadOf(logs[^1], size);
        var head = new TreeHead(size, newest.Root);
        var older = OpenOlder(filter, trees, size);

        IEvidencePart[] parts =
        [
            new RecordsPart(folder, trees, size),
            new SessionsPart(folder, totals),
            new PopulationsPart(folder, totals),
            new ConfigurationPart(folder, signer.LogKey),
            new RetentionPart(folder, totals),
            new ReviewsPart(folder, totals),
            new FhirPart(folder, signer.LogKey.Name),
            new OcsfPart(folder, signer.LogKey.Name),
            .. filter.WithMaskedText ? [new ContentPart(folder)] : Array.Empty<IEvidencePart>(),
        ];
        await TellAsync(filter, indexes, completeness, parts, cancellationToken);
        foreach (var part in parts)
        {
            part.Finish();
        }

        completeness.Finish();
        await new PopulationWorkbook(folder).WriteAsync(filter, head, signer.LogKey, cancellationToken);
        WriteProofs(folder, filter, trees, size, older);
        EvidenceTools.Write(folder);
        SummaryPage.Write(folder, filter, head, logs, older?.Head, totals, signer.LogKey);
        var manifest = EvidenceManifest.Write(folder, filter, signer.LogKey.Name, head, logs.Count, older?.Head, totals.Records);
        var text = EvidenceManifest.Text(signer.LogKey.Name, size, Convert.ToHexStringLower(SHA256.HashData(manifest)));
        folder.Write(EvidencePaths.Manifest, manifest);
        folder.Write(EvidencePaths.Note, new SignedNote(text, [signer.Sign(text)]).ToBytes());
        var digest = await folder.ZipAsync(target, cancellationToken);
        return new EvidenceResult(Convert.ToHexStringLower(digest), target.Length, size, totals.Records, totals.MissingNumbers);
    }

    /// <summary>The last checkpoint that was signed, with the records of all logs up to it.</summary>
    private async ValueTask<PublishedTree> ReadPublishedAsync(CancellationToken cancellationToken)
    {
        var row = await store.ReadCheckpointAsync(cancellationToken)
            ?? throw new EvidenceException("No checkpoint was signed yet, so nothing can be proved. Let the recorder run until it signed one.");
        return Open(Encoding.UTF8.GetBytes(row.Note), await store.ReadLogsAsync(cancellationToken)) is var (log, head)
            ? new PublishedTree(log, head)
            : throw new InvalidDataException($"checkpoint row: not a checkpoint that {signer.LogKey} signed");
    }

    private (YearLog Log, TreeHead Head)? Open(byte[] note, IReadOnlyList<YearLog> logs)
    {
        var ledger = signer.LogKey;
        return Checkpoint.TryOpen(note, [.. logs.Select(log => ledger.Named(log.OriginIn(ledger.Name)))], out var checkpoint) == NoteFault.None
            && logs.FirstOrDefault(log => log.OriginIn(ledger.Name) == checkpoint!.Origin) is { } of ? (of, checkpoint!.Head) : null;
    }

    private (YearLog Log, TreeHead Head)? OpenOlder(EvidenceFilter filter, LogTrees trees, long size)
    {
        if (filter.OlderCheckpoint is not { } note)
        {
            return null;
        }

        if (Open(Encoding.UTF8.GetBytes(note), trees.LogsOf(size)) is not var (log, older))
        {
            throw new EvidenceException($"The older checkpoint is not one that {signer.LogKey} signed. Give the file as it was kept.");
        }

        if (older.Size > trees.HeadOf(log, size).Size)
        {
            throw new InvalidDataException($"older checkpoint: says {older.Size} records, but the tree has only {trees.HeadOf(log, size).Size}: records were taken back, or a tree size before it was asked for");
        }

        return trees.RootOf(log, older.Size) == older.Root ? (log, older) : throw new InvalidDataException($"older checkpoint: its {older.Size} records are not the first of the ledger");
    }

    private async ValueTask<List<long>> ReadLeavesAsync(
        EvidenceFilter filter, PublishedTree published, long size, LogTrees trees, CompletenessPart completeness, IProgress<LedgerProgress>? progress, CancellationToken cancellationToken)
    {
        var selection = new EvidenceSelection(filter);
        var indexes = new List<long>();
        while (trees.Size < published.Size)
        {
            var leaves = await store.ReadLeavesAsync(trees.Size, (int)Math.Min(LeafPage, published.Size - trees.Size), cancellationToken);
            foreach (var leaf in leaves)
            {
                if (leaf.Index != trees.Size)
                {
                    break;
                }

                trees.Append(leaf.Bytes);
                if (leaf.Index < size)
                {
                    await TakeLeafAsync(leaf, selection, completeness, indexes, cancellationToken);
                }
            }

            if (leaves.Count == 0 || leaves[^1].Index + 1 != trees.Size)
            {
                throw new InvalidDataException($"leaf {trees.Size}: the store does not have it");
            }

            progress?.Report(new LedgerProgress(trees.Size, published.Size));
        }

        return trees.RootOf(published.Log, published.Head.Size) == published.Head.Root
            ? indexes
            : throw new InvalidDataException($"checkpoint: its root is not that of the first {published.Size} leaves of the store");
    }

    private async ValueTask TakeLeafAsync(
        StoredLeaf leaf, EvidenceSelection selection, CompletenessPart completeness, List<long> indexes, CancellationToken cancellationToken)
    {
        var facts = LeafFormat.Read(leaf.Bytes);
        var isInPeriod = selection.IsInPeriod(facts);
        string? note = null;
        if (facts.Kind is RecordKind.Gap or RecordKind.Heartbeat)
        {
            note = await store.ReadRecordsAsync(leaf.Index, 1, cancellationToken) is [{ Header: { } header }] && Hash(header) == facts.HeaderHash
                ? RecordHeader.Read(header).Note
                : throw new InvalidDataException($"record {leaf.Index}: its header is not the one that was logged");
        }

        completeness.TakeLeaf(leaf.Index, facts, note, isInPeriod);
        if (isInPeriod)
        {
            indexes.Add(leaf.Index);
        }
    }

    private async ValueTask TellAsync(
        EvidenceFilter filter, List<long> indexes, CompletenessPart completeness, IEvidencePart[] parts, CancellationToken cancellationToken)
    {
        var selection = new EvidenceSelection(filter);
        if (selection.NeedsDecisions)
        {
            await foreach (var record in ReadAsync(indexes, withParts: false, cancellationToken))
            {
                selection.Note(record.Entry);
            }
        }

        await foreach (var record in ReadAsync(indexes, filter.WithMaskedText, cancellationToken))
        {
            completeness.Take(record);
            if (selection.Has(record))
            {
                foreach (var part in parts)
                {
                    part.Take(record);
                }
            }
        }
    }

    private async IAsyncEnumerable<EvidenceRecord> ReadAsync(
        List<long> indexes, bool withParts, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var next = 0; next < indexes.Count;)
        {
            var run = 1;
            while (run < RecordPage && next + run < indexes.Count && indexes[next + run] == indexes[next] + run)
            {
                run++;
            }

            var records = await store.ReadRecordsAsync(indexes[next], run, cancellationToken);
            for (var i = 0; i < run; i++)
            {
                yield return i < records.Count && records[i].Leaf.Index == indexes[next + i]
                    ? Open(records[i], withParts)
                    : throw new InvalidDataException($"record {indexes[next + i]}: the store does not have it");
            }

            next += run;
        }
    }

    private EvidenceRecord Open(StoredRecord record, bool withParts)
    {
        var facts = LeafFormat.Read(record.Leaf.Bytes);
        if (record.Header is null || Hash(record.Header) != facts.HeaderHash || record.Object is null || Hash(record.Object) != facts.ObjectHash)
        {
            throw new InvalidDataException($"record {record.Leaf.Index}: it is not the one that was logged");
        }

        try
        {
            var opened = withParts ? opener.Open(record.Header, record.Object) : new OpenedRecord(opener.OpenFacts(record.Header, record.Object), []);
            return new EvidenceRecord(record.Leaf.Index, record.Leaf.Bytes, record.Header, opened.Entry, opened.Parts, IsOpen: true);
        }
        catch (CryptographicException)
        {
            // Its object is the one that was logged, so the key is gone: what the leaf says remains.
            var entry = new RecordEntry { EventId = facts.EventId, Kind = facts.Kind, OccurredAt = facts.At, Source = "" };
            return new EvidenceRecord(record.Leaf.Index, record.Leaf.Bytes, record.Header, entry, [], IsOpen: false);
        }
    }

    private void WriteProofs(EvidenceFolder folder, EvidenceFilter filter, LogTrees trees, long size, (YearLog Log, TreeHead Head)? older)
    {
        var logs = trees.LogsOf(size);
        var origin = logs[^1].OriginIn(signer.LogKey.Name);
        folder.Write(EvidencePaths.Key, $"{signer.LogKey}\n");
        folder.Write(EvidencePaths.Checkpoint, new Checkpoint(origin, trees.HeadOf(logs[^1], size)).Sign(signer.Named(origin)).ToBytes());
        if (logs.Count > 1)
        {
            folder.Write(EvidencePaths.Logs, trees.Table(size), logs.Count);
            foreach (var closed in logs.SkipLast(1))
            {
                folder.Write(EvidencePaths.ClosedLog(closed.Number), closed.Closed!.Note);
            }
        }

        if (older is var (log, from))
        {
            folder.Write(EvidencePaths.Older, filter.OlderCheckpoint!);
            folder.Write(EvidencePaths.Consistency, string.Concat(
                trees.ConsistencyProof(log, from.Size, size).Select(h => Convert.ToHexStringLower(h.ToArray()) + "\n")));
        }
    }

    private sealed record PublishedTree(YearLog Log, TreeHead Head)
    {
        public long Size => Log.First + Head.Size;
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
