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

        var before = edits.Count;
        var read = 0;
        var pieces = new List<Range>();
        foreach (var range in Segments(part.Text, first, signs))
        {
            if (Recode(part[range], masker, run) is not { } recoded)
            {
                continue;
            }

            var (offset, length) = range.GetOffsetAndLength(part.Length);
            edits.Replace(part.At + offset, part.At + offset + length, recoded.Text);
            edits.Note(part.At + offset, part.At + offset + length, recoded.Identifier, MaskRun.Certain);
            pieces.Add(read..offset);
            read = offset + length;
        }

        if (edits.Count == before)
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

    private static Recoded? Recode(TextPart segment, TextMasker masker, MaskRun run)
    {
        foreach (var writing in TextWritings.All)
        {
            if (writing.Decode(segment.Text) is not { } decoded)
            {
                continue;
            }

            if (decoded.Picture)
            {
                run.Tally.Add(Identifier.Photo);
                return new Recoded(Identifier.Photo.Tag(), Identifier.Photo);
            }

            var inner = masker.Rent();
            var part = new TextPart(decoded.Text, 0);
            masker.Mask(part, inner, run);
            Recoded? recoded = inner.Count == 0 ? null : new Recoded(writing.Encode(inner.Apply(part), segment.Text), inner.Found.Count > 0 ? inner.Found[0].Identifier : Identifier.Id);
            masker.Return(inner);
            if (recoded is not null)
            {
                return recoded;
            }
        }

        return null;
    }

    private sealed record Recoded(string Text, Identifier Identifier);
}
