using System.Text;

namespace Chaperone.Masking.Structures;

/// <summary>Markdown with fenced blocks: what is inside a fence is a text of its own.</summary>
internal sealed class FencedStructure : ITextStructure
{
    private const string Fence = "```";

    public bool TryMask(ReadOnlySpan<char> text, TextMasker masker, MaskRun run, bool twin, out string? masked)
    {
        masked = null;
        if (text.IndexOf(Fence, StringComparison.Ordinal) < 0)
        {
            return false;
        }

        var target = new StringBuilder(text.Length);
        var changed = false;
        while (!text.IsEmpty)
        {
            var fence = text.IndexOf(Fence, StringComparison.Ordinal);
            var line = fence < 0 ? -1 : text[fence..].IndexOf('\n');
            var end = line < 0 ? text.Length : fence + line + 1;
            var part = fence < 0 ? text : text[..fence];
            var inner = masker.Mask(part, run);
            changed |= inner is not null;
            target.Append(inner is null ? part : inner);
            if (fence >= 0)
            {
                target.Append(text[fence..end]);
            }

            text = fence < 0 ? [] : text[end..];
        }

        masked = changed ? target.ToString() : null;
        return true;
    }
}
