using System.Buffers;
using System.Text;
using Chaperone.Masking.Keys;
using Chaperone.Masking.Masks;
using Chaperone.Masking.Places;

namespace Chaperone.Masking.Json;

/// <content>What objects and arrays say as a whole.</content>
internal sealed partial class ContentWalk
{
    private const int MostDigitsOfLabel = 2;

    private static readonly string[] People = ["Patient", "Person", "RelatedPerson", "Practitioner", "PractitionerRole"];

    private ObjectFacts Facts(int token)
    {
        var facts = default(ObjectFacts);
        var label = 0;
        var parts = 0;
        var signs = default(KeySigns);
        for (var key = token + 1; key < tape[token].Next; key = tape[key + 1].Next)
        {
            var value = key + 1;
            var entry = Entry(key);
            signs |= entry.Signs;
            parts += (int)(entry.Signs & KeySigns.Part);
            if (entry.Role == KeyRole.None)
            {
                continue;
            }

            var kind = tape[value].Kind;
            switch (entry.Role)
            {
                case KeyRole.ResourceType when kind == JsonKind.String:
                    facts.Resource = true;
                    facts.Person |= IsPeople(Bytes(value));
                    break;
                case KeyRole.Reference when kind == JsonKind.String:
                    facts.Reference = value;
                    break;
                case KeyRole.Columns or KeyRole.Header when kind == JsonKind.Array:
                    facts.Columns = value;
                    break;
                case KeyRole.Rows when kind == JsonKind.Array && tape[value].Next > value + 1 && tape[value + 1].Kind == JsonKind.Array:
                    facts.Rows = value;
                    break;
                case KeyRole.MediaType when kind == JsonKind.String:
                    facts.MediaType = value;
                    break;
                case KeyRole.Url when kind == JsonKind.String && Bytes(value).StartsWith("http"u8):
                    facts.Extension = value;
                    break;
                case KeyRole.Label or KeyRole.Header when kind == JsonKind.String:
                    label = value;
                    break;
            }
        }

        facts.Person |= (signs & KeySigns.Person) != 0;
        facts.Parts = parts > (int)KeySigns.Part && (signs & KeySigns.Identifies) != 0;
        facts.Pair = label > 0 ? PairRule(token, label) : facts.Extension > 0 ? ExtensionRule(facts.Extension) : null;
        return facts;
    }

    private static bool IsPeople(ReadOnlySpan<byte> type)
    {
        foreach (var people in People)
        {
            if (Ascii.Equals(type, people))
            {
                return true;
            }
        }

        return false;
    }

    // ".../StructureDefinition/patient-mothersMaidenName"
    private KeyRule? ExtensionRule(int url)
    {
        var bytes = Bytes(url);
        var last = bytes[(bytes.LastIndexOf((byte)'/') + 1)..];
        var rule = text.FindKey(last, escaped: false, out _).Rule;
        return rule.Masks ? rule : null;
    }

    private KeyRule? PairRule(int token, int label)
    {
        if (tape[token].Next - token > 24 || tape[label].Length > LongestKey)
        {
            return null;
        }

        Span<char> buffer = stackalloc char[LongestKey];
        var rule = text.FindRule(buffer[..JsonText.Decode(Bytes(label), tape[label].Escaped, buffer)]);
        return rule.Use is KeyUse.Mask or KeyUse.Guarded or KeyUse.Person ? rule : null;
    }

    private KeyRule[] ColumnRules(int columns)
    {
        var rules = new List<KeyRule>();
        Span<char> buffer = stackalloc char[LongestKey];
        for (var column = columns + 1; column < tape[columns].Next; column = tape[column].Next)
        {
            var name = tape[column].Kind == JsonKind.Object ? NameOf(column) : column;
            rules.Add(name is { } at && tape[at].Kind == JsonKind.String && tape[at].Length <= LongestKey
                ? text.FindRule(buffer[..JsonText.Decode(Bytes(at), tape[at].Escaped, buffer)])
                : KeyRule.Silent);
        }

        return [.. rules];
    }

    // [["name","mrn"],["Ann","1"]]: the first row names the columns.
    private KeyRule[]? HeaderRow(int token)
    {
        var first = token + 1;
        if (first >= tape[token].Next || tape[first].Kind != JsonKind.Array || tape[first].Next >= tape[token].Next || tape[tape[first].Next].Kind != JsonKind.Array)
        {
            return null;
        }

        for (var cell = first + 1; cell < tape[first].Next; cell = tape[cell].Next)
        {
            if (tape[cell].Kind != JsonKind.String || !IsPlainLabel(cell))
            {
                return null;
            }
        }

        var rules = ColumnRules(first);
        return rules.Any(r => r.Masks) ? rules : null;
    }

