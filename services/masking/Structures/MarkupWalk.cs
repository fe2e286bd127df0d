using System.Net;
using Chaperone.Masking.Keys;
using Chaperone.Masking.Masks;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Structures;

/// <summary>
/// Walks markup from tag to tag. It is no parser: broken markup is walked as well as it goes, because a server's page may be
/// broken and must be masked all the same.
/// </summary>
internal sealed class MarkupWalk(TextEdits edits, TextMasker masker, MaskRun run)
{
    private const int DeepestPath = 64;
    private const int LongestLabel = 48;

    // Attributes that say how, not whose.
    private static readonly WordSet Plain = Set("""
        code codeSystem codeSystemName codeSystemVersion displayName unit typeCode classCode moodCode nullFlavor use type inversionInd contextControlCode determinerCode negationInd root
        class style lang width height colspan rowspan align border rel method charset mediaType representation xsi:type schemaLocation version encoding styleCode ID
        """);

    // Elements of which everything below is about a person.
    private static readonly WordSet People = Set("""
        patient recordTarget patientRole assignedPerson associatedPerson guardianPerson relatedPerson assignedAuthor assignedEntity informationRecipient intendedRecipient subject relatedSubject
        HumanPatient Patient Prescriber Practitioner Person RelatedPerson Supervisor Veterinarian
        """);

    private static readonly WordSet Dates = Set("effectiveTime time low high center birthTime birthDate deceasedTime period start end date DateOfBirth WrittenDate");

    // What stands in these may be the label of what follows.
    private static readonly WordSet LabelElements = Set("td th dt label strong b em span p li caption content paragraph TD DT B P LI");

    private static readonly KeyRule Date = new(KeyUse.Mask, Identifier.Date);
    private static readonly KeyRule Id = new(KeyUse.Mask, Identifier.Id);
    private static readonly KeyRule Name = new(KeyUse.Mask, Identifier.Name);

    private readonly List<Element> _path = [];
    private readonly List<KeyRule> _columns = [];
    private KeyRule _label = KeyRule.Silent;
    private int _column = -1;

    public void Walk(TextPart part)
    {
        while (!part.IsEmpty)
        {
            run.Tick();
            var open = part.Text.IndexOf('<');
            Content(open < 0 ? part : part[..open]);
            if (open < 0)
            {
                return;
            }

            part = part[open..];
            part = part.Text switch
            {
                ['<', '!', '-', '-', ..] => Between(part, 4, "-->", masked: true),
                ['<', '!', '[', 'C', 'D', 'A', 'T', 'A', '[', ..] => Between(part, 9, "]]>", masked: true),
                ['<', '!', ..] => Between(part, 2, ">", masked: true),
                ['<', '?', ..] => Between(part, 2, "?>", masked: false),
                _ => Tag(part),
            };
        }
    }

    private TextPart Between(TextPart part, int start, string end, bool masked)
    {
        var length = part.Text[start..].IndexOf(end, StringComparison.Ordinal);
        var inner = length < 0 ? part[start..] : part[start..(start + length)];
        if (masked)
        {
            Content(inner);
        }

        return length < 0 ? default : part[(start + length + end.Length)..];
    }

    private TextPart Tag(TextPart part)
    {
        var closing = part.Length > 1 && part[1] == '/';
        var at = closing ? 2 : 1;
        var nameEnd = at;
        while (nameEnd < part.Length && (char.IsLetterOrDigit(part[nameEnd]) || part[nameEnd] is ':' or '-' or '_' or '.'))
        {
            nameEnd++;
        }

        if (nameEnd == at)
        {
            // A sign that opens no tag: "BP < 120".
            Content(part[..1]);
            return part[1..];
        }

        // "<Driver License Number>": no markup of the standard, but people write it.
        var end = part.Text[at..].IndexOfAny('>', '=', '<');
        if (end > nameEnd - at && end <= LongestLabel && part[at + end] == '>' && part[at + end - 1] != '/')
        {
            nameEnd = at + end;
        }

        var name = Local(part.Text[at..nameEnd].TrimEnd());
        if (closing)
        {
            Close(name);
            var stop = part.Text.IndexOf('>');
            return stop < 0 ? default : part[(stop + 1)..];
        }

        var element = Open(name);
        var rest = Attributes(part[nameEnd..], element, out var empty);
        if (!empty && _path.Count < DeepestPath && !IsVoid(name))
        {
            _path.Add(element);
        }

        return rest;
    }

    private Element Open(ReadOnlySpan<char> name)
    {
        var rule = masker.FindRule(name);
        var parent = _path.Count > 0 ? _path[^1] : default;
        var person = parent.Person || rule.Use == KeyUse.Person || People.Contains(name);
        var inherited = parent.Rule is { Masks: true, ReachesDown: true, Identifier: not (Identifier.Date or Identifier.Age or Identifier.Url) } ? parent.Rule : null;
        if (name is "tr" or "TR")
        {
            _column = -1;
        }
        else if (name is "td" or "th" or "TD" or "TH")
        {
            _column++;
        }
        else if (name is "table" or "TABLE")
        {
            _columns.Clear();
        }

        var header = name is "th" or "TH";
        rule = Plain.Contains(name) || name is "system" or "state" or "StateProvince" or "country" or "use" or "rank" ? inherited is null ? rule : KeyRule.Silent
            : rule.Masks ? rule
            : inherited ?? (Dates.Contains(name) ? Date
            : rule is { Use: KeyUse.Guarded, Identifier: Identifier.Name } && person ? Name
            : name is "identifier" or "setId" ? Id
            : rule);
        return new Element(name.ToString(), rule, person, header);
    }

