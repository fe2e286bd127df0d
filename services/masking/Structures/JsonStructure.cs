using System.Buffers;
using System.Text;
using Chaperone.Masking.Json;

namespace Chaperone.Masking.Structures;

/// <summary>JSON or NDJSON inside a text; a text block that repeats <c>structuredContent</c> is masked exactly like it.</summary>
internal sealed class JsonStructure : ITextStructure
{
    public bool TryMask(ReadOnlySpan<char> text, TextMasker masker, MaskRun run, bool twin, out string? masked)
    {
        masked = null;
        var trimmed = text.Trim();
        if (trimmed.Length < 2 || !(trimmed[0] is '{' && trimmed[^1] is '}') && !(trimmed[0] is '[' && trimmed[^1] is ']'))
        {
            return false;
        }

        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            var source = bytes.AsMemory(0, Encoding.UTF8.GetBytes(text, bytes));
            using var tape = JsonTape.Read(source.Span, many: true);
            var edits = new JsonEdits();
            var walk = new ContentWalk(source, tape, edits, masker, run);
            for (var token = 0; token < tape.Count; token = tape[token].Next)
            {
                walk.Value(token, new ContentPlace { Schema = twin ? run.Output : default });
            }

            masked = edits.Count == 0 ? null : Encoding.UTF8.GetString(edits.Apply(source.Span));
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
