using System.Buffers;
using System.Text;
using Chaperone.Masking.Json;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Structures;

/// <summary>JSON or NDJSON inside a text; a text block that repeats <c>structuredContent</c> is masked exactly like it.</summary>
internal sealed class JsonStructure : ITextStructure
{
    public bool TryMask(TextPart part, TextEdits edits, TextMasker masker, MaskRun run, bool twin)
    {
        var trimmed = part.Text.Trim();
        if (trimmed.Length < 2 || !(trimmed[0] is '{' && trimmed[^1] is '}') && !(trimmed[0] is '[' && trimmed[^1] is ']'))
        {
            return false;
        }

        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(part.Length));
        try
        {
            var source = bytes.AsMemory(0, Encoding.UTF8.GetBytes(part.Text, bytes));
            using var tape = JsonTape.Read(source.Span, many: true);
            var inner = masker.RentJson();
            var walk = new ContentWalk(source, tape, inner, masker, run);
            var (outer, first) = (run.Tally.Token, run.Tally.Count);
            for (var token = 0; token < tape.Count; token = tape[token].Next)
            {
                walk.Value(token, new ContentPlace { Schema = twin ? run.Output : default });
            }

            run.Tally.Enclose(first, outer, walk.Paths());
            inner.CopyTo(source.Span, part.At, edits);
            masker.Return(inner);
            return true;
        }
        catch (WithheldException e) when (e.Reason is WithheldReason.Unreadable)
        {
            // It only looked like JSON: the detectors read it as text.
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
