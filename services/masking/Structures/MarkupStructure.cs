using Chaperone.Masking.Words;

namespace Chaperone.Masking.Structures;

/// <summary>XML and HTML (FHIR XML, C-CDA, NCPDP SCRIPT, pages): elements and attributes decide as keys do in JSON, and what stands between them is text.</summary>
internal sealed class MarkupStructure : ITextStructure
{
    public bool TryMask(TextPart part, TextEdits edits, TextMasker masker, MaskRun run, bool twin)
    {
        var text = part.Text.TrimStart().TrimStart('\uFEFF');
        if (text.Length < 7 || text[0] != '<' || !(char.IsAsciiLetter(text[1]) || text[1] is '?' or '!') || !part.Text.TrimEnd().EndsWith(">") || !(text.Contains("</", StringComparison.Ordinal) || text.Contains("/>", StringComparison.Ordinal)))
        {
            return false;
        }

        new MarkupWalk(edits, masker, run).Walk(part);
        return true;
    }
}
