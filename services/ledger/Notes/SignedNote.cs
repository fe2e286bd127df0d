using System.Text;

namespace Chaperone.Ledger;

/// <summary>A text with signatures (C2SP signed-note). Its text means nothing before <see cref="Verify"/> returned <see cref="NoteFault.None"/>.</summary>
/// <param name="Text">The signed text, ending with a newline.</param>
/// <param name="Signatures">The signature lines, in order.</param>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    /// <summary>Longest note read, in bytes: room for 16 post-quantum signatures.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>Most signatures read; the specification asks for at least 16.</summary>
    public const int MaxSignatures = 100;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a note without checking any signature.</summary>
    public static NoteFault TryParse(ReadOnlySpan<byte> bytes, out SignedNote? note)
    {
        note = null;
        var fault = TryReadText(bytes, out var all);
        if (fault != NoteFault.None)
        {
            return fault;
        }

        // The last blank line separates: the text may have blank lines of its own.
        var blank = all.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (blank < 0 || !all.EndsWith('\n') || blank + 2 == all.Length)
        {
            return NoteFault.Malformed;
        }

        var lines = all[(blank + 2)..^1].Split('\n');
        if (lines.Length > MaxSignatures)
        {
            return NoteFault.TooManySignatures;
        }

        var signatures = new List<NoteSignature>(lines.Length);
        foreach (var line in lines)
        {
            if (!NoteSignature.TryParse(line, out var signature))
            {
                return NoteFault.Malformed;
            }

            signatures.Add(signature!);
        }

        note = new SignedNote(all[..(blank + 1)], signatures);
        return NoteFault.None;
    }

    /// <summary>
    /// Checks the signatures by <paramref name="keys"/>; those by others are ignored. One by a known key that does not verify
    /// spoils the note; so does having none by a known key. <paramref name="signers"/> are the keys that did sign.
    /// </summary>
    public NoteFault Verify(IReadOnlyCollection<NoteKey> keys, out IReadOnlyList<NoteKey> signers)
    {
        signers = [];
        var found = new List<NoteKey>();
        foreach (var signature in Signatures)
        {
            var key = keys.FirstOrDefault(key => key.IsKeyOf(signature));
            if (key is null)
            {
                continue;
            }

            if (!key.Verify(Text, signature))
            {
                return NoteFault.BadSignature;
            }

            if (!found.Contains(key))
            {
                found.Add(key);
            }
        }

        signers = found;
        return found.Count > 0 ? NoteFault.None : NoteFault.NoKnownSignature;
    }

    /// <summary>The note as it is stored: text, blank line, signature lines.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes($"{Text}\n{string.Concat(Signatures)}");

    internal static NoteFault TryReadText(ReadOnlySpan<byte> bytes, out string text)
    {
        text = "";
        if (bytes.Length > MaxBytes)
        {
            return NoteFault.TooLarge;
        }

        try
        {
            text = StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return NoteFault.NotText;
        }

        return text.Any(c => c < ' ' && c != '\n') ? NoteFault.NotText : NoteFault.None;
    }
}
