using Chaperone.Masking.Words;

namespace Chaperone.Masking.Structures;

/// <summary>HL7 v2 messages (<c>MSH|</c>, batches, MLLP framed), walked by segment and field.</summary>
internal sealed class Hl7Structure : ITextStructure
{
    private const int LeastFields = 4;

    private static readonly WordSet Fragments = "PID NK1 PV1 PD1 GT1 IN1 IN2 OBR ORC MRG".Split(' ').ToWordSet(ignoreCase: false);

    public bool TryMask(TextPart part, TextEdits edits, TextMasker masker, MaskRun run, bool twin)
    {
        var start = part.Text.IndexOf("MSH", StringComparison.Ordinal);
        var whole = start >= 0 && part.Length >= start + 8 && IsHead(part.Text, start);
        if (!whole && !IsFragment(part.Text, out start))
        {
            return false;
        }

        var separators = whole ? new Separators(part[start + 3], part[start + 4], part[start + 5]) : new Separators('|', '^', '~');
        masker.MaskPlain(part[..start], edits, run);
        var rest = part[start..];
        var outer = run.Person;
        run.Person = run.Form.FollowsPeople ? PersonOf(rest.Text, separators.Field) ?? outer : outer;
        while (!rest.IsEmpty)
        {
            var length = rest.Text.IndexOfAny('\r', '\n');
            var line = length < 0 ? rest : rest[..length];
            if (IsSegment(line.Text, separators.Field))
            {
                Segment(line, separators, edits, masker, run);
            }
            else
            {
                masker.MaskPlain(line, edits, run);
            }

            rest = length < 0 ? default : rest[(length + 1)..];
        }

        run.Person = outer;
        return true;
    }

    // The first number of PID-3.
    private static string? PersonOf(ReadOnlySpan<char> message, char separator)
    {
        var start = message.IndexOf($"PID{separator}");
        if (start <= 0 || message[start - 1] is not ('\r' or '\n'))
        {
            return null;
        }

        var number = message[start..];
        for (var field = 0; field < 3; field++)
        {
            number = number[(number.IndexOf(separator) + 1)..];
        }

        var end = number.IndexOfAnyExcept(NumberLetters);
        number = end < 0 ? number : number[..end];
        return number.IsEmpty ? null : $"{Identifier.Mrn.Name()} {Masks.Spelling.Of(Identifier.Mrn, number)}";
    }

    // At the start, behind MLLP's vertical tab, or at the start of a line behind a batch header.
    private static bool IsHead(ReadOnlySpan<char> text, int start) =>
        (start == 0 || text[start - 1] is '\r' or '\n' or '\u000b' || text[..start].IsWhiteSpace())
        && !char.IsLetterOrDigit(text[start + 3]) && text[start + 3] != ' ' && text[start + 4] is '^' or '~' && text[(start + 4)..].Length > 4;

    // What goes on in a line of its own, or stands behind the message, has no fields.
    private static bool IsSegment(ReadOnlySpan<char> line, char separator) =>
        line.Length >= 3 && char.IsAsciiLetterUpper(line[0]) && (char.IsAsciiLetterUpper(line[1]) || char.IsAsciiDigit(line[1])) && (char.IsAsciiLetterUpper(line[2]) || char.IsAsciiDigit(line[2]))
        && (line.Length == 3 || line[3] == separator);

    // Segments without their header, as logs and errors quote them: "PID|1||4711^^^MR||...".
    private static bool IsFragment(ReadOnlySpan<char> text, out int start)
    {
        start = text.Length - text.TrimStart().Length;
        var line = text[start..];
        return line.Length > 8 && line[3] == '|' && Fragments.Contains(line[..3]) && line[..(line.IndexOfAny('\r', '\n') is > 0 and var end ? end : line.Length)].Count('|') >= LeastFields;
    }

    private static void Segment(TextPart segment, Separators separators, TextEdits edits, TextMasker masker, MaskRun run)
    {
        run.Tick();
        var name = segment.Length >= 3 ? segment.Text[..3] : segment.Text;

        // MSH-1 is the separator itself, so its second part is MSH-2.
        var head = name is "MSH" or "FHS" or "BHS";
        var number = head ? 0 : -1;
        var type = ReadOnlySpan<char>.Empty;
        foreach (var range in segment.Text.Split(separators.Field))
        {
            var field = segment[range];
            number++;
            if (number > (head ? 2 : 0) && !field.IsEmpty)
            {
                var found = run.Tally.Count;
                Field(field, name, number, type, separators, edits, masker, run);
                if (run.Tally.Count > found)
                {
                    run.Tally.Enclose(found, $"{name}-{number}");
                }
            }

            if (number == 2 && name is "OBX")
            {
                type = field.Text;
            }
        }
    }

    private static void Field(TextPart field, ReadOnlySpan<char> segment, int number, ReadOnlySpan<char> type, Separators separators, TextEdits edits, TextMasker masker, MaskRun run)
    {
        var identifier = Hl7Fields.Find(segment, number, out var person);
        if (identifier == Identifier.None && segment is "OBX" && number == 5)
        {
            identifier = Hl7Fields.OfType(type);
            person = type is "XCN" or "CN";
        }

        if (identifier == Identifier.None)
        {
            masker.MaskPlain(field, edits, run, bare: true, coded: Hl7Fields.IsCoded(segment, number) || (segment is "OBX" && number == 5 && type is "CE" or "CWE" or "CNE" or "NM" or "SN"));
            return;
        }

        foreach (var range in field.Text.Split(separators.Repetition))
        {
            var value = field[range];
            if (identifier is Identifier.Location or Identifier.Blob or Identifier.City || !value.Text.Contains(separators.Component))
            {
                Cell(value, identifier, edits, masker, run);
                continue;
            }

            var component = 0;
            foreach (var inner in value.Text.Split(separators.Component))
            {
                var content = value[inner];
                Cell(content, content.IsEmpty ? Identifier.None : Hl7Parts.Find(identifier, person, component + 1, content.Text), edits, masker, run);
                component++;
            }
        }
    }

    // Two quotes say that the value is deleted.
    private static void Cell(TextPart value, Identifier identifier, TextEdits edits, TextMasker masker, MaskRun run)
    {
        if (identifier != Identifier.None && !value.IsEmpty && value.Text is not "\"\"")
        {
            masker.MaskCell(value, identifier, edits, run);
        }
    }

    private static readonly System.Buffers.SearchValues<char> NumberLetters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.");

    private readonly record struct Separators(char Field, char Component, char Repetition);
}
