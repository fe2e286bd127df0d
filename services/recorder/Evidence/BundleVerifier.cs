using System.Security.Cryptography;
using System.Text;
using Chaperone.Ledger;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Verification;

namespace Chaperone.Recorder.Evidence;

/// <summary>
/// Verifies a bundle of evidence offline, trusting only <paramref name="given"/> or, without it, the key that lies in the bundle:
/// the manifest's signature, each file, the checkpoint, consistency with older ones, and each record against leaf and tree.
/// </summary>
internal sealed class BundleVerifier(IBundleFiles files, NoteKey? given)
{
    private readonly Findings _findings = new();

    /// <summary>The key that was trusted; null before <see cref="VerifyAsync"/>, or when there is none.</summary>
    public NoteKey? Key { get; private set; } = given;

    /// <summary>Verifies; what is wrong is in the report.</summary>
    /// <param name="earlier">A checkpoint kept from before; null for none. Needs a bundle that was made with it.</param>
    /// <param name="progress">Told now and then; null for nobody.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async ValueTask<BundleReport> VerifyAsync(byte[]? earlier, IProgress<LedgerProgress>? progress, CancellationToken cancellationToken)
    {
        TreeHead? head = null;
        long records = 0;
        long? older = null;
        try
        {
            if (ReadKey() && CheckManifest() is { } manifest)
            {
                await CheckFilesAsync(manifest, cancellationToken);
                if (new BundleLogs(Key!, Read, _findings.Add).Read(files.Paths.Contains(EvidencePaths.Logs)) is { } logs)
                {
                    head = CheckTree(logs[^1], manifest);
                    older = CheckOlder(logs);
                    CheckEarlier(earlier, logs, older);
                    records = await CheckRecordsAsync(logs, manifest, progress, cancellationToken);
                }
            }
        }
        catch (InvalidDataException e)
        {
            _findings.Add("zip", $"cannot be read, it is damaged there ({e.Message})");
        }

        return new BundleReport(_findings.All, head, records, older);
    }

    private bool ReadKey()
    {
        if (Key is not null)
        {
            return true;
        }

        try
        {
            Key = Read(EvidencePaths.Key) is { } key ? NoteKey.Parse(Encoding.UTF8.GetString(key).TrimEnd('\n')) : null;
        }
        catch (FormatException)
        {
            _findings.Add(EvidencePaths.Key, "it is not a verifier key whose hash fits");
        }

        return Key is not null;
    }

    private BundleManifest? CheckManifest()
    {
        var (bytes, note) = (Read(EvidencePaths.Manifest), Read(EvidencePaths.Note));
        if (bytes is null || note is null)
        {
            return null;
        }

        if (SignedNote.TryParse(note, out var signed) != NoteFault.None || signed!.Verify([Key!], out _) != NoteFault.None
            || !signed.ToBytes().AsSpan().SequenceEqual(note) || signed.Text.Split('\n') is not [EvidenceManifest.Label, var origin, _, var hash, ""] || origin != Key!.Name)
        {
            _findings.Add(EvidencePaths.Note, $"it is not signed by {Key}");
        }
        else if (hash != Convert.ToHexStringLower(SHA256.HashData(bytes)))
        {
            _findings.Add(EvidencePaths.Manifest, "it is not the one that was signed");
        }

        try
        {
            return BundleManifest.Read(bytes);
        }
        catch (InvalidDataException e)
        {
            _findings.Add(EvidencePaths.Manifest, e.Message);
            return null;
        }
    }

