using Chaperone.Masking.Keys;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Structures;

/// <summary>Dumps of DICOM data sets, <c>(0010,0010) PN [LEE^ANN]</c> and <c>(0010,0020) Patient ID  LO: '4711'</c>, walked by tag.</summary>
internal sealed class DicomStructure : ITextStructure
{
    private const int TagLength = 11;

    public bool TryMask(TextPart part, TextEdits edits, TextMasker masker, MaskRun run, bool twin)
    {
        if (!IsTag(part.Text.TrimStart()))
        {
            return false;
        }

        Span<char> tag = stackalloc char[8];
        foreach (var range in part.Text.Split('\n'))
        {
            run.Tick();
            var line = part[range];
            var start = line.Length - line.Text.TrimStart().Length;
            if (!IsTag(line.Text[start..]))
            {
                masker.MaskPlain(line, edits, run);
                continue;
            }

            line.Text.Slice(start + 1, 4).CopyTo(tag);
            line.Text.Slice(start + 6, 4).CopyTo(tag[4..]);
            var value = Value(line[(start + TagLength)..]);
            var rule = masker.FindRule(tag);
            if (rule.Use == KeyUse.Mask && !value.IsEmpty)
            {
                masker.MaskKeyed(value, rule, person: true, edits, run);
            }
            else
            {
                masker.MaskPlain(value, edits, run, bare: true);
            }
        }

        return true;
    }

    private static bool IsTag(ReadOnlySpan<char> line) =>
        line.Length > TagLength && line[0] == '(' && line[5] == ',' && line[10] == ')' && IsHex(line[1..5]) && IsHex(line[6..10]);

    private static bool IsHex(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigit(c))
            {
                return false;
            }
        }

        return true;
    }

    // In brackets, else behind the colon, else what follows the tag.
    private static TextPart Value(TextPart rest)
    {
        var open = rest.Text.IndexOf('[');
        var close = rest.Text.LastIndexOf(']');
        var colon = rest.Text.IndexOf(": ");
        if (open >= 0 && close > open && (colon < 0 || open < colon))
        {
            return rest[(open + 1)..close];
        }

        var value = colon < 0 ? rest.Trim() : rest[(colon + 2)..].Trim();
        return value.Length >= 2 && value[0] is '\'' or '"' && value[^1] == value[0] ? value[1..^1] : value;
    }
}
