using System.Globalization;
using System.Text;

namespace Chaperone.Ledger;

/// <summary>Body of <c>POST add-checkpoint</c> (C2SP tlog-witness): a checkpoint, and that it extends the one the witness has.</summary>
/// <param name="OldSize">Size of the last checkpoint that the witness cosigned; 0 for none.</param>
/// <param name="Proof">Consistency proof from there, at most 63 hashes.</param>
/// <param name="Checkpoint">The signed checkpoint, verbatim.</param>
public sealed record AddCheckpoint(long OldSize, IReadOnlyList<MerkleHash> Proof, ReadOnlyMemory<byte> Checkpoint)
{
    /// <summary>Longest body, in bytes: the size, 63 hashes, and the longest note.</summary>
    public const int MaxBytes = SignedNote.MaxBytes + 4096;

    private const string OldLabel = "old ";

    /// <summary>Reads a body without checking what it says; false if it is not laid out as the protocol says.</summary>
    public static bool TryParse(ReadOnlySpan<byte> body, out AddCheckpoint? request)
    {
        request = null;

        // The first blank line separates; the checkpoint behind it keeps its bytes.
        var blank = body.IndexOf("\n\n"u8);
        if (body.Length > MaxBytes || blank < 0)
        {
            return false;
        }

        var lines = Encoding.ASCII.GetString(body[..blank]).Split('\n');
        if (lines.Length > 1 + MerkleProof.MaxHashes || !lines[0].StartsWith(OldLabel, StringComparison.Ordinal)
            || !StrictDecimal.TryParse(lines[0][OldLabel.Length..], out var oldSize))
        {
            return false;
        }

        var proof = new MerkleHash[lines.Length - 1];
        for (var i = 0; i < proof.Length; i++)
        {
            if (!MerkleHash.TryParse(lines[i + 1], out proof[i]))
            {
                return false;
            }
        }

        request = new AddCheckpoint(oldSize, proof, body[(blank + 2)..].ToArray());
        return true;
    }

    /// <summary>The body.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder(OldLabel).Append(OldSize.ToString(CultureInfo.InvariantCulture)).Append('\n');
        foreach (var hash in Proof)
        {
            text.Append(hash).Append('\n');
        }

        return [.. Encoding.ASCII.GetBytes(text.Append('\n').ToString()), .. Checkpoint.Span];
    }
}
