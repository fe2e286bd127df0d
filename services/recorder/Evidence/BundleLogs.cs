using System.Globalization;
using System.Text;
using Chaperone.Ledger;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Evidence;

/// <summary>
/// The logs that a bundle is of: one, whose checkpoint lies in it, or those of <c>logs.tsv</c>, each of which carries over the one
/// before. What does not hold is said by place and stops the reading.
/// </summary>
/// <param name="key">The first log's key; later logs have the same under their own origins.</param>
/// <param name="read">Reads a member; null where it is missing, which was said.</param>
/// <param name="say">Says a place and what is wrong there.</param>
internal sealed class BundleLogs(NoteKey key, Func<string, byte[]?> read, Action<string, string> say)
{
    /// <summary>All of them, oldest first; null if one cannot be believed.</summary>
    public IReadOnlyList<BundleLog>? Read(bool hasTable)
    {
        if (!hasTable)
        {
            return Open(EvidencePaths.Checkpoint, key) is var (head, _) ? [new BundleLog(0, key, head)] : null;
        }

        var lines = Encoding.UTF8.GetString(read(EvidencePaths.Logs) ?? []).TrimEnd('\n').Split('\n');
        var logs = new List<BundleLog>();
        var (year, note) = (0, Array.Empty<byte>());
        for (var i = 0; i < lines.Length; i++)
        {
            var (years, next) = (year, logs.Count == 0 ? 0 : logs[^1].First + logs[^1].Head.Size);
            if (lines[i].Split('\t') is not [var first, var origin, var leaf, var proof] || first != next.ToString(CultureInfo.InvariantCulture)
                || (i == 0 ? origin != key.Name : !LogSeries.TryReadYear(key.Name, origin, out year) || year <= years))
            {
                say(EvidencePaths.Logs, $"line {i + 1} is not a log of {key.Name} that follows the one before");
                return null;
            }

            var named = i == 0 ? key : key.Named(origin);
            if (Open(i == lines.Length - 1 ? EvidencePaths.Checkpoint : EvidencePaths.ClosedLog(i), named) is not var (head, bytes))
            {
                return null;
            }

            if (i > 0)
            {
                CheckCarryOver(logs[^1], note, next, leaf, proof, head);
            }

            logs.Add(new BundleLog(next, named, head));
            note = bytes;
        }

        return logs;
    }

    private void CheckCarryOver(BundleLog before, byte[] note, long index, string leaf, string proof, TreeHead head)
    {
        var bytes = Encoding.UTF8.GetBytes(leaf);
        CarryOver? carried = null;
        try
        {
            carried = LeafFormat.Read(bytes).Carried;
        }
        catch (InvalidDataException)
        {
            // Then it carries nothing over.
        }

        if (carried != CarryOver.Of(before.Key.Name, before.Head, Encoding.UTF8.GetString(note)))
        {
            say($"record {index}", $"it does not carry over how {before.Key.Name} was closed");
        }

        if (!MerkleProof.VerifyInclusion(Rfc6962.HashLeaf(bytes), 0, head, BundleProof.Read(proof)))
        {
            say($"record {index}", "its leaf is not in the tree that was signed");
        }
    }

    private (TreeHead Head, byte[] Note)? Open(string path, NoteKey named)
    {
        if (read(path) is not { } note)
        {
            return null;
        }

        if (Checkpoint.TryOpen(note, [named], out var checkpoint) == NoteFault.None && checkpoint!.Origin == named.Name)
        {
            return (checkpoint.Head, note);
        }

        say(path, $"it is not signed by {named}");
        return null;
    }
}
