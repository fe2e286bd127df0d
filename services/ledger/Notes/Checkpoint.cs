namespace Chaperone.Ledger;

/// <summary>The text that a log signs: who it is, how many leaves it has, and their root (C2SP tlog-checkpoint).</summary>
/// <param name="Origin">Identity of the log: a URL without scheme, without spaces and '+'.</param>
/// <param name="Head">Size and root.</param>
public sealed record Checkpoint(string Origin, TreeHead Head)
{
    private const int HeadLines = 3;

    /// <summary>Lines after the root, opaque; none in our own checkpoints.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>Reads a note's text; false if it is not a checkpoint.</summary>
    public static bool TryParse(string text, out Checkpoint? checkpoint)
    {
        checkpoint = null;
        if (!text.EndsWith('\n'))
        {
            return false;
        }

        var lines = text[..^1].Split('\n');
        if (lines.Length < HeadLines || lines.Any(line => line.Length == 0)
            || !StrictDecimal.TryParse(lines[1], out var size) || !MerkleHash.TryParse(lines[2], out var root))
        {
            return false;
        }

        checkpoint = new Checkpoint(lines[0], new TreeHead(size, root)) { Extensions = lines[HeadLines..] };
        return true;
    }

    /// <summary>Reads a signed checkpoint and checks its signatures as <see cref="SignedNote.Verify"/> does.</summary>
    public static NoteFault TryOpen(ReadOnlySpan<byte> note, IReadOnlyCollection<NoteKey> keys, out Checkpoint? checkpoint)
    {
        checkpoint = null;
        var fault = SignedNote.TryParse(note, out var parsed);
        if (fault == NoteFault.None)
        {
            fault = parsed!.Verify(keys, out _);
        }

        if (fault != NoteFault.None)
        {
            return fault;
        }

        return TryParse(parsed!.Text, out checkpoint) ? NoteFault.None : NoteFault.Malformed;
    }

    /// <summary>The text, ending with a newline.</summary>
    public string ToText() => string.Concat(
        new[] { Origin, $"{Head.Size}", Head.Root.ToString() }.Concat(Extensions).Select(line => line + "\n"));

    /// <summary>The text with the log's signature, then those of any <paramref name="witnesses"/>.</summary>
    public SignedNote Sign(NoteSigner log, params IEnumerable<NoteSignature> witnesses)
    {
        var text = ToText();
        return new SignedNote(text, [log.Sign(text), .. witnesses]);
    }
}
