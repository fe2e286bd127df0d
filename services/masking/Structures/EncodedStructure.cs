using System.Buffers;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Structures;

/// <summary>
/// Text that holds more text in another writing: base64, hexadecimal, percent signs, HTML entities, <c>\u0041</c>. It is
/// decoded, masked, and written again in the same way. What holds no identifier stays as it is.
/// </summary>
internal sealed class EncodedStructure : ITextStructure
{
    private static readonly SearchValues<char> Signs = SearchValues.Create("%&\\");

    public bool TryMask(TextPart part, TextEdits edits, TextMasker masker, MaskRun run, bool twin)
    {
        var signs = part.Text.ContainsAny(Signs);
        var first = Base64Token.Find(part.Text, 0);
        if (first.Length == 0 && !signs)
        {
            return false;
        }

        var read = 0;
        var pieces = new List<Range>();
        foreach (var range in Segments(part.Text, first, signs))
        {
            if (!Recode(part[range], edits, masker, run))
            {
                continue;
            }

            var (offset, length) = range.GetOffsetAndLength(part.Length);
            pieces.Add(read..offset);
            read = offset + length;
        }

        if (pieces.Count == 0)
        {
            return false;
        }

        pieces.Add(read..part.Length);
        foreach (var piece in pieces)
        {
            masker.MaskPlain(part[piece], edits, run);
        }

        return true;
    }

    // Base64 and hexadecimal by the token, the rest by the line: an entity may stand in the middle of a name.
    private static List<Range> Segments(ReadOnlySpan<char> text, (int Start, int Length) token, bool signs)
    {
        var segments = new List<Range>();
        if (signs)
        {
            foreach (var line in text.Split('\n'))
            {
                if (text[line].ContainsAny(Signs))
                {
                    segments.Add(line);
                }
            }

            if (segments.Count > 0)
            {
                return segments;
            }
        }

        while (token.Length > 0)
        {
            segments.Add(token.Start..(token.Start + token.Length));
            token = Base64Token.Find(text, token.Start + token.Length);
        }

        return segments;
    }

    // True where the segment is dealt with: what was mapped in place has been read whole.
    private static bool Recode(TextPart segment, TextEdits edits, TextMasker masker, MaskRun run)
    {
        foreach (var writing in TextWritings.All)
        {
            if (writing.Decode(segment.Text) is not { } decoded)
            {
                continue;
            }

            if (decoded.Picture)
            {
                run.Tally.Add(Identifier.Photo, MaskRule.Form, MaskRun.Certain);
                edits.Add(segment.At, segment.At + segment.Length, Identifier.Photo.Tag(), Identifier.Photo, MaskRun.Certain);
                return true;
            }

            var inner = masker.Rent();
            masker.Mask(new TextPart(decoded.Text, 0), inner, run);
            var found = inner.Count > 0;
            if (found && decoded.Origins is { } origins)
            {
                inner.CopyTo(edits, segment, origins, writing.Encode);
            }
            else if (found)
            {
                edits.Replace(segment.At, segment.At + segment.Length, writing.Encode(inner.Apply(new TextPart(decoded.Text, 0)), segment.Text));
                edits.Note(segment.At, segment.At + segment.Length, inner.Found.Count > 0 ? inner.Found[0].Identifier : Identifier.Id, MaskRun.Certain);
            }

            masker.Return(inner);
            if (found || decoded.Origins is not null)
            {
                return true;
            }
        }

        return false;
    }
}