    private async ValueTask CheckFilesAsync(BundleManifest manifest, CancellationToken cancellationToken)
    {
        foreach (var (path, sha256) in manifest.Files)
        {
            if (!files.Paths.Contains(path))
            {
                _findings.Add(path, "it is missing");
                continue;
            }

            try
            {
                await using var stream = files.Open(path);
                if (Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken)) != sha256)
                {
                    _findings.Add(path, "it was altered");
                }
            }
            catch (InvalidDataException)
            {
                _findings.Add(path, "it was altered: the zip's own checksum does not fit");
            }
        }

        foreach (var extra in files.Paths.Where(p => p is not (EvidencePaths.Manifest or EvidencePaths.Note) && !manifest.Files.ContainsKey(p)))
        {
            _findings.Add(extra, "it does not belong to this bundle");
        }
    }

    private TreeHead CheckTree(BundleLog newest, BundleManifest manifest)
    {
        if (newest.First + newest.Head.Size != manifest.TreeSize || newest.Head.Root.ToString() != manifest.Root)
        {
            _findings.Add(EvidencePaths.Checkpoint, "it is of another tree than manifest.json");
        }

        return new TreeHead(newest.First + newest.Head.Size, newest.Head.Root);
    }

    private long? CheckOlder(IReadOnlyList<BundleLog> logs)
    {
        if (!files.Paths.Contains(EvidencePaths.Older))
        {
            return null;
        }

        if (Open(Read(EvidencePaths.Older)!, logs) is not var (log, older))
        {
            _findings.Add(EvidencePaths.Older, $"it is not signed by {Key}");
            return null;
        }

        var proof = Encoding.UTF8.GetString(Read(EvidencePaths.Consistency) ?? []).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(BundleProof.ReadHash).ToList();
        if (!MerkleProof.VerifyConsistency(older, log.Head, proof))
        {
            _findings.Add(EvidencePaths.Older, $"the tree does not begin with its {older.Size} records");
        }

        return log.First + older.Size;
    }

    private void CheckEarlier(byte[]? earlier, IReadOnlyList<BundleLog> logs, long? older)
    {
        if (earlier is null)
        {
            return;
        }

        if (Open(earlier, logs) is not var (log, kept))
        {
            _findings.Add("earlier checkpoint", $"it is not signed by {Key}{(logs.Count == 1 ? "" : ", or of a log that this bundle does not reach")}");
        }
        else if (kept.Size > log.Head.Size)
        {
            _findings.Add("earlier checkpoint", $"says {kept.Size} records, but the tree has only {log.Head.Size}: records were taken back, or the bundle is older");
        }
        else if (kept.Size == log.Head.Size ? kept.Root != log.Head.Root : log.First + kept.Size != older || !earlier.AsSpan().SequenceEqual(Read(EvidencePaths.Older)))
        {
            _findings.Add("earlier checkpoint", kept.Size == log.Head.Size
                ? "its root is not that of the same number of records: the ledger was rewritten"
                : "the bundle has no proof that the tree begins with it; have the bundle made with --since and this checkpoint");
        }
    }

    private async ValueTask<long> CheckRecordsAsync(IReadOnlyList<BundleLog> logs, BundleManifest manifest, IProgress<LedgerProgress>? progress, CancellationToken cancellationToken)
    {
        if (!files.Paths.Contains(EvidencePaths.Records) || !files.Paths.Contains(EvidencePaths.Proofs))
        {
            return 0;
        }

        using var headers = new StreamReader(files.Open(EvidencePaths.Records), new UTF8Encoding(false));
        using var proofs = new StreamReader(files.Open(EvidencePaths.Proofs), new UTF8Encoding(false));
        var records = 0L;
        while (true)
        {
            var (header, proof) = (await headers.ReadLineAsync(cancellationToken), await proofs.ReadLineAsync(cancellationToken));
            if (header is null || proof is null)
            {
                if (header is not null || proof is not null || records != manifest.Records)
                {
                    _findings.Add(EvidencePaths.Records, $"it and {EvidencePaths.Proofs} do not have {manifest.Records} records each");
                }

                return records;
            }

            CheckRecord(header, proof.Split('\t'), logs);
            if (++records % 16384 == 0)
            {
                progress?.Report(new LedgerProgress(records, manifest.Records));
            }
        }
    }

    private void CheckRecord(string header, string[] proof, IReadOnlyList<BundleLog> logs)
    {
        if (proof.Length != 3 || !long.TryParse(proof[0], out var index))
        {
            _findings.Add(EvidencePaths.Proofs, "a line has not index, leaf and proof");
            return;
        }

        var place = $"record {index}";
        try
        {
            if (LeafFormat.Read(Encoding.UTF8.GetBytes(proof[1])).HeaderHash != Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(header))))
            {
                _findings.Add(place, "its header is not the one that was logged");
            }
        }
        catch (InvalidDataException)
        {
            _findings.Add(place, "its leaf cannot be read");
        }

        var log = logs.LastOrDefault(l => l.First <= index);
        if (log is null || !MerkleProof.VerifyInclusion(Rfc6962.HashLeaf(Encoding.UTF8.GetBytes(proof[1])), index - log.First, log.Head, BundleProof.Read(proof[2])))
        {
            _findings.Add(place, "its leaf is not in the tree that was signed");
        }
    }

    private static (BundleLog Log, TreeHead Head)? Open(byte[] note, IReadOnlyList<BundleLog> logs) =>
        Checkpoint.TryOpen(note, [.. logs.Select(log => log.Key)], out var checkpoint) == NoteFault.None
        && logs.FirstOrDefault(log => log.Key.Name == checkpoint!.Origin) is { } of ? (of, checkpoint!.Head) : null;

    private byte[]? Read(string path)
    {
        if (!files.Paths.Contains(path))
        {
            _findings.Add(path, "it is missing");
            return null;
        }

        try
        {
            using var stream = files.Open(path);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        }
        catch (InvalidDataException)
        {
            _findings.Add(path, "it was altered: the zip's own checksum does not fit");
            return null;
        }
    }
}
