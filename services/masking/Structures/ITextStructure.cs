namespace Chaperone.Masking.Structures;

/// <summary>A text that is more than a sentence: JSON, HL7, a table. Stateless and thread-safe.</summary>
internal interface ITextStructure
{
    /// <summary>
    /// True where <paramref name="text"/> is of this structure; <paramref name="masked"/> is then the masked text, or null
    /// where nothing was to be masked. False leaves it to the next structure and last to the detectors.
    /// </summary>
    bool TryMask(ReadOnlySpan<char> text, TextMasker masker, MaskRun run, bool twin, out string? masked);
}