    private void Close(ReadOnlySpan<char> name)
    {
        for (var i = _path.Count - 1; i >= 0; i--)
        {
            if (name.Equals(_path[i].Name, StringComparison.OrdinalIgnoreCase))
            {
                _path.RemoveRange(i, _path.Count - i);
                return;
            }
        }
    }

    private TextPart Attributes(TextPart part, Element element, out bool empty)
    {
        empty = false;
        var at = 0;
        while (at < part.Length)
        {
            var c = part[at];
            if (c == '>')
            {
                return part[(at + 1)..];
            }

            if (c == '/' || char.IsWhiteSpace(c))
            {
                empty = c == '/' || empty;
                at++;
                continue;
            }

            empty = false;
            var start = at;
            while (at < part.Length && part[at] is not ('=' or '>' or '/') && !char.IsWhiteSpace(part[at]))
            {
                at++;
            }

            var name = part.Text[start..at];
            var next = at;
            while (next < part.Length && char.IsWhiteSpace(part[next]))
            {
                next++;
            }

            if (next >= part.Length || part[next] != '=')
            {
                at += at == start ? 1 : 0;
                continue;
            }

            next++;
            while (next < part.Length && char.IsWhiteSpace(part[next]))
            {
                next++;
            }

            var quote = next < part.Length && part[next] is '"' or '\'' ? part[next] : '\0';
            var from = quote == '\0' ? next : next + 1;
            var length = quote == '\0' ? part.Text[Math.Min(from, part.Length)..].IndexOfAny(" \t\r\n>") : part.Text[from..].IndexOf(quote);
            var to = length < 0 ? part.Length : from + length;
            Attribute(name, part[Math.Min(from, part.Length)..to], element);
            at = Math.Min(part.Length, quote == '\0' ? to : to + 1);
        }

        return default;
    }

    private void Attribute(ReadOnlySpan<char> name, TextPart value, Element element)
    {
        if (value.IsEmpty || name.StartsWith("xmlns") || name.StartsWith("xsi:"))
        {
            return;
        }

        var local = Local(name);
        if (Plain.Contains(local))
        {
            if (local is "root" && Shapes.IsUuid(value.Text))
            {
                masker.MaskCell(value, Identifier.Id, edits, run);
            }

            return;
        }

        var rule = local is "value" or "extension" && element.Name is "id" ? Id : local is "value" ? element.Rule : local is "extension" or "assigningAuthorityName" && element.Rule.Identifier == Identifier.Id ? Id : masker.FindRule(local);
        Keyed(value, rule, element.Person);
    }

    private void Content(TextPart content)
    {
        var text = content.Trim();
        if (text.IsEmpty)
        {
            return;
        }

        var element = _path.Count > 0 ? _path[^1] : new Element("", KeyRule.Silent, false, false);
        if (element.Header)
        {
            while (_columns.Count <= _column)
            {
                _columns.Add(KeyRule.Silent);
            }

            _columns[Math.Max(0, _column)] = Label(text.Text);
        }

        // <td>MRN:</td><td>4711</td> and <th>MRN</th> over a column.
        var rule = element.Rule.Masks ? element.Rule
            : (_label.Masks || _label.Use == KeyUse.Person) && !element.Header ? _label
            : !element.Header && element.Name is "td" or "TD" && _column >= 0 && _column < _columns.Count ? _columns[_column]
            : element.Rule;
        Keyed(text, rule, element.Person);
        _label = LabelElements.Contains(element.Name) && !text.Text.ContainsAnyInRange('0', '9') ? Label(text.Text) : KeyRule.Silent;
    }

    private KeyRule Label(ReadOnlySpan<char> text) =>
        text.Length <= LongestLabel && text.Count(' ') < 4 ? masker.FindRule(text.TrimEnd(": ")) : KeyRule.Silent;

    // Text with entities is masked as what it reads, and written anew; other text is cut in place.
    private void Keyed(TextPart value, KeyRule rule, bool person)
    {
        if (!value.Text.Contains('&'))
        {
            masker.MaskKeyed(value, rule, person, edits, run);
            return;
        }

        var inner = masker.Rent();
        var decoded = WebUtility.HtmlDecode(value.Text.ToString());
        var part = new TextPart(decoded, 0);
        masker.MaskKeyed(part, rule, person, inner, run);
        if (inner.Count > 0)
        {
            edits.Replace(value.At, value.At + value.Length, WebUtility.HtmlEncode(inner.Apply(part)));
            foreach (var found in inner.Found)
            {
                edits.Note(value.At, value.At + value.Length, found.Identifier, found.Score);
            }
        }

        masker.Return(inner);
    }

    private static ReadOnlySpan<char> Local(ReadOnlySpan<char> name) => name[(name.IndexOf(':') + 1)..];

    private static bool IsVoid(ReadOnlySpan<char> name) => name is "br" or "hr" or "img" or "input" or "meta" or "link" or "BR" or "HR" or "IMG";

    private static WordSet Set(string words) =>
        words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToWordSet(ignoreCase: false);

    private readonly record struct Element(string Name, KeyRule? Known, bool Person, bool Header)
    {
        public KeyRule Rule => Known ?? KeyRule.Silent;
    }
}
