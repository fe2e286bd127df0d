using Chaperone.Masking.Words;

namespace Chaperone.Masking.Structures;

/// <summary>Markdown with fenced blocks: what is inside a fence is a text of its own.</summary>
internal sealed class FencedStructure : ITextStructure
{
    private const string Fence = "```";

    public bool TryMask(TextPart part, TextEdits edits, TextMasker masker, MaskRun run, bool twin)
    {
        if (part.Text.IndexOf(Fence, StringComparison.Ordinal) < 0)
        {
            return false;
        }

        while (!part.IsEmpty)
        {
            var fence = part.Text.IndexOf(Fence, StringComparison.Ordinal);
            masker.Mask(fence < 0 ? part : part[..fence], edits, run);
            if (fence < 0)
            {
                break;
            }

            // The rest of the fence's line names a language, or holds what anyone wrote there.
            part = part[(fence + Fence.Length)..];
            var line = part.Text.IndexOf('\n');
            masker.MaskPlain(line < 0 ? part : part[..line], edits, run, bare: true);
            part = line < 0 ? default : part[(line + 1)..];
        }

        return true;
    }
}
