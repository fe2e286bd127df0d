using Chaperone.Masking.Words;

namespace Chaperone.Masking.Structures;

/// <summary>A text that is more than a sentence: JSON, HL7, a table. Stateless and thread-safe. <see cref="StructureSigns"/> must know how it begins.</summary>
internal interface ITextStructure
{
    /// <summary>
    /// True where <paramref name="part"/> is of this structure; its masks are then in <paramref name="edits"/>. False leaves
    /// it to the next structure and last to the detectors, and adds nothing.
    /// </summary>
    bool TryMask(TextPart part, TextEdits edits, TextMasker masker, MaskRun run, bool twin);
}
