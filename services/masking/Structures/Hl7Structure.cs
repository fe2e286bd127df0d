using System.Text;

namespace Chaperone.Masking.Structures;

/// <summary>HL7 v2 messages (<c>MSH|</c>, batches, MLLP framed), walked by segment and field.</summary>
internal sealed class Hl7Structure : ITextStructure
{
    public bool TryMask(ReadOnlySpan<char> text, TextMasker masker, MaskRun run, bool twin, out string? masked)
    {
        masked = null;
        var start = text.IndexOf("MSH", StringComparison.Ordinal);
        if (start < 0 || text.Length < start + 8 || !IsHead(text, start))
        {
            return false;
        }

        var separators = new Separators(text[start + 3], text[start + 5]);
        var target = new StringBuilder(text.Length);
        target.Append(masker.MaskPlain(text[..start], run));
        var rest = text[start..];
        while (!rest.IsEmpty)
        {
            var length = rest.IndexOfAny('\r', '\n');
            var segment = length < 0 ? rest : rest[..length];
            Segment(segment, separators, masker, run, target);
            if (length < 0)
            {
                break;
            }

            target.Append(rest[length]);
            rest = rest[(length + 1)..];
        }

        masked = target.ToString();
        masked = text.SequenceEqual(masked) ? null : masked;
        return true;
    }

    // At the start, behind MLLP's vertical tab, or at the start of a line behind a batch header.
    private static bool IsHead(ReadOnlySpan<char> text, int start) =>
        (start == 0 || text[start - 1] is '\r' or '\n' or '\u000b' || text[..start].IsWhiteSpace())
        && !char.IsLetterOrDigit(text[start + 3]) && text[start + 3] != ' ' && text[start + 4] is '^' or '~' && text[(start + 4)..].Length > 4;

    private static void Segment(ReadOnlySpan<char> segment, Separators separators, TextMasker masker, MaskRun run, StringBuilder target)
    {
        run.Tick();
        var name = segment.Length >= 3 ? segment[..3] : segment;

        // MSH-1 is the separator itself, so its second part is MSH-2.
        var number = name is "MSH" or "FHS" or "BHS" ? 1 : 0;
        var first = true;
        var type = ReadOnlySpan<char>.Empty;
        foreach (var range in segment.Split(separators.Field))
        {
            var field = segment[range];
            if (!first)
            {
                target.Append(separators.Field);
                number++;
            }

            if (first || field.IsEmpty || (name is "MSH" or "FHS" or "BHS" && number == 2))
            {
                target.Append(field);
            }
            else
            {
                Field(field, name, number, type, separators, masker, run, target);
            }

            if (number == 2 && name is "OBX")
            {
                type = field;
            }

            first = false;
        }
    }

    private static void Field(ReadOnlySpan<char> field, ReadOnlySpan<char> segment, int number, ReadOnlySpan<char> type, Separators separators, TextMasker masker, MaskRun run, StringBuilder target)
    {
        var identifier = Hl7Fields.Find(segment, number, out var person);
        if (identifier == Identifier.None && segment is "OBX" && number == 5)
        {
            identifier = Hl7Fields.OfType(type);
            person = type is "XCN" or "CN";
        }

        if (identifier == Identifier.None)
        {
            target.Append(masker.MaskPlain(field, run));
            return;
        }

        var first = true;
        foreach (var range in field.Split(separators.Repetition))
        {
            if (!first)
            {
                target.Append(separators.Repetition);
            }

            first = false;
            var value = field[range];
            if (value.IsEmpty || value is "\"\"")
            {
                target.Append(value);
                continue;
            }

            if (identifier == Identifier.Name)
            {
                LearnName(value, person, run.Known);
            }

            target.Append(TextMasker.MaskCell(value, identifier, run, learn: identifier != Identifier.Name) ?? value.ToString());
        }
    }

    // Family, given and middle name; what follows are titles, codes and authorities.
    private static void LearnName(ReadOnlySpan<char> value, bool person, KnownValues known)
    {
        var index = person ? -1 : 0;
        foreach (var range in value.Split('^'))
        {
            if (index is >= 0 and <= 2)
            {
                known.AddName(value[range]);
            }

            index++;
        }
    }

    private readonly record struct Separators(char Field, char Repetition);
}