    // The name of a column, and no value that happens to hold one: "MRN: 44321", or what masking makes of it.
    private bool IsPlainLabel(int cell)
    {
        var raw = Bytes(cell);
        return raw.Length <= LongestKey && !raw.ContainsAny(":=@["u8) && Shapes.CountDigits(Encoding.UTF8.GetString(raw)) <= MostDigitsOfLabel;
    }

    private bool IsKeyOf(int cell, KeyRule rule)
    {
        if (tape[cell].Length > LongestKey)
        {
            return false;
        }

        Span<char> buffer = stackalloc char[LongestKey];
        return ReferenceEquals(text.FindRule(buffer[..JsonText.Decode(Bytes(cell), tape[cell].Escaped, buffer)]), rule);
    }

    private int? NameOf(int token)
    {
        for (var key = token + 1; key < tape[token].Next; key = tape[key + 1].Next)
        {
            if (Entry(key).Name is "name" or "column" or "field" or "key" or "label")
            {
                return key + 1;
            }
        }

        return null;
    }

    // A FHIR HumanName and what looks like it.
    private bool HasNameParts(int token)
    {
        for (var key = token + 1; key < tape[token].Next; key = tape[key + 1].Next)
        {
            if (Entry(key).Name is "family" or "given" or "first" or "last" or "use" or "prefix" or "suffix" or "middle")
            {
                return true;
            }
        }

        return false;
    }

    private bool PointsToPerson(int reference)
    {
        var bytes = Bytes(reference);
        return bytes.StartsWith("urn:"u8) || bytes.StartsWith("Patient"u8) || bytes.StartsWith("Practitioner"u8) || bytes.StartsWith("RelatedPerson"u8) || bytes.StartsWith("Person"u8) || bytes.StartsWith("#"u8);
    }

    // "Patient/123" keeps its type.
    private string? PersonReference(ReadOnlySpan<char> value, Identifier identifier)
    {
        var slash = value.IndexOf('/');
        if (run.Form.FollowsPeople && identifier == Identifier.Id && value.StartsWith("urn:uuid:", StringComparison.OrdinalIgnoreCase))
        {
            return string.Concat(value[..9], run.Form.InField(identifier, value[9..], run.Scene));
        }

        if (identifier != Identifier.Id || slash <= 0 || value.Length > 128 || !char.IsAsciiLetterUpper(value[0]) || value[..slash].ContainsAnyExcept(Letters) || value[(slash + 1)..].ContainsAny(" /"))
        {
            if (!value.StartsWith("urn:uuid:", StringComparison.OrdinalIgnoreCase) || value.Length != 45)
            {
                return null;
            }

            run.Patients?.Add(Identifier.Id, value[9..]);
            return "urn:uuid:00000000-0000-0000-0000-000000000000";
        }

        if (run.Form.FollowsPeople)
        {
            return string.Concat(value[..(slash + 1)], run.Form.InField(identifier, value[(slash + 1)..], run.Scene));
        }

        run.Patients?.Add(Identifier.Id, value[(slash + 1)..]);
        return string.Concat(value[..(slash + 1)], Shapes.IsUuid(value[(slash + 1)..]) ? "00000000-0000-0000-0000-000000000000" : "0");
    }

    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static bool LooksLikeId(ReadOnlySpan<char> value) =>
        value.Length is >= 4 and <= 40 && !value.Contains(' ') && Shapes.CountDigits(value) >= 4;

    private static bool IsStructural(ReadOnlySpan<char> name)
    {
        Span<char> lower = stackalloc char[Math.Min(name.Length, 16)];
        return name.Length <= 16 && name.ToLowerInvariant(lower) > 0 && Structural.Contains(lower.ToString());
    }

    private KeyEntry Entry(int key)
    {
        ref readonly var at = ref tape[key];
        if (at.Entry != 0)
        {
            return text.FindKey(at.Entry);
        }

        var entry = text.FindKey(source.Span.Slice(at.Start, at.Length), at.Escaped, out var number);
        tape.Mark(key, number);
        return entry;
    }

    /// <summary>Says where findings stand, in names that records may hold.</summary>
    public TokenPaths Paths() => new(tape, key => Entry(key).Shown, run.Tally.Paths);

    private ReadOnlySpan<byte> Bytes(int token) => source.Span.Slice(tape[token].Start, tape[token].Length);
}
