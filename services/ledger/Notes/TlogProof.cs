using System.Globalization;
using System.Text;

namespace Chaperone.Ledger;

/// <summary>That one leaf is in a log, in one file that can be checked offline (C2SP tlog-proof, <c>.tlog-proof</c>).</summary>
/// <param name="Index">The leaf, from 0.</param>
/// <param name="Hashes">Inclusion proof, leaf to root.</param>
/// <param name="Checkpoint">The signed checkpoint, verbatim.</param>
public sealed record TlogProof(long Index, IReadOnlyList<MerkleHash> Hashes, ReadOnlyMemory<byte> Checkpoint)
{
    private const string Header = "c2sp.org/tlog-proof@v1";
    private const string ExtraLabel = "extra ";
    private const string IndexLabel = "index ";
    private const int MaxExtraBytes = 64 * 1024;

    /// <summary>Free data that nothing authenticates; at most 64 KiB. Null if there is none.</summary>
    public byte[]? Extra { get; init; }

    /// <summary>Reads a proof file without checking it; limits as for notes.</summary>
    public static NoteFault TryParse(ReadOnlySpan<byte> bytes, out TlogProof? proof)
    {
        proof = null;
        var fault = SignedNote.TryReadText(bytes, out var all);
        if (fault != NoteFault.None)
        {
            return fault;
        }

        // Here the first blank line separates: lines before it are never empty.
        var blank = all.IndexOf("\n\n", StringComparison.Ordinal);
        if (blank < 0)
        {
            return NoteFault.Malformed;
        }

        var lines = all[..blank].Split('\n');
        var next = 1;
        byte[]? extra = null;
        if (lines.Length > 1 && lines[1].StartsWith(ExtraLabel, StringComparison.Ordinal))
        {
            if (!StrictBase64.TryDecode(lines[next++][ExtraLabel.Length..], MaxExtraBytes, out extra))
            {
                return NoteFault.Malformed;
            }
        }

        if (lines[0] != Header || next >= lines.Length || !lines[next].StartsWith(IndexLabel, StringComparison.Ordinal)
            || !StrictDecimal.TryParse(lines[next][IndexLabel.Length..], out var index)
            || !TryReadHashes(lines.AsSpan(next + 1), out var hashes))
        {
            return NoteFault.Malformed;
        }

        proof = new TlogProof(index, hashes, Encoding.UTF8.GetBytes(all[(blank + 2)..])) { Extra = extra };
        return NoteFault.None;
    }

    /// <summary>True if <paramref name="entry"/> is the leaf, in the tree of a checkpoint that <paramref name="logKey"/> signed for the origin of its name.</summary>
    public bool Verify(ReadOnlySpan<byte> entry, NoteKey logKey) =>
        Ledger.Checkpoint.TryOpen(Checkpoint.Span, [logKey], out var checkpoint) == NoteFault.None
        && checkpoint!.Origin == logKey.Name
        && MerkleProof.VerifyInclusion(Rfc6962.HashLeaf(entry), Index, checkpoint.Head, Hashes);

    /// <summary>The file.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder(Header).Append('\n');
        if (Extra is not null)
        {
            text.Append(ExtraLabel).Append(Convert.ToBase64String(Extra)).Append('\n');
        }

        text.Append(IndexLabel).Append(Index.ToString(CultureInfo.InvariantCulture)).Append('\n');
        foreach (var hash in Hashes)
        {
            text.Append(hash).Append('\n');
        }

        return [.. Encoding.UTF8.GetBytes(text.Append('\n').ToString()), .. Checkpoint.Span];
    }

    private static bool TryReadHashes(ReadOnlySpan<string> lines, out MerkleHash[] hashes)
    {
        hashes = new MerkleHash[Math.Min(lines.Length, MerkleProof.MaxHashes)];
        if (lines.Length > MerkleProof.MaxHashes)
        {
            return false;
        }

        for (var i = 0; i < lines.Length; i++)
        {
            if (!MerkleHash.TryParse(lines[i], out hashes[i]))
            {
                return false;
            }
        }

        return true;
    }
}
